import Dispatching
import FoundationEssentials
import Postgres
import Runtime
import Store
import Synchronization

/// Whose dispatches may go out now, in turn: not those of tenants that are held, those of high
/// priority before the others, and each class round its tenants.
struct DueTenants {
    /// How long a tenant's control is remembered: what is decided holds within a second.
    private static let controlsAge: Duration = .seconds(1)

    let connection: Connection
    let context: RunContext
    /// The tenants whose sender the provider refuses.
    let held: HeldTenants

    private var controls: [Int64: TenantControls.Status] = [:]
    private var readAt: ContinuousClock.Instant?
    private var last: Int64 = 0
    /// The tenants of which a claim got nothing: their limit is reached, or others send for them.
    private var passed: Set<Int64> = []

    init(connection: Connection, context: RunContext, held: HeldTenants = HeldTenants()) {
        self.connection = connection
        self.context = context
        self.held = held
    }

    /// The tenants that are next; none where nothing may go out.
    mutating func next(_ limit: Int) throws -> [Int64] {
        let now = context.clock.now
        try refresh(now)
        let barred = held.all.union(passed).union(heldByControl)
        let backlog = DispatchBacklog(connection)
        func due(_ priority: TenantControl.Priority) throws -> [Int64] {
            Array(
                try backlog.dueTenants(
                    among: tenants(of: priority).filter { !barred.contains($0) }, now: now
                ).prefix(limit))
        }
        if let tenantID = context.tenantID {
            return try backlog.dueTenants(
                among: barred.contains(tenantID) ? [] : [tenantID], now: now)
        }
        let first = try due(.high)
        guard first.isEmpty else { return first }
        let normal = try nextNormal(backlog, except: barred, limit, now)
        return normal.isEmpty ? try due(.low) : normal
    }

    private mutating func nextNormal(
        _ backlog: DispatchBacklog, except barred: Set<Int64>, _ limit: Int, _ now: Date
    ) throws -> [Int64] {
        let others = barred.union(tenants(of: .high)).union(tenants(of: .low))
        var tenants = try backlog.dueTenants(after: last, except: others, now: now, limit: limit)
        if tenants.isEmpty, last > 0 {
            tenants = try backlog.dueTenants(after: 0, except: others, now: now, limit: limit)
        }
        last = tenants.last ?? 0
        return tenants
    }

    /// Leaves tenants alone for the rest of the run.
    mutating func pass(_ tenants: [Int64]) {
        passed.formUnion(tenants)
    }

    /// How many dispatches are due of tenants that are held by what is decided about them.
    mutating func heldCount() throws -> Int {
        readAt = nil
        try refresh(context.clock.now)
        return try DispatchBacklog(connection).dueCount(
            of: heldByControl.filter { context.tenantID ?? $0 == $0 }, now: context.clock.now)
    }

    /// The tenants with a daily limit.
    var limited: Set<Int64> {
        Set(controls.values.filter { $0.control?.dailyLimit != nil }.map(\.tenantID))
    }

    private var heldByControl: [Int64] {
        controls.values.filter { $0.hold != nil }.map(\.tenantID)
    }

    private func tenants(of priority: TenantControl.Priority) -> [Int64] {
        controls.values.filter { $0.control?.priority == priority }.map(\.tenantID).sorted()
    }

    private mutating func refresh(_ now: Date) throws {
        guard readAt.map({ .now - $0 > Self.controlsAge }) ?? true else { return }
        let all = try TenantControls(connection).all(now: now)
        controls = Dictionary(all.map { ($0.tenantID, $0) }) { first, _ in first }
        if !limited.isEmpty { try TenantControls(connection).prepareDays() }
        readAt = .now
    }
}

/// The tenants whose sender the provider refuses now: known before the run, or found during it.
final class HeldTenants: Sendable {
    private let tenants: Mutex<Set<Int64>>

    init(_ tenants: some Sequence<Int64> = []) {
        self.tenants = Mutex(Set(tenants))
    }

    var all: Set<Int64> { tenants.withLock(\.self) }

    func insert(_ tenantID: Int64) {
        tenants.withLock { _ = $0.insert(tenantID) }
    }
}
