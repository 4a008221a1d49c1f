import Bounces
import Dispatching
import Foundation
import Synchronization
import Wire

/// A provider in memory, which takes every message unless a test says otherwise.
///
/// What becomes of a mail is told by the first letters of its recipient, as with the sandbox
/// provider: ok, unknown, invalid, full, spam, blocked, deferred, softonce, silent.
final class StubProvider: MailProvider, Sendable {
    /// What is answered to a message; nil takes it as usual.
    typealias Answer = @Sendable (OutgoingMessage) throws -> SubmitOutcome?

    /// What is given of the events that a poll asks for.
    typealias Polled = @Sendable ([ProviderEvent]) throws -> [ProviderEvent]

    private struct State {
        var now = Date.now
        var taken: [OutgoingMessage] = []
        var events: [ProviderEvent] = []
        var listed: [ListedSuppression] = []
        var deletions = 0
        var submissions = 0
        var answer: Answer = { _ in nil }
        var lookUpAnswer: Result<LookupAnswer, ProviderError>?
        var polled: Polled = { $0 }
        var liftAnswer: LiftAnswer?
    }

    let name: String
    let limits: MessageLimits
    let sources = [EventSource(name: "events", overlapSeconds: 3_600)]
    private let state = Mutex(State())

    /// Its name stands for the account's: another of the same name is the same account.
    init(name: String = "stub") {
        self.name = name
        limits = MessageLimits(
            provider: name, bytesMax: 20_000_000, envelope: { _ in 0 }, encoded: \.self)
    }

    // MARK: What a test asks and orders

    var taken: [OutgoingMessage] { state.withLock(\.taken) }
    /// How often it was asked to send, and to take an address off a list.
    var submissions: Int { state.withLock(\.submissions) }
    var deletions: Int { state.withLock(\.deletions) }

    /// Dispatches that were taken more often than once at one attempt or in one run of them.
    var doubled: [UUID] {
        Dictionary(grouping: taken) { "\($0.dispatchID) \($0.attempt)" }.values
            .filter { $0.count > 1 }.map { $0[0].dispatchID }
    }

    /// Its clock, by which events are dated.
    func set(now: Date) { state.withLock { $0.now = now } }
    func answer(_ answer: @escaping Answer) { state.withLock { $0.answer = answer } }
    func behave() {
        state.withLock { ($0.answer, $0.polled, $0.lookUpAnswer) = ({ _ in nil }, { $0 }, nil) }
    }
    func answerLookUps(_ answer: Result<LookupAnswer, ProviderError>?) {
        state.withLock { $0.lookUpAnswer = answer }
    }
    func answerPolls(_ polled: @escaping Polled) { state.withLock { $0.polled = polled } }
    func answerLifts(_ answer: LiftAnswer?) { state.withLock { $0.liftAnswer = answer } }

    /// Takes a message, whatever is then said of it.
    @discardableResult
    func take(_ message: OutgoingMessage) -> SubmitOutcome {
        state.withLock { state in
            state.taken.append(message)
            let recipient = message.to.address.text
            for (index, fate) in Self.fates(of: recipient, state).enumerated() {
                let key = "\(message.dispatchID) \(state.taken.count) \(index)"
                state.events.append(
                    ProviderEvent(
                        source: "events", key: key, occurredAt: state.now + Double(index) / 10,
                        kind: fate.kind, recipient: recipient, tenantID: message.tenantID,
                        dispatchID: message.dispatchID, attempt: message.attempt,
                        providerMessageID: "\(message.dispatchID)", replyCode: fate.reply,
                        enhancedCode: fate.code, text: fate.text, suppressionList: fate.list,
                        raw: "{}"))
                if let list = fate.list {
                    state.listed.append(
                        ListedSuppression(
                            list: list, address: recipient, reason: fate.text,
                            createdAt: state.now))
                }
            }
        }
        return .accepted(providerMessageID: "\(message.dispatchID)")
    }

    private struct Fate {
        var kind: EventKind
        var reply: Int?
        var code: String?
        var text = ""
        var list: String?

        static let delivered = Fate(kind: .delivered)

        static func bounced(_ reply: Int, _ code: String, _ text: String, on list: String? = nil)
            -> Fate
        {
            Fate(
                kind: .bounced, reply: reply, code: code, text: "\(reply) \(code) \(text)",
                list: list)
        }
    }

    private static func fates(of recipient: String, _ state: State) -> [Fate] {
        if state.listed.contains(where: { $0.address == recipient }) {
            return [Fate(kind: .dropped, text: "the address is on a list")]
        }
        let earlier = state.taken.count { $0.to.address.text == recipient } - 1
        switch recipient.prefix(while: \.isLetter) {
        case "unknown": return [.bounced(550, "5.1.1", "User unknown", on: "bounces")]
        case "invalid": return [.bounced(550, "5.1.2", "Host unknown", on: "invalid_emails")]
        case "full": return [.bounced(452, "4.2.2", "Mailbox full")]
        case "softonce":
            return [earlier == 0 ? .bounced(552, "5.2.2", "Mailbox full") : .delivered]
        case "spam": return [.delivered, Fate(kind: .complained, list: "spam_reports")]
        case "blocked": return [.bounced(550, "5.7.1", "Blocked for reasons of reputation")]
        case "deferred":
            return [
                Fate(kind: .deferred, reply: 421, code: "4.7.0", text: "421 4.7.0 wait"),
                .delivered,
            ]
        case "silent": return []
        default: return [.delivered]
        }
    }

    // MARK: MailProvider

    func submit(
        next: () throws -> OutgoingMessage?,
        finished: (OutgoingMessage, SubmitOutcome) throws -> Void
    ) throws {
        while let message = try next() {
            let answer = state.withLock { state in
                state.submissions += 1
                return state.answer
            }
            try finished(message, answer(message) ?? take(message))
        }
    }

    func lookUp(_ queries: [LookupQuery]) -> [Result<LookupAnswer, ProviderError>] {
        let (taken, answer) = state.withLock { ($0.taken, $0.lookUpAnswer) }
        return queries.map { query in
            if let answer { return answer }
            let isTaken = taken.contains { $0.messageID == query.messageID }
            return .success(
                isTaken ? .found(providerMessageID: "\(query.dispatchID)") : .absent)
        }
    }

    func poll(
        _ source: EventSource, from start: Date, until end: Date,
        page: (EventPage) throws -> Void
    ) throws {
        let (events, polled) = state.withLock { ($0.events, $0.polled) }
        let inWindow = events.filter { (start..<end).contains($0.occurredAt) }
        try page(EventPage(events: polled(inWindow), completeUntil: end))
    }

    func suppressions(of address: EmailAddress) throws -> [ListedSuppression] {
        state.withLock { $0.listed.filter { $0.address == address.text } }
    }

    func listedSuppressions(page: ([ListedSuppression]) throws -> Void) throws -> Bool {
        try page(state.withLock(\.listed))
        return true
    }

    func lift(_ suppression: ListedSuppression) throws -> LiftAnswer {
        state.withLock { state in
            if let answer = state.liftAnswer { return answer }
            let count = state.listed.count
            state.listed.removeAll { $0.address == suppression.address }
            state.deletions += 1
            return state.listed.count < count ? .lifted : .notListed
        }
    }
}
