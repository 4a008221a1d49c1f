package import Dispatching
import Invoicing
import Transport
import Wire

/// Sending: `POST /email`, once for each message.
extension PostmarkProvider {
    package func submit(
        next: () throws -> OutgoingMessage?,
        finished: (OutgoingMessage, SubmitOutcome) throws -> Void
    ) throws {
        try connection.sender.submit(
            next: next, request: request, outcome: outcome, finished: finished)
    }

    private func request(for message: OutgoingMessage) -> Result<HTTPRequest, MessageFault> {
        let text = max(message.text.utf8.count, message.html?.utf8.count ?? 0)
        guard text <= Self.bodyBytesMax else {
            return .failure(
                MessageFault("the text takes \(text) bytes; Postmark takes \(Self.bodyBytesMax)"))
        }
        let body = PostmarkMessage(message: message, stream: stream).encoded()
        let fault = MessageFault(bytes: body.count, limits: limits)
        return fault.map(Result.failure) ?? .success(submission(body))
    }

    /// What an answer says of the submission.
    private func outcome(of response: HTTPResponse) -> SubmitOutcome {
        switch response.status {
        case 200: accepted(response)
        case 408: .inDoubt(reason: PostmarkAnswer.line(response))
        case 400..<500: .refused(PostmarkRefusals.refusal(response, now: connection.now()))
        default:
            // "The message is usually lost" after a 500: usually is not always.
            .inDoubt(reason: PostmarkAnswer.line(response))
        }
    }

    /// A 200 with an id is acceptance even without an `ErrorCode`: "Message accepted, but
    /// delivery may be delayed." has none.
    private func accepted(_ response: HTTPResponse) -> SubmitOutcome {
        guard let answer = PostmarkAnswer(response), answer.errorCode ?? 0 == 0,
            !answer.messageID.isEmpty
        else { return .inDoubt(reason: "200 with an answer that is not Postmark's") }
        return .accepted(providerMessageID: cleaned(answer.messageID, charactersMax: 200))
    }
}
