package import Dispatching
import FoundationEssentials
import Invoicing
import Transport
import Wire

/// Sending: `POST /v3/mail/send`, once for each message.
extension SendGridProvider {
    package func submit(
        next: () throws -> OutgoingMessage?,
        finished: (OutgoingMessage, SubmitOutcome) throws -> Void
    ) throws {
        try connection.sender.submit(
            next: next, request: request, outcome: outcome, finished: finished)
    }

    private func request(for message: OutgoingMessage) -> Result<HTTPRequest, MessageFault> {
        let body = SendGridMessage(message).encoded()
        if let fault = MessageFault(bytes: body.count, limits: limits) { return .failure(fault) }
        return .success(
            HTTPRequest(
                .post, connection.baseURL + "/v3/mail/send",
                headers: [
                    sendAuthorization, HTTPHeader("Content-Type", "application/json"),
                    HTTPHeader("Accept", "application/json"),
                ], body: body))
    }

    /// What an answer says of the submission.
    private func outcome(of response: HTTPResponse) -> SubmitOutcome {
        switch response.status {
        case 202: accepted(response)
        case 408: .inDoubt(reason: SendGridAnswer(response).line)
        case 400..<500: .refused(SendGridRefusals.refusal(response, now: connection.now()))
        default:
            // Other 2xx and 3xx are not in the contract, and a 5xx may come after acceptance.
            .inDoubt(reason: SendGridAnswer(response).line)
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
}
