import Dispatching
import FoundationEssentials
import Glibc
import Invoicing
import Postgres
import Runtime
import Store

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

    private var due: DueTenants
    private var claimedCount = 0

    init(
        connection: Connection, provider: String, context: RunContext, mark: SenderMark,
        held: HeldTenants
    ) {
        self.connection = connection
        self.provider = provider
        self.context = context
        self.mark = mark
        due = DueTenants(connection: connection, context: context, held: held)
    }

    /// Reads until nothing is due, the queue is closed, or a stop interrupts a wait.
    /// - Returns: The claims that were not put into the queue.
    mutating func run(into queue: Queue) throws -> [ClaimedDispatch] {
        var claims: [ClaimedDispatch] = []
        do {
            repeat {
                claims = try claim(for: queue)
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

    /// How long to wait where a rate leaves nothing for now, in microseconds.
    private static let paceMicroseconds: UInt32 = 50_000

    /// Claims a batch, continuing round the tenants from where the last claim ended.
    private mutating func claim(for queue: Queue) throws -> [ClaimedDispatch] {
        let room = min(context.settings.send.batch, (context.limit ?? .max) - claimedCount)
        guard room > 0 else { return [] }
        while !context.stop.isRequested {
            let tenants = try due.next(min(room, Self.tenantsMax))
            guard !tenants.isEmpty else { return [] }
            let batch = try claim(room, of: tenants)
            claimedCount += batch.dispatches.count
            guard batch.dispatches.isEmpty else { return batch.dispatches }
            if batch.isPaced {
                guard try queue.reserve(0) else { return [] }
                usleep(Self.paceMicroseconds)
            } else {
                due.pass(tenants)
            }
        }
        return []
    }

    private func claim(_ count: Int, of tenants: [Int64]) throws -> DispatchLife.Claimed {
        let limits = DispatchLife.ClaimLimits(
            tenants: tenants, limited: due.limited, count: count,
            leaseSeconds: context.settings.send.leaseSeconds, rates: context.settings.send.rates,
            provider: provider)
        return try mark.marking(connection, where: { !$0.dispatches.isEmpty }) {
            try DispatchLife(connection).claim(limits, owner: Self.owner, now: context.clock.now)
        }
    }
}
