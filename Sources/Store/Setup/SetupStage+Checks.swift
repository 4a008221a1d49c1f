import Postgres

extension SetupStage {
    /// A kind of reference from one set-up table to another.
    package enum Reference: String, Sendable {
        /// The tenant of the row itself.
        case tenant
        /// A customer by number.
        case customer
        /// A user by key.
        case user
        /// A send plan by key.
        case sendPlan = "send plan"
        /// A form template by key.
        case form
        /// An agreement by number.
        case agreement = "recurring invoice"
        /// The price index clause of an agreement, by the agreement's number.
        case priceIndexClause = "price index clause"

        /// The referenced table and its key column; nil where the tenant alone is referenced.
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

    /// A faulty row: its line, the value, and the value in the database, empty where there is none.
    package typealias Finding = (line: Int, value: String, instead: String)

    /// References to rows that do not exist; those of the invalid tenant 0 are left out.
    package func dangling(_ reference: Reference, column: String) throws -> [Finding] {
        let (table, key) = reference.target
        let cell = key == nil ? "n.tenant_id" : "n.\(SetupStageColumn.quoted(column))"
        let isNamed = key == nil ? "true" : "\(cell) <> ''"
        let isThere = key.map { "t.\($0) = \(cell)" } ?? "true"
        return try findings(
            """
            SELECT n.line, \(cell)::text AS value, '' AS instead FROM pg_temp.import_row AS n
            WHERE n.tenant_id <> 0 AND \(isNamed) AND NOT EXISTS (
                SELECT FROM \(table) AS t WHERE t.tenant_id = n.tenant_id AND \(isThere))
            """)
    }

    /// The time zones that PostgreSQL does not know.
    package func unknownZones() throws -> [Finding] {
        try findings(
            """
            SELECT n.line, n.time_zone AS value, '' AS instead FROM pg_temp.import_row AS n
            WHERE n.time_zone <> '' AND NOT EXISTS (
                SELECT FROM pg_timezone_names AS z WHERE z.name = n.time_zone)
            """)
    }

    /// The names of the zones that PostgreSQL knows.
    package func zoneNames() throws -> [String] {
        try connection.rows("SELECT name FROM pg_timezone_names") { try $0["name"] }
    }

    /// Notices for a month in which the agreement's prices are not adjusted, with the calendar
    /// month in which they are.
    package func misdatedNotices() throws -> [Finding] {
        try findings(
            """
            SELECT n.line, n.adjusts_on AS value, p.adjust_month::text AS instead
            FROM pg_temp.import_row AS n
            JOIN price_index_clause AS p ON p.tenant_id = n.tenant_id
                AND p.recurring_invoice_number = n.recurring_invoice
            WHERE extract(month FROM n.adjusts_on::date) <> p.adjust_month
            """)
    }

    /// First numbers of series that have already begun with another.
    package func begunSeries() throws -> [Finding] {
        try findings(
            """
            SELECT n.line, n.first_invoice_number AS value, s.first_number::text AS instead
            FROM pg_temp.import_row AS n
            JOIN number_series AS s ON s.tenant_id = n.tenant_id
                AND s.series = '\(NumberSeries.invoices)'
            WHERE n.first_invoice_number <> '' AND s.next_number > s.first_number
                AND s.first_number <> n.first_invoice_number::bigint
            """)
    }

    /// First numbers of series that have not begun and would begin at or below a number imported
    /// from the same seller.
    package func passedSeries() throws -> [Finding] {
        try findings(
            """
            SELECT n.line, n.first_invoice_number AS value, p.number::text AS instead
            FROM pg_temp.import_row AS n
            JOIN passed_number AS p ON p.tenant_id = n.tenant_id
            WHERE n.first_invoice_number <> '' AND n.first_invoice_number::bigint <= p.number
                AND NOT EXISTS (
                    SELECT FROM number_series AS s
                    WHERE s.tenant_id = n.tenant_id AND s.series = '\(NumberSeries.invoices)'
                        AND s.next_number > s.first_number)
            """)
    }

    private func findings(_ sql: String) throws -> [Finding] {
        try connection.rows(
            Query(stringLiteral: "\(sql) ORDER BY n.line LIMIT \(Self.findingsMax)")
        ) { row in
            (Int(try row["line"] as Int64), try row["value"], try row["instead"])
        }
    }

    /// The most findings reported for one file.
    private static let findingsMax = 10_000
}
