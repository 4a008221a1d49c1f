import Invoicing
package import Bounces
package import FoundationEssentials
package import Wire

/// An e-mail provider: the seam between what Budstikke decides and how a vendor is spoken to.
///
/// A provider has no state of its own and takes no decision: it translates. One account is used
/// by one thread of control. Errors are thrown only when the run can't go on (`ProviderError`).
package protocol MailProvider: AnyObject {
    /// The name in configuration and in the database, as `sendgrid`.
    var name: String { get }

    /// What the provider takes of one message.
    var limits: MessageLimits { get }

    /// Sends what `next` gives, many at once, until it gives nil and none is in flight.
    ///
    /// `next` is asked whenever there is room; `finished` is called once for each message, in the
    /// order that the answers come. A message is submitted once: no retry happens in here.
    func submit(
        next: () throws -> OutgoingMessage?,
        finished: (OutgoingMessage, SubmitOutcome) throws -> Void
    ) throws

    /// Asks what became of submissions whose answers were lost, many at once.
    ///
    /// - Returns: an answer to each, in their order; one that fails harms no other.
    func lookUp(_ queries: [LookupQuery]) -> [Result<LookupAnswer, ProviderError>]

    /// What can be polled, each with a cursor of its own.
    var sources: [EventSource] { get }

    /// Reads the events of a source in a half-open window of time, a page at a time.
    func poll(
        _ source: EventSource, from start: Date, until end: Date,
        page: (EventPage) throws -> Void
    ) throws

    /// The fuller events behind one that was polled and fits no dispatch, with our own ids.
    ///
    /// A request for each: for the few that can't be attributed otherwise. Empty where the
    /// provider keeps no more than what it gave.
    func details(of event: ProviderEvent) throws -> [ProviderEvent]

    /// Reads again what could not be read once: nobody is asked.
    func read(_ report: UnreadReport) -> Reading

    /// The lists of the provider that an address stands on, as the provider spells it.
    func suppressions(of address: EmailAddress) throws -> [ListedSuppression]

    /// Everybody on the lists that keep mail from being sent, a page at a time.
    ///
    /// - Returns: false where the provider has no lists, and no page was given.
    func listedSuppressions(page: ([ListedSuppression]) throws -> Void) throws -> Bool

    /// Takes an address off a list; the spelling is the one that the provider listed.
    func lift(_ suppression: ListedSuppression) throws -> LiftAnswer
}

extension MailProvider {
    package func details(of event: ProviderEvent) throws -> [ProviderEvent] { [] }

    package func read(_ report: UnreadReport) -> Reading { .unread(report.reason) }

    package func listedSuppressions(
        page: ([ListedSuppression]) throws -> Void
    ) throws -> Bool { false }
}

/// What became of one submission, as far as its answer says.
package enum SubmitOutcome: Hashable, Sendable {
    /// The provider has taken it; its own id, where it gave one.
    case accepted(providerMessageID: String?)
    /// It certainly was not taken.
    case refused(Refusal)
    /// It may or may not have been taken; nobody guesses.
    case inDoubt(reason: String)
}

/// A list or stream of events at a provider.
package struct EventSource: Hashable, Sendable {
    /// The provider's own name of it: `blocks`, `bounces`, `logs`.
    package var name: String
    /// How far back each poll reads again, since events come late or change: seconds.
    package var overlapSeconds: Int

    package init(name: String, overlapSeconds: Int) {
        self.name = name
        self.overlapSeconds = overlapSeconds
    }
}

/// One page of a poll.
package struct EventPage: Hashable, Sendable {
    package var events: [ProviderEvent]
    /// All events before this instant have been given; nil until that can be said.
    package var completeUntil: Date?
    /// What nobody could read: one bad row must not cost the page.
    package var unread: [UnreadReport]
    /// What is known and tells of no delivery: why, for each.
    package var ignored: [String]
    /// What the provider has and can't be made to give, in words; nil where nothing is missing.
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

/// A line of a provider's suppression list.
package struct ListedSuppression: Hashable, Sendable {
    package var list: String
    /// The address as the provider spells it: some providers tell case apart.
    package var address: String
    package var reason: String
    package var createdAt: Date?

    package init(list: String, address: String, reason: String, createdAt: Date?) {
        self.list = list
        self.address = address
        self.reason = reason
        self.createdAt = createdAt
    }
}

/// What became of an entry that was to be lifted.
package enum LiftAnswer: Hashable, Sendable {
    case lifted
    /// It was not on the list: lifting twice is no error.
    case notListed
    /// The provider does not let this one be lifted; its words.
    case refused(reason: String)
}

/// What is known of a submission in doubt.
///
/// Its times go by the database's clock.
package struct LookupQuery: Hashable, Sendable {
    package var dispatchID: UUID
    package var recipient: EmailAddress
    package var messageID: String
    package var subject: String
    /// When the attempt was claimed: it was made then or after.
    package var attemptedAt: Date
    /// It was made before this; later than the claim where nobody knows when it was made.
    package var attemptedUntil: Date
    /// How long ago it was claimed: what the provider may have forgotten since.
    package var ageSeconds: Double

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

/// What a provider knows of a message that we ask for.
package enum LookupAnswer: Hashable, Sendable {
    case found(providerMessageID: String?)
    /// Not there at this moment; whether that is proof depends on how long one has waited.
    ///
    /// Only where the request named all that has a default at the vendor, and the submission is
    /// younger than what the account's plan keeps.
    case absent
    /// The provider has forgotten what is as old as this; in words.
    case forgotten(reason: String)
    /// The provider cannot be asked.
    case unsupported
}

/// Why a run can't go on with a provider.
package enum ProviderError: Error, Hashable {
    /// It can't be reached or answers with faults: exit 69.
    case unavailable(provider: String, reason: String)
    /// It refuses our key: exit 77.
    case unauthorized(provider: String, reason: String)
    /// It refuses the account or its sender, whatever the message, or all messages alike: exit 77.
    case notAllowed(provider: String, reason: String)
    /// What a setting names does not exist there: exit 78.
    case misconfigured(provider: String, reason: String)
    /// It can't prove who it is: exit 78.
    case untrusted(provider: String, reason: String)
    /// It asks us to wait: exit 75.
    case rateLimited(provider: String, retryAfterSeconds: Int?)
    /// A limit of the plan or the credit is used up: exit 75.
    case exhausted(provider: String, reason: String)
    /// It answered with something that is not its contract: exit 69, and the cursor stays.
    case unreadable(provider: String, reason: String)
}
