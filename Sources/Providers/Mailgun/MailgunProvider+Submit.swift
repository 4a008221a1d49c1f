package import Dispatching
import Invoicing
import Transport

/// Sending: `POST /v3/{domain}/messages`, once for each message.
extension MailgunProvider {
    package func encodedSize(of message: OutgoingMessage) -> Int {
        MailgunMessage(message).encodedSize
    }

    package func submit(
        next: () throws -> OutgoingMessage?,
        finished: (OutgoingMessage, SubmitOutcome) throws -> Void
    ) throws {
        try connection.sender.submit(
            next: next, refusal: refusal, request: { submission(MailgunMessage($0)) },
            outcome: outcome, finished: finished)
    }

    private func refusal(of message: OutgoingMessage) -> String? {
        let size = encodedSize(of: message)
        guard size > messageBytesMax else { return nil }
        return "the message takes \(size) bytes; Mailgun takes \(messageBytesMax)"
    }

    /// What an answer says of the submission.
    private func outcome(of response: HTTPResponse) -> SubmitOutcome {
        let words = MailgunAnswer.line(response)
        switch response.status {
        case 200: return accepted(response)
        // 404 is a domain that is not known in this region; 402 an account that does not pay.
        case 401, 402, 403, 404: return .accountRefused(reason: words)
        case 408: return .inDoubt(reason: words)
        case 429:
            return .postponed(
                reason: words,
                retryAfterSeconds: MailgunAnswer.retryAfterSeconds(
                    response, now: connection.now()))
        case 400..<500: return .refused(reason: words)
        default:
            // Users have met a 5xx with the mail sent all the same.
            return .inDoubt(reason: words)
        }
    }

    private func accepted(_ response: HTTPResponse) -> SubmitOutcome {
        guard let answer = MailgunAnswer(response), !answer.id.isEmpty else {
            return .inDoubt(reason: "200 with an answer that is not Mailgun's")
        }
        return .accepted(providerMessageID: MailgunMessageID.plain(answer.id))
    }
}

/// Mailgun writes an id with angle brackets when it takes a message, and without in events.
enum MailgunMessageID {
    static func plain(_ text: String) -> String {
        let id = cleaned(text, charactersMax: 300)
        return id.hasPrefix("<") && id.hasSuffix(">") ? String(id.dropFirst().dropLast()) : id
    }
}
