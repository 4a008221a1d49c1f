package import Dispatching
import FoundationEssentials
import Invoicing
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
        try connection.sender.submit(
            next: next, refusal: refusal, request: request, outcome: outcome,
            finished: finished)
    }

    private func refusal(of message: OutgoingMessage) -> String? {
        let size = encodedSize(of: message)
        guard size > messageBytesMax else { return nil }
        return "the message takes \(size) bytes; SendGrid takes \(messageBytesMax)"
    }

    private func request(for message: OutgoingMessage) -> HTTPRequest {
        HTTPRequest(
            .post, connection.baseURL + "/v3/mail/send",
            headers: [
                sendAuthorization, HTTPHeader("Content-Type", "application/json"),
                HTTPHeader("Accept", "application/json"),
            ],
            body: SendGridMessage(message).encoded())
    }

    /// What an answer says of the submission.
    private func outcome(of response: HTTPResponse) -> SubmitOutcome {
        let words = SendGridAnswer(response).line
        switch response.status {
        case 202: return accepted(response)
        case 401, 402: return .accountRefused(reason: words)
        case 403 where refusesOnlySender(response): return .refused(reason: words)
        case 403: return .accountRefused(reason: words)
        case 408: return .inDoubt(reason: words)
        case 429:
            return .postponed(
                reason: words,
                retryAfterSeconds: RetryAfter.seconds(response, now: connection.now()))
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
