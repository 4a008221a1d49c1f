import Dispatching
import FoundationEssentials
import Invoicing
import Postgres
import Runtime
import Store
import Synchronization

/// Claims what is due, batch by batch, and reads the messages ahead of sending, slice by slice.
struct DispatchReader {
    /// A claimed dispatch with everything that is sent, and its weight in memory.
    struct Item: Sendable {
        var claim: ClaimedDispatch
        var readiness: DispatchMessages.Readiness
        var weight: Int
    }

    typealias Queue = BoundedQueue<Item>

    /// How many tenants share a batch: for fairness, and as a bound on the query.
    static let tenantsMax = 64
    /// How many messages are read with their files at a time.
    static let sliceMax = 32
    /// The weight of a message without its files, in bytes; a file counts plain and in Base64 (7/3
    /// of it).
    private static let messageWeight = 16 << 10

    static let owner =
        "\(ProcessInfo.processInfo.hostName):\(ProcessInfo.processInfo.processIdentifier)"

    let connection: Connection
    let provider: String
    let context: RunContext
    let mark: SenderMark
    let held: HeldTenants

    private var lastTenant: Int64 = 0
    private var claimedCount = 0

    init(
        connection: Connection, provider: String, context: RunContext, mark: SenderMark,
        held: HeldTenants
    ) {
        self.connection = connection
        self.provider = provider
        self.context = context
        self.mark = mark
        self.held = held
    }

    /// Reads until nothing is due, the queue is closed, or a stop interrupts a wait.
    /// - Returns: The claims that were not put into the queue.
    mutating func run(into queue: Queue) throws -> [ClaimedDispatch] {
        var claims: [ClaimedDispatch] = []
        do {
            repeat {
                claims = try claim()
            } while try !claims.isEmpty && enqueue(&claims, into: queue)
        } catch let error as PostgresError where error.isStopped {
            // Claims are released, and lose nothing by it.
        }
        return claims
    }

    /// Reads claims slice by slice, and removes each slice from them that is in the queue.
    /// - Returns: False where the queue is closed.
    private func enqueue(_ claims: inout [ClaimedDispatch], into queue: Queue) throws -> Bool {
        var weights = try DispatchMessages(connection).fileBytes(of: claims)
            .map { Self.messageWeight + $0 / 3 * 7 }[...]
        while !claims.isEmpty {
            let count = Self.sliceCount(weights, most: context.settings.send.bytesInFlightMax)
            guard try queue.reserve(weights.prefix(count).reduce(0, +)) else { return false }
            queue.put(try read(claims.prefix(count), weights.prefix(count)))
            claims.removeFirst(count)
            weights = weights.dropFirst(count)
        }
        return true
    }

    /// The size of a slice: at most half of the limit, so that the next one is read while this one
    /// is sent, and at least one.
    private static func sliceCount(_ weights: ArraySlice<Int>, most: Int) -> Int {
        var weight = 0
        let fitting = weights.prefix(sliceMax).prefix { next in
            weight += next
            return weight <= most / 2
        }
        return max(1, fitting.count)
    }

    private func read(
        _ claims: ArraySlice<ClaimedDispatch>, _ weights: ArraySlice<Int>
    ) throws -> [Item] {
        let read = try DispatchMessages(connection).load(Array(claims), provider: provider)
        return zip(read, weights).map {
            Item(claim: $0.claim, readiness: $0.readiness, weight: $1)
        }
    }

    /// Claims a batch, continuing round the tenants from where the last claim ended.
    private mutating func claim() throws -> [ClaimedDispatch] {
        let settings = context.settings.send
        let room = min(settings.batch, (context.limit ?? .max) - claimedCount)
        guard room > 0 else { return [] }
        let now = context.clock.now
        let limits = DispatchLife.ClaimLimits(
            tenants: try tenants(room, now), count: room, leaseSeconds: settings.leaseSeconds)
        let batch = try mark.marking(connection, where: { !$0.isEmpty }) {
            try DispatchLife(connection).claim(limits, owner: Self.owner, now: now)
        }
        claimedCount += batch.count
        return batch
    }

    private mutating func tenants(_ room: Int, _ now: Date) throws -> [Int64] {
        let backlog = DispatchBacklog(connection)
        let limit = min(room, Self.tenantsMax)
        let held = held.all
        if let tenantID = context.tenantID { return held.contains(tenantID) ? [] : [tenantID] }
        var tenants = try backlog.dueTenants(
            after: lastTenant, except: held, now: now, limit: limit)
        if tenants.isEmpty, lastTenant > 0 {
            tenants = try backlog.dueTenants(after: 0, except: held, now: now, limit: limit)
        }
        lastTenant = tenants.last ?? 0
        return tenants
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
