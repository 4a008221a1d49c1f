package import Dispatching
import Invoicing
import Transport
import Wire

/// Sending: `POST /v3/{domain}/messages`, once for each message.
extension MailgunProvider {
    package func submit(
        next: () throws -> OutgoingMessage?,
        finished: (OutgoingMessage, SubmitOutcome) throws -> Void
    ) throws {
        try connection.sender.submit(
            next: next,
            request: { message in
                let form = MailgunMessage(message)
                let fault = MessageFault(bytes: form.mailBytes, limits: limits)
                return fault.map(Result.failure) ?? .success(submission(form))
            },
            outcome: outcome, finished: finished)
    }

    /// What an answer says of the submission.
    private func outcome(of response: HTTPResponse) -> SubmitOutcome {
        switch response.status {
        case 200: accepted(response)
        case 408: .inDoubt(reason: MailgunAnswer.line(response))
        case 400..<500: .refused(MailgunRefusals.refusal(response, now: connection.now()))
        default:
            // Users have met a 5xx with the mail sent all the same.
            .inDoubt(reason: MailgunAnswer.line(response))
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
        return id.hasPrefix("<") && id.hasSuffix(">")
            ? cleaned(String(id.dropFirst().dropLast())) : id
    }
}
