import Postgres
import Schema
import TestSupport
import Testing

/// What a host system wrote before a rule, and what it may write after it.
struct UnsoundRowsTests {
    /// The database as it stood before the rules, with a company that holds what breaks them.
    private static func older() throws -> Connection {
        let connection = try TestDatabase.empty().connect()
        let before = Array(Migration.all.prefix(while: { $0.name != "sound_values" }))
        _ = try Migrator(connection, migrations: before).migrate()
        try connection.insert(.tenant)
        try connection.insert(.user, ["email": "kari@fjordlys.test\nBcc: x@y.test"])
        try connection.insert(.customer, ["customer_number": "20"])
        try connection.insert(.vatRate, ["valid_from": "-infinity"])
        try connection.insert(.sendPlan)
        try connection.insert(.sendPlanStep, ["retry_delays": "{NULL}"])
        try connection.insert(
            .agreement,
            ["customer_number": "20", "end_date": "infinity", "price_factor": "NaN"])
        return connection
    }

    @Test func `old rows stop no migration, and each is named with what it holds`() throws {
        let connection = try Self.older()
        _ = try Migrator(connection).migrate()
        let found = try UnsoundRows(connection).find().map(\.description)
        #expect(
            found == [
                "app_user (tenant_id 1, user_key kari): email kari@fjordlys.test Bcc: x@y.test;"
                    + " app_user_email_sound does not let it in",
                "recurring_invoice (tenant_id 1, recurring_invoice_number A1): end_date infinity;"
                    + " recurring_invoice_end_date_sound does not let it in",
                "recurring_invoice (tenant_id 1, recurring_invoice_number A1): price_factor NaN;"
                    + " recurring_invoice_price_factor_sound does not let it in",
                "send_plan_step (tenant_id 1, plan_key epost, position 1): retry_delays {NULL};"
                    + " send_plan_step_retry_delays_sound does not let it in",
                "vat_rate (tenant_id 1, vat_code 3, valid_from -infinity): valid_from -infinity;"
                    + " vat_rate_valid_from_sound does not let it in",
            ])
    }

    @Test func `once the rows are mended the rules are valid`() throws {
        let connection = try Self.older()
        _ = try Migrator(connection).migrate()
        try connection.run(
            script: """
                UPDATE app_user SET email = 'kari@fjordlys.test';
                UPDATE vat_rate SET valid_from = '2005-01-01';
                UPDATE send_plan_step SET retry_delays = '{14400}';
                UPDATE recurring_invoice SET end_date = NULL, price_factor = 1;
                """)
        _ = try Migrator(connection).migrate()
        #expect(try UnsoundRows(connection).find().isEmpty)
        let open = try connection.first(
            "SELECT count(*) AS count FROM pg_constraint WHERE NOT convalidated"
        ) { try $0["count"] as Int }
        #expect(open == 0)
    }

    /// Each type's worst values, refused in every column of the tables that a host system writes.
    @Test func `no column takes what its type can hold and no program can`() throws {
        let connection = try TestDatabase().connect()
        let columns = try connection.rows(
            """
            SELECT t.relname::text AS table_name, a.attname::text AS name,
                format_type(a.atttypid, NULL) AS type
            FROM pg_class AS t JOIN pg_attribute AS a ON a.attrelid = t.oid
            WHERE t.relnamespace = 'budstikke'::regnamespace AND a.attnum > 0
                AND NOT a.attisdropped AND a.attgenerated = ''
                AND t.relname = ANY (\(Self.hostTables))
                AND a.atttypid IN ('date'::regtype, 'numeric'::regtype, 'timestamptz'::regtype,
                    'int[]'::regtype, 'text[]'::regtype)
            ORDER BY 1, a.attnum
            """
        ) {
            (
                table: try $0["table_name"] as String, name: try $0["name"] as String,
                type: try $0["type"] as String
            )
        }
        #expect(columns.count > 25)
        for column in columns {
            let rule = try connection.first(
                """
                SELECT pg_get_expr(conbin, conrelid) AS rule FROM pg_constraint
                WHERE conrelid = \("budstikke.\(column.table)")::text::regclass
                    AND conname = \("\(column.table)_\(column.name)_sound")
                """
            ) { try $0["rule"] as String }
            let condition = try #require(rule, "\(column) has no rule")
            for worst in Self.worst[column.type] ?? [] {
                let holds = try connection.first(
                    Query(
                        stringLiteral: "SELECT (\(condition)) AS holds"
                            + " FROM (SELECT '\(worst)'::\(column.type)) AS v (\(column.name))")
                ) { try $0["holds"] as Bool? }
                #expect(holds == false, "\(column) takes \(worst)")
            }
        }
    }

    static let hostTables = [
        "tenant", "app_user", "customer", "vat_rate", "number_series", "form_template",
        "form_setup", "send_plan", "send_plan_step", "recurring_invoice", "recurring_invoice_line",
        "recurring_invoice_attachment", "exchange_rate", "price_index_value", "price_index_clause",
        "price_notice",
    ]

    private static let worst = [
        "date": ["infinity", "-infinity", "1899-12-31", "10000-01-01", "0044-03-15 BC"],
        "timestamp with time zone": ["infinity", "-infinity", "10000-01-01"],
        "numeric": ["NaN", "Infinity", "-Infinity"],
        "integer[]": ["{NULL}", "{{1},{2}}", "[5:5]={1}"],
        "text[]": ["{NULL}", "{{a},{b}}", "[5:5]={a}"],
    ]
}
