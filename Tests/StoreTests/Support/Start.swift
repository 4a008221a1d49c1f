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

    func make(on bench: Workbench) throws -> DispatchLife.Key {
        let isEHF = [.inOutbox, .taken, .answered].contains(self)
        let key = try bench.dispatch(tenant: tenant, isForOutbox: isEHF)
        func claim() throws -> ClaimedDispatch? { try bench.claim(tenants: [tenant]).first }
        func record(_ arrow: DispatchArrow) throws {
            guard let claim = try claim() else { return }
            try bench.record([.by(arrow, of: claim)])
        }
        switch self {
        case .queued, .inOutbox: break
        case .waiting: try record(.postpone)
        case .sending: _ = try claim()
        case .inDoubt: try record(.doubt)
        case .parked:
            try record(.doubt)
            var change = DispatchChange.by(.ask, of: try bench.holder(of: key))
            (change.resolveAfterSeconds, change.isParked) = (nil, true)
            try bench.record([change])
        case .sent: try record(.accept)
        case .retrying:
            try record(.accept)
            try bench.settle(key, .of(.queued, .softBounced, runAt: Workbench.now))
        case .delivered:
            try record(.accept)
            try bench.settle(key, .of(.sent, .delivered))
        case .softBounced:
            try record(.accept)
            try bench.settle(key, .of(.sent, .softBounced))
        case .failed: try record(.refuse)
        case .cancelled:
            _ = try bench.connection.transaction {
                try bench.life.cancel(key, by: "kari", now: Workbench.now)
            }
        case .taken: try handOver(key, bench)
        case .answered:
            try handOver(key, bench)
            _ = try bench.connection.transaction {
                try bench.life.answer(key, refusal: nil, now: Workbench.now)
            }
        }
        return key
    }

    private func handOver(_ key: DispatchLife.Key, _ bench: Workbench) throws {
        try bench.connection.transaction { try bench.life.handOver([key], now: Workbench.now) }
    }
}
