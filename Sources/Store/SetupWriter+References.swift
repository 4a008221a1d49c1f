import Postgres

extension SetupWriter {
    /// What a row of one table names in another.
    package enum Reference: String, Sendable {
        case tenant
        case customer
        case user
        case sendPlan = "send plan"
        case form
        case agreement = "recurring invoice"
        case priceIndexClause = "price index clause"

        /// The table that is named, and the column that it is named by; nil where the tenant itself
        /// is all that is named.
        fileprivate var target: (table: String, key: String?) {
            switch self {
            case .tenant: ("tenant", nil)
            case .customer: ("customer", "customer_number")
            case .user: ("app_user", "user_key")
            case .sendPlan: ("send_plan", "plan_key")
            case .form: ("form_template", "form_key")
            case .agreement: ("recurring_invoice", "recurring_invoice_number")
            case .priceIndexClause: ("price_index_clause", "recurring_invoice_number")
            }
        }
    }

    /// Which of these references lead nowhere: the positions of the rows.
    ///
    /// A key that is nil names nothing, and leads nowhere only where it is the tenant's.
    package func dangling(
        _ reference: Reference, tenants: [Int64], keys: [String?]
    ) throws -> [Int] {
        let (table, key) = reference.target
        let named = Query(stringLiteral: key.map { "t.\($0) = n.key" } ?? "true")
        let isNamed: Query = key == nil ? "true" : "n.key IS NOT NULL"
        return try connection.rows(
            """
            SELECT n.position
            FROM unnest(\(tenants), \(keys)) WITH ORDINALITY AS n (tenant_id, key, position)
            WHERE \(isNamed) AND NOT EXISTS (
                SELECT FROM \(Query(stringLiteral: table)) AS t
                WHERE t.tenant_id = n.tenant_id AND \(named))
            """
        ) { try $0["position"] - 1 }
    }

    /// Which first numbers come too late: the positions of the rows, with the number that the series
    /// began with and the one that it has come to.
    package func lateFirstNumbers(
        tenants: [Int64], firsts: [String?]
    ) throws -> [(position: Int, first: Int64, next: Int64)] {
        try connection.rows(
            """
            SELECT n.position, s.first_number, s.next_number
            FROM unnest(\(tenants), \(firsts)) WITH ORDINALITY AS n (tenant_id, first, position)
            JOIN number_series AS s
                ON s.tenant_id = n.tenant_id AND s.series = \(NumberSeries.invoices)
            WHERE n.first::bigint <> s.first_number AND s.next_number > s.first_number
            """
        ) { (try $0["position"] - 1, try $0["first_number"], try $0["next_number"]) }
    }
}
