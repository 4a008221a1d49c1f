package import Invoicing
package import Postgres

/// The view dunning_hold: invoices that the dunning run must leave alone.
package struct DunningHolds {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    package struct Line: Sendable {
        package var tenantID: Int64
        package var invoiceNumber: String
        package var buyerName: String
        package var payable: Money
        package var currency: String
        package var dueDate: CivilDate
        /// `received_late`, `unknown`, or the state or delivery of the newest dispatch.
        package var why: String
        package var message: String
        package var suggestedDueDate: CivilDate
    }

    /// The invoices that are due first come first.
    package func lines(tenantID: Int64?, limit: Int) throws -> [Line] {
        try connection.rows(
            """
            SELECT * FROM dunning_hold
            WHERE (\(tenantID) IS NULL OR tenant_id = \(tenantID))
            ORDER BY due_date, tenant_id, invoice_number LIMIT \(limit)
            """
        ) { row in
            Line(
                tenantID: try row["tenant_id"], invoiceNumber: try row["invoice_number"],
                buyerName: try row["buyer_name"], payable: try row["payable"],
                currency: try row["currency"], dueDate: try row["due_date"],
                why: try row["why"], message: try row["message"],
                suggestedDueDate: try row["suggested_due_date"])
        }
    }
}
