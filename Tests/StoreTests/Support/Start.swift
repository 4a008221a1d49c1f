import Bounces
import Dispatching
import Invoicing
import Postgres
import Store

/// A dispatch at each place of its life, brought there by the arrows themselves.
enum Start: String, CaseIterable, Sendable {
    case queued, waiting, retrying, sending, inDoubt, parked, sent, delivered, softBounced
    case failed, cancelled, inOutbox, taken, answered

    var state: DispatchState {
        switch self {
        case .queued, .waiting, .retrying, .inOutbox: .queued
        case .sending: .sending
        case .inDoubt, .parked: .inDoubt
        case .sent, .delivered, .softBounced, .taken, .answered: .sent
        case .failed: .failed
        case .cancelled: .cancelled
        }
    }

    /// A tenant of its own, so that what is done to one is not done to another.
    var tenant: Int64 {
        Int64(1 + (Self.allCases.firstIndex(of: self) ?? 0))
    }

    static let tenants = Int64(1)...Int64(allCases.count)

    func make(on fixture: StoreFixture) throws -> DispatchKey {
        let isEHF = [.inOutbox, .taken, .answered].contains(self)
        let key = try fixture.dispatch(tenant: tenant, isForOutbox: isEHF)
        func claim() throws -> ClaimedDispatch? { try fixture.claim(tenants: [tenant]).first }
        func record(_ arrow: DispatchArrow) throws {
            guard let claim = try claim() else { return }
            try fixture.record([.by(arrow, of: claim)])
        }
        switch self {
        case .queued, .inOutbox: break
        case .waiting: try record(.postpone)
        case .sending: _ = try claim()
        case .inDoubt: try record(.doubt)
        case .parked:
            try record(.doubt)
            var change = DispatchChange.by(.ask, of: try fixture.holder(of: key))
            (change.resolveAfterSeconds, change.isParked) = (nil, true)
            try fixture.record([change])
        case .sent: try record(.accept)
        case .retrying:
            try record(.accept)
            try fixture.settle(key, .of(.queued, .softBounced, runAt: StoreFixture.now))
        case .delivered:
            try record(.accept)
            try fixture.settle(key, .of(.sent, .delivered))
        case .softBounced:
            try record(.accept)
            try fixture.settle(key, .of(.sent, .softBounced))
        case .failed: try record(.refuse)
        case .cancelled:
            _ = try fixture.connection.transaction {
                try fixture.life.cancel(key, by: "kari", now: StoreFixture.now)
            }
        case .taken: try handOver(key, fixture)
        case .answered:
            try handOver(key, fixture)
            _ = try fixture.connection.transaction {
                try fixture.life.answer(key, refusal: nil, now: StoreFixture.now)
            }
        }
        return key
    }

    private func handOver(_ key: DispatchKey, _ fixture: StoreFixture) throws {
        try fixture.connection.transaction {
            try fixture.life.handOver([key], now: StoreFixture.now)
        }
    }
}
