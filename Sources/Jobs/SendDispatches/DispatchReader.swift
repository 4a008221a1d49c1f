import Dispatching
import FoundationEssentials
import Invoicing
import Postgres
import Runtime
import Store

/// Claims what is due, a batch at a time, and reads it, a slice at a time.
struct DispatchReader {
    typealias Slice = [(claim: ClaimedDispatch, readiness: DispatchMessages.Readiness)]

    /// How many tenants share a batch; fair, and a bound on the look-up.
    static let tenantsMax = 64
    /// How many messages are read with their files at a time: a bound on memory.
    static let sliceMax = 32

    static let owner =
        "\(ProcessInfo.processInfo.hostName):\(ProcessInfo.processInfo.processIdentifier)"

    let connection: Connection
    let provider: String
    let context: RunContext

    /// Claimed, not yet read.
    private(set) var claims: ArraySlice<ClaimedDispatch> = []
    private var lastTenant: Int64 = 0
    private var claimedCount = 0

    init(connection: Connection, provider: String, context: RunContext) {
        self.connection = connection
        self.provider = provider
        self.context = context
    }

    /// The next claims with their messages and files; none where nothing is due now.
    mutating func next() throws -> Slice {
        if claims.isEmpty { try claim() }
        let slice = Array(claims.prefix(Self.sliceMax))
        guard !slice.isEmpty else { return [] }
        let read = try DispatchMessages(connection).load(slice, provider: provider)
        claims = claims.dropFirst(slice.count)
        return read
    }

    /// Claims a batch, going round the tenants from where the last claim ended.
    private mutating func claim() throws {
        let settings = context.settings.send
        let room = min(settings.batch, (context.limit ?? .max) - claimedCount)
        guard room > 0 else { return }
        let now = context.clock.now
        let batch = try DispatchQueue(connection).claim(
            tenants: try tenants(room, now), limit: room, owner: Self.owner,
            leaseSeconds: settings.leaseSeconds, now: now)
        claimedCount += batch.count
        claims = batch[...]
    }

    private mutating func tenants(_ room: Int, _ now: Date) throws -> [Int64] {
        let queue = DispatchQueue(connection)
        let limit = min(room, Self.tenantsMax)
        var tenants =
            try context.tenantID.map { [$0] }
            ?? queue.dueTenants(after: lastTenant, now: now, limit: limit)
        if tenants.isEmpty, lastTenant > 0 {
            tenants = try queue.dueTenants(after: 0, now: now, limit: limit)
        }
        lastTenant = tenants.last ?? 0
        return tenants
    }
}
