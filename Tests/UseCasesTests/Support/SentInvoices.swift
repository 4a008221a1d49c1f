import Foundation
import Invoicing
import Postgres
import TestSupport

/// A company whose invoices have been sent, and nothing has been heard of them yet.
struct SentInvoices {
    let database: TestDatabase
    let connection: Connection
    let provider: String

    /// An invoice that was sent so often to a recipient.
    struct Sent {
        var id: UUID
        var recipient: String
        /// That of all attempts, as with a relay.
        var messageID: String
    }

    init(provider: String) throws {
        database = try TestDatabase()
        connection = try database.connect()
        self.provider = provider
        try connection.insert(.tenant)
        try connection.insert(.user)
    }

    /// Each attempt began a minute after the one before, the first at `startedAt`.
    func send(
        to recipient: String, attempts: Int = 1, startedAt: Date = .now - 3_600
    ) throws -> Sent {
        let id = UUID()
        let sent = Sent(
            id: id, recipient: recipient,
            messageID: "<\(id.uuidString.lowercased())@eksempel.no>")
        try connection.insertSent(
            id, to: recipient, messageID: sent.messageID, provider: provider, attempts: attempts,
            startedAt: startedAt)
        return sent
    }

    /// `hard_bounced Hard-bounce: User unknown`.
    func outcome(_ sent: Sent) throws -> String {
        try connection.first(
            """
            SELECT concat_ws(' ', delivery, nullif(message, '')) AS line FROM dispatch
            WHERE dispatch_id = \(sent.id)
            """
        ) { try $0["line"] } ?? "missing"
    }

    /// What a query selects as `line`.
    func lines(_ query: Query) throws -> [String] {
        try connection.rows(query) { try $0["line"] as String }
    }
}
