package import Bounces
package import FoundationEssentials
import Invoicing
package import Wire

/// An e-mail provider: the seam between Budstikke's decisions and a vendor's API.
///
/// A provider has no state of its own and makes no decisions: it translates. Each account is used
/// by one thread at a time. Errors are thrown only when the run can't continue (`ProviderError`).
package protocol MailProvider: AnyObject {
    /// The name in the configuration and in the database, as `sendgrid`.
    var name: String { get }

    /// The limits for one message.
    var limits: MessageLimits { get }

    /// Sends what `next` returns, many at once, until it returns nil and nothing is in flight.
    ///
    /// `next` is called whenever there is room; `finished` is called once for each message, in the
    /// order of the answers. Each message is submitted once: there are no retries in here.
    func submit(
        next: () throws -> OutgoingMessage?,
        finished: (OutgoingMessage, SubmitOutcome) throws -> Void
    ) throws

    /// Asks what became of submissions whose answers were lost, many at once.
    /// - Returns: one answer for each, in their order; one that fails does not affect the others.
    func lookUp(_ queries: [LookupQuery]) -> [Result<LookupAnswer, ProviderError>]

    /// What can be polled, each with its own cursor.
    var sources: [EventSource] { get }

    /// Reads the events of a source in a half-open window of time, page by page.
    func poll(
        _ source: EventSource, from start: Date, until end: Date,
        page: (EventPage) throws -> Void
    ) throws

    /// The complete events behind a polled one that fits no dispatch, with our own ids.
    ///
    /// One request for each: for the few that can't be attributed otherwise. Empty where the
    /// provider has no more than it already returned.
    func details(of event: ProviderEvent) throws -> [ProviderEvent]

    /// Parses again what could not be parsed before, without a request.
    func read(_ report: UnreadReport) -> Reading

    /// The provider's suppression lists with an address, as the provider spells it.
    func suppressions(of address: EmailAddress) throws -> [ListedSuppression]

    /// Everybody on the lists that prevent sending, page by page.
    /// - Returns: false where the provider has no such lists; `page` was then not called.
    func listedSuppressions(page: ([ListedSuppression]) throws -> Void) throws -> Bool

    /// Removes an address from a list, spelled as the provider listed it.
    func lift(_ suppression: ListedSuppression) throws -> LiftAnswer

    /// Asks whether the account works, and may send from an address: each question once, nothing
    /// is sent or changed, and one that fails hides no other.
    func examine(sender: EmailAddress) -> AccountExamination
}

extension MailProvider {
    /// Nothing more, for a provider without such events.
    package func details(of event: ProviderEvent) throws -> [ProviderEvent] { [] }

    /// Still unread, for a provider that keeps no rows.
    package func read(_ report: UnreadReport) -> Reading { .unread(report.reason) }

    /// False, for a provider without lists.
    package func listedSuppressions(
        page: ([ListedSuppression]) throws -> Void
    ) throws -> Bool { false }

    /// No answers, for a provider that can't be asked.
    package func examine(sender: EmailAddress) -> AccountExamination { AccountExamination() }
}

/// The outcome of one submission, as far as its answer shows.
package enum SubmitOutcome: Hashable, Sendable {
    /// The provider has accepted it; the provider's own id, where it gave one.
    case accepted(providerMessageID: String?)
    /// It was certainly not accepted.
    case refused(Refusal)
    /// It may or may not have been accepted; nobody guesses.
    case inDoubt(reason: String)
}

/// A list or stream of events at a provider.
package struct EventSource: Hashable, Sendable {
    /// The provider's own name for it: `blocks`, `bounces`, `logs`.
    package var name: String
    /// How many seconds each poll goes back, since events arrive late or change.
    package var overlapSeconds: Int

    package init(name: String, overlapSeconds: Int) {
        self.name = name
        self.overlapSeconds = overlapSeconds
    }
}

/// One page of a poll.
package struct EventPage: Hashable, Sendable {
    package var events: [ProviderEvent]
    /// The instant before which all events have been returned; nil until that is known.
    package var completeUntil: Date?
    /// What could not be parsed: one bad row must not cost the page.
    package var unread: [UnreadReport]
    /// Why each of the known events that report no delivery was ignored.
    package var ignored: [String]
    /// What the provider has and could not be made to return, in words; nil where nothing is
    /// missing.
    package var shortfall: String?

    package init(
        events: [ProviderEvent], completeUntil: Date?, unread: [UnreadReport] = [],
        ignored: [String] = [], shortfall: String? = nil
    ) {
        self.events = events
        self.completeUntil = completeUntil
        self.unread = unread
        self.ignored = ignored
        self.shortfall = shortfall
    }
}

/// An entry of a provider's suppression list.
package struct ListedSuppression: Hashable, Sendable {
    /// The provider's own name for the list.
    package var list: String
    /// The address as the provider spells it: some providers are case-sensitive.
    package var address: String
    /// The provider's words for why it was listed.
    package var reason: String
    /// When it was listed; nil where the provider does not say.
    package var createdAt: Date?

    package init(list: String, address: String, reason: String, createdAt: Date?) {
        self.list = list
        self.address = address
        self.reason = reason
        self.createdAt = createdAt
    }
}

/// The result of removing an entry.
package enum LiftAnswer: Hashable, Sendable {
    /// The entry was removed.
    case lifted
    /// It was not on the list; removing twice is not an error.
    case notListed
    /// The provider does not allow it to be removed; its words.
    case refused(reason: String)
}

/// What is known about a submission in doubt.
///
/// The times are by the database's clock.
package struct LookupQuery: Hashable, Sendable {
    package var dispatchID: UUID
    package var recipient: EmailAddress
    /// The RFC 5322 Message-ID with its angle brackets.
    package var messageID: String
    package var subject: String
    /// When the attempt was claimed, and so the earliest time of the submission.
    package var attemptedAt: Date
    /// The latest time of the submission; later than the claim where the exact time is not known.
    package var attemptedUntil: Date
    /// How many seconds ago it was claimed, which shows what the provider may have forgotten.
    package var ageSeconds: Double

    /// `attemptedUntil` is nil for the time of the claim.
    package init(
        dispatchID: UUID, recipient: EmailAddress, messageID: String, subject: String,
        attemptedAt: Date, attemptedUntil: Date? = nil, ageSeconds: Double
    ) {
        self.dispatchID = dispatchID
        self.recipient = recipient
        self.messageID = messageID
        self.subject = subject
        self.attemptedAt = attemptedAt
        self.attemptedUntil = attemptedUntil ?? attemptedAt
        self.ageSeconds = ageSeconds
    }
}

/// A provider's answer when asked about a message.
package enum LookupAnswer: Hashable, Sendable {
    /// The provider has it; the provider's own id, where it gave one.
    case found(providerMessageID: String?)
    /// Not there at this moment; whether that is proof depends on the time since the attempt.
    ///
    /// Only where the request stated every parameter that has a default at the vendor, and the
    /// submission is younger than the account's retention.
    case absent
    /// The provider no longer has messages as old as this; in words.
    case forgotten(reason: String)
    /// The provider can't be asked.
    case unsupported
}

/// Why a run can't continue with a provider.
package enum ProviderError: Error, Hashable {
    /// It can't be reached, or answers with errors: exit 69.
    case unavailable(provider: String, reason: String)
    /// It rejects our key: exit 77.
    case unauthorized(provider: String, reason: String)
    /// It rejects the account or its sender, whatever the message, or all messages alike: exit 77.
    case notAllowed(provider: String, reason: String)
    /// What a setting names does not exist there: exit 78.
    case misconfigured(provider: String, reason: String)
    /// Its identity can't be verified: exit 78.
    case untrusted(provider: String, reason: String)
    /// It asks us to wait: exit 75.
    case rateLimited(provider: String, retryAfterSeconds: Int?)
    /// A limit of the plan or the credit is used up: exit 75.
    case exhausted(provider: String, reason: String)
    /// Its answer violates its contract: exit 69, and the cursor is not moved.
    case unreadable(provider: String, reason: String)
}
