import Dispatching
import FoundationEssentials
import Transport

/// A provider that is spoken to over HTTP: what all such do alike, around what each has its own.
protocol HTTPProvider: MailProvider {
    static var vendor: ProviderName { get }
    /// The status by which the vendor says yes to a submission.
    static var acceptedStatus: Int { get }
    /// The least that the vendor sells of keeping what a look-up asks for.
    static var logsKeptSeconds: Int { get }

    var account: ProviderAccount { get }
    var connection: ProviderConnection { get }

    /// A message as it is sent, or what is wrong with it.
    func request(for message: OutgoingMessage) -> Result<HTTPRequest, MessageFault>
    /// What an answer says that has the status of a yes: only what is the vendor's is believed.
    func accepted(_ response: HTTPResponse) -> SubmitOutcome
    /// Asks for those that the vendor has not forgotten.
    func ask(_ queries: [LookupQuery]) -> [Result<LookupAnswer, ProviderError>]

    /// The status and what the answer says of it, on one line.
    static func line(of response: HTTPResponse) -> String
    /// What an answer that says no means.
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

    /// What an answer says of the submission: whatever is neither a yes nor a no is in doubt.
    ///
    /// A 408 or a 5xx may come after acceptance: users of Mailgun have met a 5xx with the mail sent
    /// all the same, and by Postmark's words a message is then "usually lost", which is not always.
    /// Other 2xx and 3xx are in no contract.
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
