import FoundationEssentials
package import Invoicing
import Transport

/// Sending: `POST /v3/mail/send`, once for each message.
extension SendGridProvider {
    package func encodedSize(of message: OutgoingMessage) -> Int {
        SendGridMessage(message).encodedSize
    }

    package func submit(
        next: () throws -> OutgoingMessage?,
        finished: (OutgoingMessage, SubmitOutcome) throws -> Void
    ) throws {
        try sender.perform(
            next: {
                while let message = try next() {
                    let size = encodedSize(of: message)
                    if size <= messageBytesMax { return (request(for: message), message) }
                    try finished(message, .refused(reason: tooLarge(size)))
                }
                return nil
            },
            finished: { message, result in
                try finished(message, outcome(of: result))
            })
    }

    private func request(for message: OutgoingMessage) -> HTTPRequest {
        HTTPRequest(
            .post, options.baseURL + "/v3/mail/send",
            headers: [
                options.sendAuthorization, HTTPHeader("Content-Type", "application/json"),
                HTTPHeader("Accept", "application/json"),
            ],
            body: SendGridMessage(message).encoded())
    }

    private func tooLarge(_ size: Int) -> String {
        "the message takes \(size) bytes; SendGrid takes \(messageBytesMax)"
    }

    /// What an answer, or its absence, says of the submission.
    func outcome(of result: Result<HTTPResponse, HTTPError>) -> SubmitOutcome {
        switch result {
        case .success(let response): outcome(of: response)
        case .failure(let error) where error.phase == .beforeBody:
            .postponed(reason: error.reason, retryAfterSeconds: nil)
        case .failure(let error): .inDoubt(reason: error.reason)
        }
    }

    private func outcome(of response: HTTPResponse) -> SubmitOutcome {
        let words = response.statusAndWords
        switch response.status {
        case 202: return accepted(response)
        case 401, 402: return .accountRefused(reason: words)
        case 403 where refusesOnlySender(response): return .refused(reason: words)
        case 403: return .accountRefused(reason: words)
        case 408: return .inDoubt(reason: words)
        case 429:
            return .postponed(
                reason: words, retryAfterSeconds: RetryAfter.seconds(response, now: now()))
        case 400..<500: return .refused(reason: words)
        default:
            // Other 2xx and 3xx are not in the contract, and a 5xx may come after acceptance.
            return .inDoubt(reason: words)
        }
    }

    /// "X-Message-Id … specific to the API request"; a 202 with a body is somebody else's.
    private func accepted(_ response: HTTPResponse) -> SubmitOutcome {
        let id = response.header("X-Message-Id").map { cleaned($0, charactersMax: 200) } ?? ""
        if id.isEmpty, !response.body.isEmpty {
            return .inDoubt(reason: "202 with an answer that is not SendGrid's")
        }
        return .accepted(providerMessageID: id.isEmpty ? nil : id)
    }

    /// One tenant's sender that is not verified must not stop all others.
    private func refusesOnlySender(_ response: HTTPResponse) -> Bool {
        let faults = SendGridAnswer(response).faults
        return !faults.isEmpty && faults.allSatisfy { $0.field?.hasPrefix("from") == true }
    }
}
