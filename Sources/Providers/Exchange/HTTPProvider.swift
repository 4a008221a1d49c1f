import Dispatching
import FoundationEssentials
import Transport

/// A provider with an HTTP API: the shared behaviour, around what is specific to each vendor.
protocol HTTPProvider: MailProvider {
    static var vendor: ProviderName { get }
    /// The status with which the vendor accepts a submission.
    static var acceptedStatus: Int { get }
    /// The shortest retention of look-up data that any of the vendor's plans has, in seconds.
    static var logsKeptSeconds: Int { get }

    var account: ProviderAccount { get }
    var connection: ProviderConnection { get }

    /// The request that submits a message, or why the message can't be sent.
    func request(for message: OutgoingMessage) -> Result<HTTPRequest, MessageFault>
    /// Interprets an answer with the accepted status: one that the vendor did not write is not
    /// believed.
    func accepted(_ response: HTTPResponse) -> SubmitOutcome
    /// Looks up submissions that are within the vendor's retention.
    func ask(_ queries: [LookupQuery]) -> [Result<LookupAnswer, ProviderError>]

    /// The status and the answer's explanation, on one line.
    static func line(of response: HTTPResponse) -> String
    /// Interprets an answer that refuses.
    static func refusal(of response: HTTPResponse, now: Date) -> Refusal
}

extension HTTPProvider {
    package var name: String { Self.vendor.rawValue }

    package func submit(
        next: () throws -> OutgoingMessage?,
        finished: (OutgoingMessage, SubmitOutcome) throws -> Void
    ) throws {
        try connection.sender.submit(
            next: next, request: request(for:), outcome: outcome(of:), finished: finished)
    }

    /// Interprets the answer to a submission: whatever is neither acceptance nor refusal is in
    /// doubt.
    ///
    /// A 408 or 5xx may come after acceptance: Mailgun's users have seen a 5xx for mail that was
    /// sent, and Postmark says that such a message is "usually lost", which is not always. Other
    /// 2xx and 3xx are in no contract.
    private func outcome(of response: HTTPResponse) -> SubmitOutcome {
        switch response.status {
        case Self.acceptedStatus: accepted(response)
        case 400..<500 where response.status != 408: .refused(refusal(of: response))
        default: .inDoubt(reason: Self.line(of: response))
        }
    }

    package func lookUp(_ queries: [LookupQuery]) -> [Result<LookupAnswer, ProviderError>] {
        queries.answers(
            from: name, keptSeconds: account.settings.logsKeptSeconds ?? Self.logsKeptSeconds,
            ask: ask)
    }

    func refusal(of response: HTTPResponse) -> Refusal {
        Self.refusal(of: response, now: connection.clock.now())
    }

    func unreadable(_ reason: String) -> ProviderError {
        .unreadable(provider: name, reason: reason)
    }
}
