import Bounces
import Dispatching
import Foundation
import Invoicing
import Postgres
import Store
import Testing

/// What is looked up between the claim and the wire.
struct LastMomentTests {
    private let fixture: StoreFixture
    private let key: DispatchKey
    private let claim: ClaimedDispatch

    init() throws {
        fixture = try StoreFixture()
        key = try fixture.dispatch(to: "Kunde@kunde.test")
        claim = try #require(try fixture.claim(lease: 60).first)
    }

    private func readiness(provider: String = StoreFixture.provider) throws -> String {
        let read = try DispatchMessages(fixture.connection).load([claim], provider: provider)
        return switch try #require(read.first).readiness {
        case .ready: "ready"
        case .cancelled: "cancelled"
        case .suppressed: "suppressed"
        case .lost: "lost"
        case .unsendable: "unsendable"
        }
    }

    private func list(_ address: String) throws {
        let event = ProviderEvent(
            source: "bounces", key: address, occurredAt: StoreFixture.now, kind: .bounced,
            recipient: address, text: "550", suppressionList: "bounces", raw: "{}")
        _ = try Suppressions(fixture.connection).list([event], provider: StoreFixture.provider)
    }

    @Test func `what nothing speaks against goes out`() throws {
        #expect(try readiness() == "ready")
    }

    @Test func `an address that was listed after its invoice was queued is not sent to`() throws {
        try list("kunde@KUNDE.test")
        #expect(try readiness() == "suppressed")
    }

    @Test func `another address, another provider's list, a lifted entry: it goes out`() throws {
        try list("andre@kunde.test")
        #expect(try readiness() == "ready")
        try list("kunde@kunde.test")
        #expect(try readiness(provider: "mailgun") == "ready")
        let suppressions = Suppressions(fixture.connection)
        let entry = try #require(
            try suppressions.entries(of: "kunde@kunde.test", provider: StoreFixture.provider).first)
        try suppressions.markLifted(
            entry, provider: StoreFixture.provider, now: StoreFixture.now + 60)
        #expect(try readiness() == "ready")
    }

    @Test func `what was cancelled between the claim and the wire does not go out`() throws {
        let other = try fixture.another()
        let answer = try other.transaction {
            try DispatchLife(other).cancel(key, by: "kari", now: StoreFixture.now)
        }
        #expect(answer == .requested)
        #expect(try readiness() == "cancelled")
    }

    @Test(arguments: [DispatchArrow.postpone, .retry, .release])
    func `the wish to cancel is known when it would be queued again`(
        _ arrow: DispatchArrow
    ) throws {
        let other = try fixture.another()
        #expect(try fixture.life.lockCancelRequested([key]).isEmpty)
        _ = try other.transaction {
            try DispatchLife(other).cancel(key, by: "kari", now: StoreFixture.now)
        }
        #expect(try fixture.life.lockCancelRequested([key]) == [key.dispatchID])
        #expect(try fixture.record([.by(.cancel, of: claim)]).count == 1)
        #expect(try fixture.line(key).hasPrefix("cancelled "))
    }

    @Test func `who is no longer the owner is told so`() throws {
        try fixture.record([.by(.release, of: claim)])
        #expect(try readiness() == "lost")
        try fixture.claim(lease: 60)
        #expect(try readiness() == "lost")
    }
}
