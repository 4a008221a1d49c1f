import Dispatching
import Foundation
import Testing

/// What becomes of a doubt, by what the provider says when it is asked.
struct DoubtResolutionTests {
    private static let now = Date(timeIntervalSince1970: 1_795_000_000)
    private let policy = SendPolicy(graceSeconds: 900, windowSeconds: 7_200)

    private func resolution(
        _ answer: LookupAnswer, age: Double = 10_000, policy wish: InDoubtPolicy = .park,
        decided: InDoubtPolicy? = nil, attempt: Int = 1, accepted: Int = 0, deferrals: Int = 0,
        since: Date? = nil
    ) -> DispatchChange {
        policy.resolution(
            of: ClaimedDispatch(
                tenantID: 1, dispatchID: UUID(), leaseEpoch: 7, attempt: attempt,
                acceptedCount: accepted, claimedAt: Self.now - age, deferrals: deferrals,
                deferredSince: since),
            answer: answer, ageSeconds: age, policy: wish, decided: decided,
            now: Self.now, jitter: 1)
    }

    @Test(arguments: InDoubtPolicy.allCases)
    func `found is sent, with the provider's id`(_ wish: InDoubtPolicy) {
        let change = resolution(.found(providerMessageID: "x"), age: 0, policy: wish)
        #expect(change.arrow == .accept)
        #expect(change.attempt == .found)
        #expect(change.providerMessageID == "x")
    }

    @Test(arguments: [0.0, 900, 7_199.9], InDoubtPolicy.allCases)
    func `an absence before the window has passed proves nothing, and is asked again`(
        _ age: Double, _ wish: InDoubtPolicy
    ) {
        let change = resolution(.absent, age: age, policy: wish)
        #expect(change.arrow == .ask)
        #expect(!change.isParked)
        #expect(change.resolveAfterSeconds == 900)
        #expect(change.isSpent)
    }

    @Test
    func `an absence after the window was a deferral: no attempt is spent, and it goes at once`() {
        let change = resolution(.absent, age: 7_200)
        #expect(change.arrow == .postpone)
        #expect(change.attempt == .absent)
        #expect(change.runAt == Self.now)
        #expect(!change.isSpent)
    }

    @Test func `absences that repeat wait longer each time`() {
        #expect(resolution(.absent, deferrals: 1).runAt == Self.now + 60)
        #expect(resolution(.absent, deferrals: 4).runAt == Self.now + 480)
    }

    @Test func `an absence of what has waited too long is given up`() {
        let change = resolution(.absent, deferrals: 1, since: Self.now - 432_000)
        #expect(change.arrow == .giveUp)
        #expect(change.attempt == .absent)
    }

    private static let unasked = [LookupAnswer.forgotten(reason: "for a day"), .unsupported]

    @Test(arguments: unasked)
    func `after a recovery nothing is guessed, whatever the tenant's policy`(
        _ answer: LookupAnswer
    ) {
        let change = resolution(answer, policy: .resend, decided: .park)
        #expect(change.arrow == .ask)
        #expect(change.isParked)
    }

    @Test(arguments: unasked)
    func `what a person sends again is sent, and no attempt is spent by the doubt`(
        _ answer: LookupAnswer
    ) {
        let change = resolution(answer, policy: .park, decided: .resend)
        #expect(change.arrow == .postpone)
        #expect(change.runAt == Self.now)
        #expect(!change.isSpent)
        #expect(change.detail == "sent as it was asked for")
    }

    @Test(arguments: InDoubtPolicy.allCases)
    func `what the provider has forgotten is parked, whatever the tenant's policy`(
        _ wish: InDoubtPolicy
    ) {
        let change = resolution(.forgotten(reason: "logs are kept for a day"), policy: wish)
        #expect(change.arrow == .ask)
        #expect(change.isParked)
        #expect(change.attempt == .parked)
        #expect(change.resolveAfterSeconds == nil)
        #expect(change.message == "In doubt: logs are kept for a day")
    }

    @Test func `what can't be asked is parked where the tenant wants a person to decide`() {
        let change = resolution(.unsupported)
        #expect(change.arrow == .ask)
        #expect(change.isParked)
    }

    @Test
    func `what can't be asked is sent again where the tenant says so, and its attempt counts`() {
        let change = resolution(.unsupported, policy: .resend)
        #expect(change.state == .queued)
        #expect(change.runAt == Self.now)
        // It may have been taken: the line of history stays, and the next attempt has its own.
        #expect(change.isSpent)
        #expect(change.attempt == .inDoubt)
    }

    @Test(arguments: [(2, 0, true), (3, 2, false), (4, 2, true)])
    func `it is sent again once: the risk is of a second copy, not of a copy an hour`(
        _ attempt: Int, _ accepted: Int, _ isParked: Bool
    ) {
        let change = resolution(
            .unsupported, policy: .resend, attempt: attempt, accepted: accepted)
        #expect(change.isParked == isParked)
        #expect(change.state == (isParked ? .inDoubt : .queued))
    }
}
