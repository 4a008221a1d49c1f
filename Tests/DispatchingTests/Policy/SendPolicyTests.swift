import Bounces
import Dispatching
import Foundation
import Invoicing
import Testing

/// What a submission becomes, by the provider's answer.
struct SendPolicyTests {
    private static let now = Date(timeIntervalSince1970: 1_795_000_000)
    private let policy = SendPolicy(giveUpAfterSeconds: 432_000, graceSeconds: 900)

    private func claim(
        attempt: Int = 1, deferrals: Int = 0, since: Date? = nil, retryDelays: [Int] = []
    ) -> ClaimedDispatch {
        ClaimedDispatch(
            tenantID: 1, dispatchID: UUID(), leaseEpoch: 7, attempt: attempt, acceptedCount: 0,
            claimedAt: Self.now, deferrals: deferrals, deferredSince: since,
            retryDelays: retryDelays)
    }

    private func change(
        _ outcome: SubmitOutcome, of claim: ClaimedDispatch? = nil, at now: Date = now
    ) -> DispatchChange {
        policy.change(of: claim ?? self.claim(), after: outcome, now: now, jitter: 0.5)
    }

    private func change(
        _ subject: Refusal.Subject, _ cause: Refusal.Cause, _ reason: String = "no",
        retryAfter: Int? = nil, of claim: ClaimedDispatch? = nil, at now: Date = now
    ) -> DispatchChange {
        let refusal = Refusal(subject, cause, reason, retryAfterSeconds: retryAfter)
        return change(.refused(refusal), of: claim, at: now)
    }

    // MARK: Taken, or decided

    @Test func `accepted is sent, and no more than that`() {
        let change = change(.accepted(providerMessageID: "x"))
        #expect(change.arrow == .accept)
        #expect(change.delivery == .unknown)
        #expect(change.attempt == .accepted)
        #expect(change.providerMessageID == "x")
    }

    @Test(arguments: [Refusal.Subject.message, .recipient])
    func `a verdict about the message or its recipient ends it, and says why`(
        _ subject: Refusal.Subject
    ) {
        let change = change(subject, .content, "too large")
        #expect(change.arrow == .refuse)
        #expect(change.message == "Email was refused by the provider: too large")
        #expect(change.reason == "refused")
        #expect(change.attempt == .refused)
        #expect(change.isSpent)
    }

    @Test func `suppressed is blocked, as the provider's event would say it`() {
        let change = change(.recipient, .suppressed, "406")
        #expect(change.arrow == .refuse)
        #expect(change.delivery == .blocked)
        #expect(change.message == "Email was blocked")
        #expect(change.attempt == .suppressed)
        #expect(change.detail == "406")
    }

    @Test(arguments: [
        (
            "550 5.1.1 User unknown", Delivery.hardBounced, "Hard-bounce: User unknown",
            "user_unknown"
        ),
        ("550 5.7.1 Message rejected as spam", .blocked, "Email was blocked", "spam_content"),
        (
            "552 5.2.2 Mailbox full", .softBounced,
            "Message was bounced with reason: 552 5.2.2 Mailbox full", "mailbox_full"
        ),
        // Nobody knows what it means: the address is not condemned by it.
        ("554 no", .softBounced, "Message was bounced with reason: 554 no", "undetermined"),
    ])
    func `a refusal on the spot is what its bounce would be`(
        _ text: String, _ delivery: Delivery, _ message: String, _ reason: String
    ) {
        let change = change(Self.bounced(text))
        #expect(change.arrow == .refuse)
        #expect(change.delivery == delivery)
        #expect(change.message == message)
        #expect(change.reason == reason)
        #expect(change.attempt == .refused)
        #expect(change.detail == text)
    }

    @Test(
        arguments: [
            (1, .retry, 14_400), (2, .retry, 86_400), (3, .refuse, nil),
        ] as [(Int, DispatchArrow, Double?)])
    func `a soft refusal on the spot is tried again by the send plan, then told`(
        _ attempt: Int, _ arrow: DispatchArrow, _ seconds: Double?
    ) {
        let claim = claim(attempt: attempt, retryDelays: [14_400, 86_400])
        let change = change(Self.bounced("552 5.2.2 Mailbox full"), of: claim)
        #expect(change.arrow == arrow)
        #expect(change.delivery == .softBounced)
        #expect(change.runAt == seconds.map { Self.now + $0 })
        #expect(change.isSpent)
    }

    @Test func `a hard refusal on the spot is not tried again`() {
        let claim = claim(retryDelays: [14_400])
        #expect(change(Self.bounced("550 5.1.1 User unknown"), of: claim).arrow == .refuse)
    }

    private static func bounced(_ text: String) -> SubmitOutcome {
        .refused(
            Refusal(
                .recipient, .bounced, text,
                evidence: BounceEvidence(
                    replyCode: Int(text.prefix(3)), text: text, provider: "smtp",
                    type: "relay/recipient")))
    }

    @Test func `in doubt is a state, and the provider is asked after the grace`() {
        let change = change(.inDoubt(reason: "timeout"))
        #expect(change.arrow == .doubt)
        #expect(change.resolveAfterSeconds == 900)
        #expect(change.runAt == nil)
        #expect(!change.isParked)
        #expect(change.attempt == .inDoubt)
        #expect(change.message == "In doubt: timeout")
    }

    // MARK: Not now

    static let notNow: [(Refusal.Subject, Refusal.Cause)] =
        Refusal.Subject.allCases.flatMap { subject in
            Refusal.Cause.allCases.filter { cause in
                !(subject == .message || subject == .recipient) || cause == .notYet
            }.map { (subject, $0) }
        }

    @Test(arguments: notNow)
    func `what is not about the message or recipient ends nothing, and spends no attempt`(
        _ subject: Refusal.Subject, _ cause: Refusal.Cause
    ) {
        let change = change(subject, cause, "429", of: claim(attempt: 100))
        #expect(change.arrow == .postpone)
        #expect(change.attempt == nil)
        #expect(!change.isSpent)
        #expect(change.detail == "429")
        #expect(change.runAt == Self.now + 60)
    }

    @Test(arguments: [(0, 60.0), (1, 90), (5, 1_440), (6, 2_700), (10_000, 2_700)])
    func `each wait is longer than the last, up to the cap`(_ deferrals: Int, _ seconds: Double) {
        let change = change(
            .provider, .unreachable, of: claim(deferrals: deferrals, since: Self.now))
        #expect(change.runAt == Self.now + seconds)
    }

    @Test func `a wait that is asked of one message is its own, however long`() {
        #expect(
            change(.recipient, .notYet, retryAfter: 86_400).runAt == Self.now + 86_400)
        #expect(change(.recipient, .notYet, retryAfter: 1).runAt == Self.now + 60)
    }

    @Test func `a wait that is asked of the account is kept with the account`() {
        #expect(change(.provider, .busy, retryAfter: 86_400).runAt == Self.now + 60)
    }

    @Test(arguments: [(0, false), (431_999, false), (432_000, true), (900_000, true)])
    func `what has waited too long is given up, and by time alone`(
        _ seconds: Int, _ isGivenUp: Bool
    ) {
        let claim = claim(
            attempt: 1, deferrals: isGivenUp ? 1 : 1_000_000, since: Self.now - Double(seconds))
        let change = change(.provider, .busy, "429", of: claim)
        #expect(change.arrow == (isGivenUp ? .giveUp : .postpone))
        #expect(change.runAt == nil || !isGivenUp)
        #expect(change.detail == "429")
        #expect(change.reason == (isGivenUp ? "given_up" : "postponed"))
    }

    @Test func `what has never waited is not given up`() {
        #expect(!policy.isOverdue(since: nil, now: .distantFuture))
    }

    @Test func `an outage of three days at a try whenever one is due gives nothing up`() {
        var (now, deferrals): (Date, Int) = (Self.now, 0)
        while now < Self.now + 3 * 86_400 {
            let change = change(
                .provider, .unreachable,
                of: claim(deferrals: deferrals, since: deferrals == 0 ? nil : Self.now), at: now)
            guard change.arrow == .postpone, let next = change.runAt else {
                Issue.record("\(change.arrow) after \(deferrals) deferrals")
                return
            }
            (now, deferrals) = (next, deferrals + 1)
        }
        #expect(deferrals > 8)
    }

    // MARK: What never reached the provider

    @Test func `a release gives everything back`() {
        let change = policy.released(claim(), now: Self.now)
        #expect(change.arrow == .release)
        #expect(change.attempt == nil)
        #expect(change.runAt == Self.now)
        #expect(!change.isSpent)
    }

    @Test func `what may not go out ends before the wire, each with its word`() {
        #expect(policy.suppressed(claim()).delivery == .blocked)
        #expect(policy.suppressed(claim()).attempt == .suppressed)
        #expect(policy.cancelled(claim()).arrow == .cancel)
        #expect(policy.cancelled(claim()).message == "Cancelled")
        let unsendable = policy.unsendable(claim(), "its sender is no e-mail address")
        #expect(unsendable.arrow == .refuse)
        #expect(unsendable.reason == "unsendable")
        #expect(unsendable.message == "Email can't be sent: its sender is no e-mail address")
    }
}
