package import Dispatching
import Invoicing
import Transport

/// Sending: `POST /email`, once for each message.
extension PostmarkProvider {
    package func encodedSize(of message: OutgoingMessage) -> Int {
        PostmarkMessage(message: message, stream: stream).encodedSize
    }

    package func submit(
        next: () throws -> OutgoingMessage?,
        finished: (OutgoingMessage, SubmitOutcome) throws -> Void
    ) throws {
        try connection.sender.submit(
            next: next, refusal: refusal,
            request: { submission(PostmarkMessage(message: $0, stream: stream).encoded()) },
            outcome: outcome, finished: finished)
    }

    private func refusal(of message: OutgoingMessage) -> String? {
        let size = encodedSize(of: message)
        if size > messageBytesMax {
            return "the message takes \(size) bytes; Postmark takes \(messageBytesMax)"
        }
        let text = max(message.text.utf8.count, message.html?.utf8.count ?? 0)
        guard text > Self.bodyBytesMax else { return nil }
        return "the text takes \(text) bytes; Postmark takes \(Self.bodyBytesMax)"
    }

    /// What an answer says of the submission.
    private func outcome(of response: HTTPResponse) -> SubmitOutcome {
        let words = PostmarkAnswer.line(response)
        switch response.status {
        case 200: return accepted(response)
        case 401, 402, 403, 404: return .accountRefused(reason: words)
        case 408: return .inDoubt(reason: words)
        case 422: return refused(response)
        case 429:
            return .postponed(
                reason: words,
                retryAfterSeconds: RetryAfter.seconds(response, now: connection.now()))
        case 400..<500: return .refused(reason: words)
        default:
            // "The message is usually lost" after a 500: usually is not always.
            return .inDoubt(reason: words)
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

    private func refused(_ response: HTTPResponse) -> SubmitOutcome {
        let words = PostmarkAnswer.line(response)
        switch PostmarkAnswer(response)?.errorCode {
        // Token, credits, an account that is not approved or that may not send.
        case 10, 405, 412, 413: return .accountRefused(reason: words)
        // Maintenance.
        case 100: return .postponed(reason: words, retryAfterSeconds: nil)
        // An inactive recipient: on the suppression list of our stream.
        case 406: return .suppressed(reason: words)
        // A sender that is not confirmed (400, 401) concerns only this message, as do faults of
        // content.
        case .some: return .refused(reason: words)
        case nil: return .inDoubt(reason: "422 with an answer that is not Postmark's")
        }
    }
}
