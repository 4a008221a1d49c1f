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
        try connection.run(
            script: """
                INSERT INTO tenant (tenant_id, name) VALUES (1, 'Fjordlys AS');
                INSERT INTO app_user (tenant_id, user_key, name, email)
                VALUES (1, 'kari', 'Kari', 'kari@fjordlys.test');
                """)
    }

    /// Each attempt began a minute after the one before, the first at `startedAt`.
    func send(
        to recipient: String, attempts: Int = 1, startedAt: Date = .now - 3_600
    ) throws -> Sent {
        let id = UUID()
        let sent = Sent(
            id: id, recipient: recipient,
            messageID: "<\(id.uuidString.lowercased())@eksempel.no>")
        _ = try connection.execute(
            """
            WITH made AS (
                INSERT INTO invoice (tenant_id, invoice_id, document_type, series, number,
                    created_by, buyer_name, issue_date, currency, line_total, tax_exclusive,
                    vat_total, tax_inclusive, payable, content, created_at)
                VALUES (1, \(id), 'invoice', 'import:1', \(id)::text, 'kari', 'Kunde',
                    '2026-11-01', 'NOK', 0, 0, 0, 0, 0, '{}', \(startedAt))
            ), sent AS (
                INSERT INTO dispatch (tenant_id, dispatch_id, root_id, purpose, document_type,
                    invoice_id, created_by, recipient, recipient_key, message_id, retry_delays,
                    created_at, state, attempt, accepted_attempt, accepted_count, sent_at)
                VALUES (1, \(id), \(id), 'invoice', 'invoice', \(id), 'kari', \(recipient),
                    lower(\(recipient)), \(sent.messageID), '{}', \(startedAt), 'sent',
                    \(attempts), \(attempts), \(attempts), \(startedAt))
            ), ongoing AS (
                INSERT INTO ongoing_dispatch
                    (tenant_id, invoice_id, recipient_key, dispatch_id, since)
                VALUES (1, \(id), lower(\(recipient)), \(id), now())
            )
            INSERT INTO attempt (tenant_id, dispatch_id, attempt_number, recipient_key,
                started_at, ended_at, outcome, provider, provider_message_id)
            SELECT 1, \(id), n, lower(\(recipient)),
                \(startedAt) + (n - 1) * interval '1 minute',
                \(startedAt) + (n - 1) * interval '1 minute', 'accepted', \(provider),
                \(sent.messageID)
            FROM generate_series(1, \(attempts)) AS n
            """)
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
