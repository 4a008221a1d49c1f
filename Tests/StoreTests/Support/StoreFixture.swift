import Bounces
import Foundation
import Invoicing
import Postgres
import Store
import TestSupport

@testable import Dispatching

/// A fresh database with tenants, and dispatches that are taken through their lives in it.
final class StoreFixture {
    /// The clock of the programs; leases go by the database's.
    static let now = Date(timeIntervalSince1970: 1_795_000_000)
    static let provider = "sendgrid"
    /// An hour that a database has lost, long ago by any clock.
    static let lost = LostTime(
        since: Date(timeIntervalSince1970: 1_700_000_000),
        until: Date(timeIntervalSince1970: 1_700_003_600))
    private static let hash = [UInt8](repeating: 7, count: 32)

    let database: TestDatabase
    let connection: Connection
    private var made = 0

    init(tenants: ClosedRange<Int64> = 1...1) throws {
        database = try TestDatabase()
        connection = try database.connect()
        for tenant in tenants {
            try connection.insert(.tenant, ["tenant_id": "\(tenant)"])
            for user in ["kari", "ola"] {
                try connection.insert(
                    .user,
                    [
                        "tenant_id": "\(tenant)", "user_key": user, "name": user,
                        "email": "\(user)@fjordlys.test",
                    ])
            }
            try Files(connection).insert([
                Files.New(tenantID: tenant, sha256: Self.hash, content: Array("%PDF".utf8))
            ])
        }
    }

    var life: DispatchLife { DispatchLife(connection) }

    /// Another program: to wait for a lock is an error there.
    func another() throws -> Connection {
        let other = try database.connect()
        try other.run(script: "SET lock_timeout = '200ms'")
        return other
    }

    // MARK: Made

    func invoice(tenant: Int64 = 1) throws -> UUID {
        made += 1
        let id = UUID()
        try connection.insert(
            .invoice,
            ["tenant_id": "\(tenant)", "invoice_id": "\(id)", "number": "\(made)"])
        return id
    }

    /// A dispatch in the queue, or in the outbox.
    @discardableResult
    func dispatch(
        tenant: Int64 = 1, of invoice: UUID? = nil, by user: String = "kari",
        to recipient: String = "Kunde@kunde.test", after root: UUID? = nil,
        runAt: Date = now, at now: Date = now, isForOutbox: Bool = false
    ) throws -> DispatchKey {
        let id = UUID()
        let file = StoredFile(
            fileName: "faktura.pdf", contentType: "application/pdf", sha256: Self.hash,
            byteCount: 4)
        let message = Dispatches.Message(
            messageID: "<\(id)@budstikke.test>", fromName: nil,
            fromAddress: "faktura@budstikke.test", replyTo: nil, toName: nil,
            subject: "Faktura", text: "Hei", html: nil, files: [file])
        let new = Dispatches.New(
            tenantID: tenant, dispatchID: id, rootID: root, resendOf: root, purpose: .invoice,
            document: .invoice, invoiceID: try invoice ?? self.invoice(tenant: tenant),
            createdBy: user, recipient: recipient, retryDelays: [14_400], runAt: runAt,
            content: isForOutbox ? .outbox(id: "\(id)", file: file) : .message(message))
        try connection.transaction { try Dispatches(connection).insert([new], now: now) }
        return DispatchKey(tenant, id)
    }

    // MARK: Taken and recorded

    /// Takes what is due; a lease of no length has run out when the next statement begins.
    @discardableResult
    func claim(
        tenants: [Int64] = [1], count: Int = 100, lease: Int = 0, on other: Connection? = nil,
        at now: Date = now
    ) throws -> [ClaimedDispatch] {
        try DispatchLife(other ?? connection).claim(
            .init(tenants: tenants, count: count, leaseSeconds: lease), owner: "test", now: now
        ).dispatches
    }

    @discardableResult
    func record(
        _ changes: [DispatchChange], on other: Connection? = nil, at now: Date = now
    ) throws -> Set<UUID> {
        let connection = other ?? self.connection
        return try connection.transaction {
            try DispatchLife(connection).record(changes, provider: Self.provider, now: now)
        }
    }

    /// What its owner would hold, or have held: the epoch that the dispatch has now.
    func holder(of key: DispatchKey) throws -> ClaimedDispatch {
        let found = try connection.first(
            """
            SELECT d.lease_epoch, d.attempt, d.accepted_count, d.deferrals, d.deferred_since,
                d.retry_delays, coalesce(l.claimed_at, now()) AS claimed_at
            FROM dispatch AS d
            LEFT JOIN dispatch_lease AS l
                ON l.tenant_id = d.tenant_id AND l.dispatch_id = d.dispatch_id
            WHERE d.tenant_id = \(key.tenantID) AND d.dispatch_id = \(key.dispatchID)
            """
        ) { row in
            ClaimedDispatch(
                tenantID: key.tenantID, dispatchID: key.dispatchID,
                leaseEpoch: try row["lease_epoch"], attempt: try row["attempt"],
                acceptedCount: try row["accepted_count"], claimedAt: try row["claimed_at"],
                deferrals: try row["deferrals"], deferredSince: try row["deferred_since"],
                retryDelays: try row["retry_delays"])
        }
        guard let found else { throw StoreError.invalidRow(table: "dispatch", column: "", key: "") }
        return found
    }

    func settle(_ key: DispatchKey, _ transition: DeliveryTransition, at now: Date = now)
        throws
    {
        try connection.transaction { try life.settle([(key, transition)], now: now) }
    }
}

extension DispatchChange {
    /// A change by an arrow, as the policy would choose it.
    static func by(
        _ arrow: DispatchArrow, of claim: ClaimedDispatch, detail: String = "busy",
        runAt: Date = StoreFixture.now
    ) -> DispatchChange {
        let attempt: AttemptOutcome? =
            switch arrow {
            case .accept: .accepted
            case .refuse, .retry: .refused
            case .doubt, .ask: .inDoubt
            default: nil
            }
        let delivery: Delivery = arrow == .retry ? .softBounced : .unknown
        return DispatchChange(
            claim: claim, arrow: arrow, delivery: delivery, message: "said \(detail)",
            reason: arrow.rawValue, runAt: arrow.target == .queued ? runAt : nil,
            resolveAfterSeconds: arrow.target == .inDoubt ? 0 : nil, attempt: attempt,
            detail: detail)
    }
}

extension DeliveryTransition {
    static func of(
        _ state: DispatchState, _ delivery: Delivery, isProved: Bool = false,
        runAt: Date? = nil
    ) -> DeliveryTransition {
        DeliveryTransition(
            state: state, delivery: delivery, message: delivery.rawValue, reason: nil,
            runAt: runAt, isProvedAccepted: isProved)
    }
}
