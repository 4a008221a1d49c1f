import Dispatching
import Invoicing
import Transport

/// Submits messages, a request each and many at once; none is ever repeated.
///
/// One message a request also where a provider takes more (Postmark's batch of 500): the answer
/// that is lost leaves one message in doubt, not all of a batch.
final class MessageSender {
    private let client: HTTPClient

    init(client: HTTPClient) {
        self.client = client
    }

    /// Sends what `next` gives until it gives nil and none is in flight.
    ///
    /// `request` encodes a message, once; one that it has a fault of is refused without a request.
    func submit(
        next: () throws -> OutgoingMessage?,
        request: (OutgoingMessage) -> Result<HTTPRequest, MessageFault>,
        outcome: (HTTPResponse) -> SubmitOutcome,
        finished: (OutgoingMessage, SubmitOutcome) throws -> Void
    ) throws {
        try client.perform(
            next: {
                while let message = try next() {
                    switch request(message) {
                    case .success(var request):
                        request.deadline = message.deadline
                        return (request, message)
                    case .failure(let fault):
                        try finished(message, .refused(Refusal(.message, .content, fault.reason)))
                    }
                }
                return nil
            },
            finished: { message, result in
                try finished(message, Self.outcome(of: result, outcome))
            })
    }

    /// What an answer, or its absence, says of the submission.
    private static func outcome(
        of result: Result<HTTPResponse, HTTPError>, _ outcome: (HTTPResponse) -> SubmitOutcome
    ) -> SubmitOutcome {
        switch result {
        case .success(let response): outcome(response)
        case .failure(let error) where error.phase == .beforeBody: .refused(refusal(error))
        case .failure(let error): .inDoubt(reason: error.reason)
        }
    }

    /// Why nothing was sent.
    private static func refusal(_ error: HTTPError) -> Refusal {
        switch error.kind {
        case .untrusted: Refusal(.provider, .untrusted, error.reason)
        case .invalidRequest: Refusal(.account, .misconfigured, error.reason)
        // Our own doing, which says nothing of the provider.
        case .overdue, .aborted: Refusal(.message, .notYet, error.reason)
        case .resolve, .connect, .tls, .timeout, .reset, .truncated, .tooLarge, .malformed:
            Refusal(.provider, .unreachable, error.reason)
        }
    }
}
