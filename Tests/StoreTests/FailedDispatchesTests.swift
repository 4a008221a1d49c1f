import Bounces
import Dispatching
import Foundation
import Invoicing
import Postgres
import Store
import Testing

/// What failed in a mass, and can be brought back.
struct FailedDispatchesTests {
    private static let now = StoreFixture.now
    private let fixture: StoreFixture
    private var dispatches: Dispatches { Dispatches(fixture.connection) }

    init() throws {
        fixture = try StoreFixture(tenants: 1...2)
    }

    private func fail(
        tenant: Int64 = 1, reason: String = "refused", at now: Date = now,
        invoice: UUID? = nil, after root: UUID? = nil, _ arrow: DispatchArrow = .refuse
    ) throws -> (key: DispatchKey, invoice: UUID) {
        let invoice = try invoice ?? fixture.invoice(tenant: tenant)
        let key = try fixture.dispatch(
            tenant: tenant, of: invoice, after: root, runAt: now, at: now)
        let claim = try #require(try fixture.claim(tenants: [tenant], at: now).first)
        var change = DispatchChange.by(arrow, of: claim)
        change.reason = reason
        try fixture.record([change], at: now)
        return (key, invoice)
    }

    private func failed(
        _ reason: String = "refused", since: Date = .distantPast, tenant: Int64? = nil,
        limit: Int = 10
    ) throws -> [UUID] {
        try dispatches.failed(reason: reason, since: since, tenantID: tenant, limit: limit)
            .map(\.invoiceID)
    }

    @Test func `those of one reason, the oldest first, up to a limit`() throws {
        let ids = try (0..<3).map { try fail(at: Self.now + Double($0)).invoice }
        _ = try fail(reason: "unsendable")
        #expect(try failed() == ids)
        #expect(try failed(limit: 2) == Array(ids.prefix(2)))
        #expect(try failed("given_up") == [])
    }

    @Test func `at or after a time`() throws {
        _ = try fail()
        let later = try fail(at: Self.now + 60).invoice
        #expect(try failed(since: Self.now + 60) == [later])
        #expect(try failed(since: Self.now + 61) == [])
    }

    @Test func `of one tenant`() throws {
        let ids = try (1...2).map { try fail(tenant: Int64($0)).invoice }
        #expect(try failed(tenant: 2) == [ids[1]])
    }

    @Test func `what was given up too`() throws {
        let invoice = try fail(reason: "given_up", .giveUp).invoice
        #expect(try failed("given_up") == [invoice])
    }

    @Test func `what bounced after it was sent too`() throws {
        let (key, invoice) = try fail(.accept)
        #expect(try failed("user_unknown") == [])
        var transition = DeliveryTransition.of(.sent, .hardBounced)
        transition.reason = "user_unknown"
        try fixture.settle(key, transition)
        #expect(try failed("user_unknown") == [invoice])
    }

    @Test(arguments: [DispatchArrow.accept, .postpone, .doubt, .cancel])
    func `not what was sent again since, whatever became of that`(_ arrow: DispatchArrow) throws {
        let (key, invoice) = try fail()
        _ = try fail(at: Self.now + 60, invoice: invoice, after: key.dispatchID, arrow)
        #expect(try failed() == [])
    }

    @Test func `once where it failed twice`() throws {
        let (key, invoice) = try fail()
        _ = try fail(at: Self.now + 60, invoice: invoice, after: key.dispatchID)
        #expect(try failed() == [invoice])
    }

    @Test func `the reasons, the commonest first`() throws {
        _ = try fail(reason: "unsendable")
        for tenant in [1, 2] as [Int64] { _ = try fail(tenant: tenant) }
        let reasons = try dispatches.failureReasons(tenantID: nil)
        #expect(reasons.map(\.reason) == ["refused", "unsendable"])
        #expect(reasons.map(\.count) == [2, 1])
        #expect(try dispatches.failureReasons(tenantID: 2).map(\.reason) == ["refused"])
    }
}
