import Dispatching
import Foundation
import Invoicing
import Testing

/// What a submission becomes, by the provider's answer.
struct SendPolicyTests {
    private let now = Date(timeIntervalSince1970: 1_795_000_000)
    private let policy = SendPolicy(attemptsMax: 3, graceSeconds: 900, windowSeconds: 7_200)

    private func claim(
        attempt: Int = 1, accepted: Int = 0, retryDelays: [Int] = []
    ) -> ClaimedDispatch {
        ClaimedDispatch(
            tenantID: 1, dispatchID: UUID(), leaseEpoch: 7, attempt: attempt,
            acceptedCount: accepted, claimedAt: now, retryDelays: retryDelays)
    }

    private func change(_ outcome: SubmitOutcome, attempt: Int = 1) -> DispatchChange {
        policy.change(of: claim(attempt: attempt), after: outcome, now: now, jitter: 0.5)
    }

    @Test func `accepted is sent, and no more than that`() {
        let change = change(.accepted(providerMessageID: "x"))
        #expect(change.state == .sent)
        #expect(change.delivery == .unknown)
        #expect(change.providerMessageID == "x")
    }

    @Test func `refused is failed, and says why`() {
        let change = change(.refused(reason: "too large"))
        #expect(change.state == .failed)
        #expect(change.message.contains("too large"))
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
        (
            "554 no", .softBounced, "Message was bounced with reason: 554 no", "undetermined"
        ),
    ])
    func `a refusal on the spot is what its bounce would be`(
        _ text: String, _ delivery: Delivery, _ message: String, _ reason: String
    ) {
        let change = change(.bounced(Self.evidence(text)))
        #expect(change.state == .failed)
        #expect(change.delivery == delivery)
        #expect(change.message == message)
        #expect(change.reason == reason)
        #expect(change.attempt == .refused)
        #expect(change.detail == text)
    }

    @Test func `a soft refusal on the spot is tried again by the send plan, then told`() {
        let full = SubmitOutcome.bounced(Self.evidence("552 5.2.2 Mailbox full"))
        func change(attempt: Int) -> DispatchChange {
            policy.change(
                of: claim(attempt: attempt, retryDelays: [14_400, 86_400]), after: full, now: now,
                jitter: 0.5)
        }
        #expect(change(attempt: 1).state == .queued)
        #expect(change(attempt: 1).delivery == .softBounced)
        #expect(change(attempt: 1).runAt == now + 14_400)
        #expect(change(attempt: 2).runAt == now + 86_400)
        #expect(change(attempt: 3).state == .failed)
        let hard = SubmitOutcome.bounced(Self.evidence("550 5.1.1 User unknown"))
        #expect(
            policy.change(
                of: claim(retryDelays: [14_400]), after: hard, now: now, jitter: 0.5
            ).state == .failed)
    }

    private static func evidence(_ text: String) -> BounceEvidence {
        BounceEvidence(
            replyCode: Int(text.prefix(3)), text: text, provider: "smtp", type: "relay/recipient")
    }

    @Test func `suppressed is blocked, as the provider's event would say it`() {
        let change = change(.suppressed(reason: "406"))
        #expect(change.state == .failed)
        #expect(change.delivery == .blocked)
        #expect(change.message == "Email was blocked")
        #expect(change.detail == "406")
    }

    @Test func `postponed waits, at least as long as it was asked to`() throws {
        let change = change(.postponed(reason: "429", retryAfterSeconds: 600))
        #expect(change.state == .queued)
        #expect(try #require(change.runAt) >= now + 600)
    }

    @Test func `attempts that were not taken are bounded`() {
        #expect(
            change(.postponed(reason: "429", retryAfterSeconds: nil), attempt: 2).state == .queued)
        #expect(
            change(.postponed(reason: "429", retryAfterSeconds: nil), attempt: 3).state == .failed)
    }

    @Test func `in doubt is a state, and the provider is asked after the grace`() {
        let change = change(.inDoubt(reason: "timeout"))
        #expect(change.state == .inDoubt)
        #expect(change.resolveAt == now + 900)
        #expect(change.runAt == nil)
    }

    @Test func `a refused account and a release give the attempt back`() {
        #expect(change(.accountRefused(reason: "401")).attempt == nil)
        #expect(change(.untrusted(reason: "no STARTTLS")).attempt == nil)
        #expect(policy.released(claim(), now: now).attempt == nil)
        #expect(policy.released(claim(), now: now).runAt == now)
    }

    @Test func `absence is proof only when the window has passed`() {
        let early = policy.resolution(
            of: claim(), answer: .absent, policy: .park, now: now + 7_199)
        #expect(early.state == .inDoubt)
        let late = policy.resolution(
            of: claim(), answer: .absent, policy: .park, now: now + 7_200)
        #expect(late.state == .queued)
    }

    @Test func `what can't be asked is parked, or sent again where the tenant says so`() {
        let parked = policy.resolution(
            of: claim(), answer: .unsupported, policy: .park, now: now)
        #expect(parked.state == .inDoubt)
        #expect(parked.isParked)
        let again = policy.resolution(
            of: claim(), answer: .unsupported, policy: .resend, now: now)
        #expect(again.state == .queued)
    }
}
