import Bounces
import Dispatching
import Foundation
import Invoicing
import Postgres
import Store
import Testing

/// The right to be the one dispatch of a document to a recipient: held while it lives, no longer.
struct OngoingTests {
    private let fixture: StoreFixture
    private let invoice: UUID
    private let key: DispatchKey

    init() throws {
        fixture = try StoreFixture()
        invoice = try fixture.invoice()
        key = try fixture.dispatch(of: invoice)
    }

    private func isFree() throws -> Bool {
        do {
            try fixture.dispatch(of: invoice)
            return true
        } catch StoreError.alreadyOngoing {
            return false
        }
    }

    private func record(_ arrow: DispatchArrow) throws {
        let claim = try #require(try fixture.claim().first)
        #expect(try fixture.record([.by(arrow, of: claim)]).count == 1)
    }

    @Test(arguments: [DispatchArrow.refuse, .giveUp, .cancel])
    func `what ended gives its right up, and the document may be sent again`(
        _ arrow: DispatchArrow
    ) throws {
        #expect(try !isFree())
        try record(arrow)
        #expect(try isFree())
        #expect(try fixture.broken() == [])
    }

    @Test(arguments: [DispatchArrow.release, .postpone, .retry, .doubt, .accept])
    func `what lives on keeps its right`(_ arrow: DispatchArrow) throws {
        try record(arrow)
        #expect(try !isFree())
    }

    @Test func `what is given up while it waits gives its right up`() throws {
        try record(.postpone)
        _ = try fixture.connection.transaction {
            try fixture.life.giveUpWaiting(
                tenantID: nil, since: StoreFixture.now, reason: "busy", limit: 1,
                now: StoreFixture.now)
        }
        #expect(try isFree())
    }

    @Test func `a cancelled one gives its right up, at once`() throws {
        _ = try fixture.connection.transaction {
            try fixture.life.cancel(key, by: "kari", now: StoreFixture.now)
        }
        #expect(try isFree())
    }

    @Test(arguments: [
        (Delivery.deferred, false), (.delivered, true), (.softBounced, true),
        (.hardBounced, true), (.blocked, true),
    ])
    func `an outcome ends the right of what was sent`(
        _ delivery: Delivery, _ isFree: Bool
    ) throws {
        try record(.accept)
        try fixture.settle(key, .of(.sent, delivery))
        #expect(try self.isFree() == isFree)
    }

    @Test func `a right that is another's by now is not given up`() throws {
        try record(.refuse)
        let second = try fixture.dispatch(of: invoice)
        let before = try fixture.content()
        try fixture.record([.by(.refuse, of: try fixture.holder(of: key))])
        _ = try fixture.connection.transaction {
            try fixture.life.cancel(key, by: "kari", now: StoreFixture.now)
        }
        #expect(try fixture.content() == before)
        #expect(try fixture.line(second).contains("ongoing"))
    }

    @Test func `another document, or another recipient, is another right`() throws {
        try fixture.dispatch()
        try fixture.dispatch(of: invoice, to: "regnskap@kunde.test")
        #expect(throws: StoreError.alreadyOngoing) {
            try fixture.dispatch(of: invoice, to: "KUNDE@kunde.test")
        }
    }
}
