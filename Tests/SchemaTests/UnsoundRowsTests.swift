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
        try connection.run(
            script: """
                INSERT INTO tenant (tenant_id, name) VALUES (1, 'Fjordlys AS');
                INSERT INTO app_user (tenant_id, user_key, name, email)
                VALUES (1, 'kari', 'Kari', E'kari@fjordlys.test\\nBcc: x@y.test');
                INSERT INTO customer (tenant_id, customer_number, name) VALUES (1, '20', 'Kunde');
                INSERT INTO vat_rate (tenant_id, vat_code, valid_from, category, rate)
                VALUES (1, '3', '-infinity', 'S', 25);
                INSERT INTO send_plan VALUES (1, 'epost', 'E-post');
                INSERT INTO send_plan_step (tenant_id, plan_key, position, channel, retry_delays)
                VALUES (1, 'epost', 1, 'email', '{NULL}');
                INSERT INTO recurring_invoice (tenant_id, recurring_invoice_number,
                    customer_number, created_by, anchor_date, interval_unit, end_date,
                    price_factor)
                VALUES (1, 'A1', '20', 'kari', '2026-01-01', 'month', 'infinity',
                    'NaN');
                """)
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
