import Dispatching
import Foundation
import Invoicing
import Postgres
import Store
import Testing

/// Two owners of one dispatch: the first was stopped for longer than its lease.
struct LateOutcomeTests {
    private let fixture: StoreFixture
    private let key: DispatchKey
    /// Its lease has run out.
    private let slow: ClaimedDispatch
    /// Who finds that, and goes on with it.
    private let other: Connection

    init() throws {
        fixture = try StoreFixture()
        key = try fixture.dispatch()
        slow = try #require(try fixture.claim().first)
        other = try fixture.another()
    }

    private func rescue() throws -> ClaimedDispatch {
        #expect(try DispatchLife(other).doubtLost(tenantID: nil, graceSeconds: 0) == 1)
        let due = try DispatchLife(other).claimDoubts(tenantID: nil, limit: 10, leaseSeconds: 60)
        guard case .askable(let doubt) = due.first else {
            throw StoreError.invalidRow(table: "dispatch_lease", column: "", key: "")
        }
        return doubt.claim
    }

    /// The rescuer was told that the provider does not have it: it is claimed by another.
    private func sendAgain() throws -> ClaimedDispatch {
        let doubt = try rescue()
        var change = DispatchChange.by(.postpone, of: doubt)
        change.attempt = .absent
        try fixture.record([change], on: other)
        return try #require(try fixture.claim(lease: 60, on: other).first)
    }

    private func attempts() throws -> [String] {
        try fixture.connection.rows(
            """
            SELECT attempt_number || ' ' || outcome || ' ' || detail
                || coalesce(' ' || provider_message_id, '') AS line
            FROM attempt ORDER BY attempt_number
            """
        ) { try $0["line"] }
    }

    private func accepted(_ claim: ClaimedDispatch, id: String?) -> DispatchChange {
        var change = DispatchChange.by(.accept, of: claim, detail: "ok")
        change.providerMessageID = id
        return change
    }

    private static let all: [DispatchArrow] = [
        .release, .accept, .refuse, .doubt, .postpone, .retry, .giveUp, .cancel,
    ]

    // MARK: The dispatch

    @Test func `a rescue raises the epoch, of the dispatch and of its lease`() throws {
        let doubt = try rescue()
        #expect(doubt.leaseEpoch == slow.leaseEpoch + 1)
        #expect(try fixture.line(key).contains("epoch \(slow.leaseEpoch + 1)"))
        #expect(try fixture.broken() == [])
    }

    @Test(arguments: all)
    func `after a rescue the late owner writes no outcome`(_ arrow: DispatchArrow) throws {
        _ = try rescue()
        let line = try fixture.line(key).prefix { $0 != "|" }
        #expect(try fixture.record([.by(arrow, of: slow)]).isEmpty)
        #expect(try fixture.line(key).prefix { $0 != "|" } == line)
        #expect(try fixture.broken() == [])
    }

    @Test(arguments: all)
    func `the late owner takes nothing from whoever has it now`(_ arrow: DispatchArrow) throws {
        let claim = try sendAgain()
        let line = try fixture.line(key).prefix { $0 != "|" }
        #expect(try fixture.record([.by(arrow, of: slow)]).isEmpty)
        #expect(try fixture.line(key).prefix { $0 != "|" } == line)
        #expect(try fixture.record([accepted(claim, id: "new")], on: other) == [key.dispatchID])
    }

    @Test func `whoever lost its lease before the wire sends nothing`() throws {
        _ = try rescue()
        let read = try DispatchMessages(fixture.connection).load(
            [slow], provider: StoreFixture.provider)
        guard case .lost = read.first?.readiness else {
            Issue.record("\(read)")
            return
        }
    }

    // MARK: The history

    @Test func `what the late owner saw stays as an attempt`() throws {
        _ = try rescue()
        try fixture.record([accepted(slow, id: "seen")])
        #expect(try attempts() == ["1 accepted ok seen"])
    }

    @Test(arguments: all)
    func `a late outcome changes nothing of a history that is better known`(
        _ arrow: DispatchArrow
    ) throws {
        let claim = try sendAgain()
        try fixture.record([accepted(claim, id: "new")], on: other)
        let before = try fixture.content()
        try fixture.record([.by(arrow, of: slow, detail: "late")])
        #expect(try fixture.content() == before)
    }

    @Test func `a late doubt does not come back where the doubt was ended`() throws {
        _ = try sendAgain()
        #expect(try attempts() == ["1 absent busy"])
        try fixture.record([.by(.doubt, of: slow, detail: "late")])
        #expect(try attempts() == ["1 absent busy"])
    }

    @Test func `a late acceptance is told, where all that is known is that it was not found`()
        throws
    {
        _ = try sendAgain()
        try fixture.record([accepted(slow, id: "late")])
        #expect(try attempts() == ["1 accepted ok late"])
    }

    @Test func `a late refusal is not told of the attempt that was made since`() throws {
        let claim = try sendAgain()
        try fixture.record([.by(.doubt, of: claim, detail: "timeout")], on: other)
        try fixture.record([.by(.refuse, of: slow, detail: "late")])
        #expect(try attempts() == ["1 in_doubt timeout"])
    }

    @Test func `an attempt that is made again under its number has its own time`() throws {
        let claim = try sendAgain()
        try fixture.record([accepted(claim, id: "new")], on: other)
        #expect(try attempts() == ["1 accepted ok new"])
        let started: Date? = try fixture.value("SELECT started_at AS value FROM attempt")
        #expect(started == claim.claimedAt)
        #expect(claim.claimedAt > slow.claimedAt)
    }

    @Test func `a doubt that is asked about twice is ended once`() throws {
        let doubt = try rescue()
        #expect(try fixture.record([accepted(doubt, id: "found")], on: other).count == 1)
        let before = try fixture.content()
        #expect(try fixture.record([.by(.postpone, of: doubt)]).isEmpty)
        #expect(try fixture.content() == before)
    }
}
