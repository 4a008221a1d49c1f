package import Bounces
package import Dispatching
package import FoundationEssentials
package import Invoicing
package import Postgres

/// The view dispatch_list: utsendingslisten, one line per document.
package struct DispatchList {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The five statuses shown to users, as returned by the function dispatch_status.
    package enum Status: String, Sendable, CaseIterable, PostgresRawValue {
        /// I kø: queued, and never accepted.
        case pending
        /// Pågående: being sent, in doubt, or accepted with the outcome still open.
        case ongoing
        /// Feilet: not sent, or not delivered.
        case failed
        /// Ferdigbehandlet: delivered.
        case completed
        /// Avbrutt: cancelled by a person.
        case cancelled
    }

    /// A line of the list: the last dispatch of a document's chain.
    package struct Line: Sendable {
        package var tenantID: Int64
        package var dispatchID: UUID
        /// The first dispatch of the chain.
        package var rootID: UUID
        package var role: Dispatches.Role
        package var channel: Channel
        package var purpose: Dispatches.Purpose
        package var document: Dispatches.Document
        /// Nil where there is no invoice.
        package var invoiceNumber: String?
        /// The agreement; nil for an invoice made elsewhere.
        package var recurringNumber: String?
        /// The agreement's period; nil for an invoice made elsewhere.
        package var periodNumber: Int?
        /// Nil where it is not known.
        package var buyerName: String?
        /// The address; nil where none was known.
        package var recipient: String?
        /// The key of the user who created it.
        package var createdBy: String
        package var createdAt: Date
        /// Nil where it was never accepted.
        package var sentAt: Date?
        package var status: Status
        package var state: DispatchState
        package var delivery: Delivery
        /// The column Message, in English.
        package var message: String
        /// The code of the reason; nil where there is none.
        package var reason: String?
        /// The ISO 4217 code; nil where there is no invoice.
        package var currency: String?
        /// Nil where there is no invoice.
        package var payable: Money?
        /// How many dispatches the chain has.
        package var dispatchCount: Int
    }

    /// Which lines to return; nil leaves a criterion out.
    package struct Filter: Sendable {
        package var statuses: [Status]
        package var tenantID: Int64?
        package var userKey: String?
        package var invoiceNumber: String?
        /// The most lines.
        package var limit: Int
        /// Whether to include the reports about faults.
        package var withReports: Bool

        package init(
            statuses: [Status] = Status.allCases, tenantID: Int64? = nil,
            userKey: String? = nil, invoiceNumber: String? = nil, limit: Int = 200,
            withReports: Bool = false
        ) {
            self.statuses = statuses
            self.tenantID = tenantID
            self.userKey = userKey
            self.invoiceNumber = invoiceNumber
            self.limit = limit
            self.withReports = withReports
        }
    }

    /// The last dispatch of each chain of resends, newest first; those of one invoice are kept
    /// together, the main recipient's before the copies'.
    package func lines(_ filter: Filter) throws -> [Line] {
        try connection.rows(
            """
            SELECT last.*, max(last.created_at) OVER (
                PARTITION BY last.tenant_id, coalesce(last.invoice_id, last.dispatch_id)) AS newest
            FROM (\(last(filter))) AS last
            ORDER BY newest DESC, last.tenant_id, last.invoice_number, last.invoice_id,
                last.role DESC, last.created_at DESC, last.dispatch_id
            LIMIT \(filter.limit)
            """, line)
    }

    /// How many lines there are, without the limit.
    package func count(_ filter: Filter) throws -> Int {
        try connection.total(last(filter))
    }

    /// The last dispatches of all chains that fit, with the length of their chain.
    private func last(_ filter: Filter) -> Query {
        """
        SELECT last.* FROM (
            SELECT DISTINCT ON (l.tenant_id, l.root_id) l.*,
                count(*) OVER (PARTITION BY l.tenant_id, l.root_id) AS dispatch_count
            FROM dispatch_list AS l
            WHERE (\(filter.tenantID) IS NULL OR l.tenant_id = \(filter.tenantID))
                AND (\(filter.invoiceNumber) IS NULL
                    OR l.invoice_number = \(filter.invoiceNumber))
                AND (\(filter.withReports) OR l.purpose = 'invoice')
            ORDER BY l.tenant_id, l.root_id, l.created_at DESC, l.dispatch_id
        ) AS last
        WHERE last.status = ANY (\(filter.statuses))
            AND (\(filter.userKey) IS NULL OR last.created_by = \(filter.userKey))
        """
    }

    func line(_ row: Row) throws -> Line {
        Line(
            tenantID: try row["tenant_id"], dispatchID: try row["dispatch_id"],
            rootID: try row["root_id"],
            role: try row["role"], channel: try row["channel"], purpose: try row["purpose"],
            document: try row["document_type"],
            invoiceNumber: try row["invoice_number"],
            recurringNumber: try row["recurring_invoice_number"],
            periodNumber: try row["period_number"], buyerName: try row["buyer_name"],
            recipient: try row["recipient"], createdBy: try row["created_by"],
            createdAt: try row["created_at"], sentAt: try row["sent_at"],
            status: try row["status"], state: try row["state"], delivery: try row["delivery"],
            message: try row["message"], reason: try row["reason"],
            currency: try row["currency"], payable: try row["payable"],
            dispatchCount: try row["dispatch_count"])
    }

    /// Accepted dispatches sent before an instant that nothing has been heard about since.
    package func silent(tenantID: Int64?, sentBefore: Date, limit: Int) throws -> [Line] {
        try connection.rows(
            "\(silent(tenantID, sentBefore)) ORDER BY l.sent_at LIMIT \(limit)", line)
    }

    /// How many are silent, without a limit.
    package func silentCount(tenantID: Int64?, sentBefore: Date) throws -> Int {
        try connection.total(silent(tenantID, sentBefore))
    }

    private func silent(_ tenantID: Int64?, _ sentBefore: Date) -> Query {
        """
        SELECT l.*, 1::bigint AS dispatch_count
        FROM ongoing_dispatch AS o
        JOIN dispatch_list AS l ON l.tenant_id = o.tenant_id AND l.dispatch_id = o.dispatch_id
        WHERE l.state = 'sent' AND l.delivery = 'unknown' AND l.sent_at < \(sentBefore)
            AND (\(tenantID) IS NULL OR l.tenant_id = \(tenantID))
        """
    }

    /// The dispatches that a text refers to, by id, by its first digits, or by invoice number: main
    /// recipients before copies, newest first.
    package func find(_ text: String, tenantID: Int64?, limit: Int = 50) throws -> [Line] {
        try connection.rows(
            """
            SELECT l.*, 1::bigint AS dispatch_count FROM dispatch_list AS l
            WHERE (l.invoice_number = \(text)
                    OR (length(\(text)) >= 6 AND starts_with(l.dispatch_id::text, lower(\(text)))))
                AND (\(tenantID) IS NULL OR l.tenant_id = \(tenantID))
            ORDER BY l.role DESC, l.created_at DESC, l.dispatch_id LIMIT \(limit)
            """, line)
    }
}

extension DispatchList {
    /// Blocked dispatches to an address that are the last of their chains.
    package func held(recipientKey: String, tenantID: Int64?) throws -> [Line] {
        try connection.rows(
            """
            SELECT l.*, 1::bigint AS dispatch_count
            FROM dispatch AS d
            JOIN dispatch_list AS l
                ON l.tenant_id = d.tenant_id AND l.dispatch_id = d.dispatch_id
            WHERE d.recipient_key = \(recipientKey) AND d.delivery = 'blocked'
                AND d.purpose = 'invoice'
                AND (\(tenantID) IS NULL OR d.tenant_id = \(tenantID))
                AND NOT EXISTS (
                    SELECT FROM dispatch AS later
                    WHERE later.tenant_id = d.tenant_id AND later.root_id = d.root_id
                        AND later.created_at > d.created_at)
            ORDER BY d.created_at
            """, line)
    }
}

extension DispatchList {
    /// The newest dispatches to an address.
    package func latest(recipientKey: String, tenantID: Int64?, limit: Int) throws -> [Line] {
        try connection.rows(
            """
            SELECT l.*, 1::bigint AS dispatch_count
            FROM dispatch AS d
            JOIN dispatch_list AS l
                ON l.tenant_id = d.tenant_id AND l.dispatch_id = d.dispatch_id
            WHERE d.recipient_key = \(recipientKey)
                AND (\(tenantID) IS NULL OR d.tenant_id = \(tenantID))
            ORDER BY d.created_at DESC LIMIT \(limit)
            """, line)
    }
}
