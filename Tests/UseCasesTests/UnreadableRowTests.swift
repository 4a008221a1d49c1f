import Dispatching
import Foundation
import Invoicing
import Logging
import Postgres
import Runtime
import TestSupport
import Testing
import Wire

@testable import UseCases

/// One row that no program can carry, in a night of others: it is named, and the others go on.
///
/// The rules that refuse such values are taken away first: so stand rows that are older than they.
@Suite(.timeLimit(.minutes(15))) struct UnreadableRowTests {
    private struct Column: CustomStringConvertible {
        var table: String
        var name: String
        var type: String

        var description: String { "\(table).\(name)" }
    }

    /// What a type can hold and a program hardly.
    private static let worst = [
        "date": ["infinity", "-infinity", "0044-03-15 BC", "5874897-12-31"],
        "timestamp with time zone": ["infinity", "-infinity"],
        "numeric": ["NaN", "999999999999.999999", "-999999999999.999999", "0", "100"],
        "integer": ["2147483647", "-2147483648", "0"],
        "bigint": ["9223372036854775807"],
        "integer[]": ["{NULL}", "{{1},{2}}", "[5:5]={1}", "{}"],
        "text[]": ["{NULL}", "{{description},{quantity},{amount}}", "{}"],
        "text": ["", "{{", String(repeating: "å", count: 20_000), "a\r\nBcc: x@y.test", "\u{1}"],
    ]

    /// The tables of an agreement of tenant 1, whose others are in the same tenant; and those of a
    /// set-up, that of tenant 2.
    private static let ofAgreement = [
        "recurring_invoice": "recurring_invoice_number = 'A10'",
        "recurring_invoice_line": "recurring_invoice_number = 'A10'",
        "customer": "customer_number = '10'", "price_index_clause": "true",
        "customer_recipient": "true", "price_notice": "true", "exchange_rate": "true",
        "price_index_value": "month = '2026-10-01'", "recurring_invoice_attachment": "true",
    ]
    private static let ofTenant = [
        "tenant", "app_user", "vat_rate", "form_template", "form_setup", "send_plan",
        "send_plan_step", "number_series",
    ]

    @Test func `no value of any column stops another's invoice, and what it stops is named`() throws
    {
        let connection = try Self.company().connection
        var stopped = 0
        for column in try Self.columns(connection) {
            for value in Self.worst[column.type] ?? [] {
                try connection.rehearsing {
                    guard try Self.write(value, into: column, connection) else { return }
                    stopped += try Self.generate(column, value, connection)
                }
            }
        }
        // Else the values were none that matter, or the night was none.
        #expect(stopped > 40)
    }

    private static let agreements = 10

    /// Agreements and their customers in each of two tenants; A10 has an index clause.
    private static func company() throws -> TestCompany {
        let company = try TestCompany(
            recipients: (1...agreements).map { "ok-\($0)@kunde.test" }, tenants: 1...2)
        try company.connection.run(
            script: """
                UPDATE recurring_invoice SET automatic_dispatch = false
                WHERE tenant_id = 1 AND recurring_invoice_number <> 'A10'
                    OR tenant_id = 2 AND recurring_invoice_number <> 'A1';
                INSERT INTO price_index_value VALUES (1, 'KPI', '2025-10-01', 100),
                    (1, 'KPI', '2026-10-01', 104);
                INSERT INTO exchange_rate VALUES (1, 'EUR', '2026-11-20', 11.5, 1, 'Norges Bank');
                INSERT INTO file_content VALUES (1, sha256('vilkaar'), 7, 'vilkaar');
                INSERT INTO recurring_invoice_attachment
                VALUES (1, 'A10', 1, 'vilkår.txt', 'text/plain', sha256('vilkaar'));
                UPDATE tenant SET kid_algorithm = 'none' WHERE tenant_id = 2;
                UPDATE recurring_invoice SET currency = 'EUR'
                WHERE tenant_id = 1 AND recurring_invoice_number = 'A10';
                INSERT INTO customer_recipient VALUES (1, '10', 'ok-kopi@kunde.test', 'Kopi');
                INSERT INTO price_index_clause (tenant_id, recurring_invoice_number, index_code,
                    base_month, base_value, adjust_month, notice_days)
                VALUES (1, 'A10', 'KPI', '2025-10-01', 100, 11, 0);
                INSERT INTO price_notice (tenant_id, recurring_invoice_number, adjusts_on, sent_on)
                VALUES (1, 'A10', '2026-11-01', '2026-09-01');
                DO $$ DECLARE c record; BEGIN
                    FOR c IN SELECT conrelid::regclass AS name, conname FROM pg_constraint
                        WHERE conname LIKE '%\\_sound' LOOP
                        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.name, c.conname);
                    END LOOP;
                END $$;
                """)
        return company
    }

    private static func columns(_ connection: Connection) throws -> [Column] {
        try connection.rows(
            """
            SELECT t.relname::text AS table_name, a.attname::text AS name,
                format_type(a.atttypid, NULL) AS type
            FROM pg_class AS t JOIN pg_attribute AS a ON a.attrelid = t.oid
            WHERE t.relnamespace = 'budstikke'::regnamespace AND a.attnum > 0
                AND NOT a.attisdropped AND a.attgenerated = '' AND a.attname <> 'tenant_id'
                AND t.relname = ANY (\(Array(ofAgreement.keys) + ofTenant))
            ORDER BY 1, a.attnum
            """
        ) {
            Column(table: try $0["table_name"], name: try $0["name"], type: try $0["type"])
        }
    }

    /// False where the database refuses the value by a rule of its own, or as one of its type.
    private static func write(
        _ value: String, into column: Column, _ connection: Connection
    ) throws -> Bool {
        let place = ofAgreement[column.table].map { "tenant_id = 1 AND \($0)" } ?? "tenant_id = 2"
        do {
            try connection.savepoint {
                _ = try connection.execute(
                    Query(
                        stringLiteral: "UPDATE \(column.table) SET \(column.name) ="
                            + " '\(value.replacing("'", with: "''"))'::\(column.type)"
                            + " WHERE \(place)"))
            }
            return true
        } catch let error as PostgresError where error.kind == .server {
            return false
        }
    }

    /// - Returns: how many agreements the value stopped.
    private static func generate(
        _ column: Column, _ value: String, _ connection: Connection
    ) throws -> Int {
        let address = try #require(EmailAddress("faktura@budstikke.test"))
        var log = Logger(label: "test")
        log.logLevel = .critical
        let noon = try #require(try? Date("2026-11-24T12:00:00Z", strategy: .iso8601))
        let installation = try GenerateInvoices(
            connection: connection,
            context: RunContext(settings: Settings(), clock: RunClock(fixed: noon), log: log),
            terms: MessageTerms(
                limits: MessageLimits(
                    provider: "sendgrid", bytesMax: 1_000_000, envelope: { _ in 0 },
                    encoded: \.self),
                sender: SenderIdentity(address: address, messageIDDomain: "budstikke.test")))
        let what = "\(column) = \(value.prefix(40))"
        do {
            _ = try installation.run()
        } catch {
            Issue.record("\(what) ended the night: \(error)")
            return 0
        }
        let isOfAgreement = ofAgreement[column.table] != nil
        let others = try connection.first(
            """
            SELECT count(*) AS count FROM invoice
            WHERE tenant_id = \(isOfAgreement ? 2 : 1)
                OR \(isOfAgreement) AND tenant_id = 1 AND recurring_invoice_number <> 'A10'
            """
        ) { try $0["count"] as Int }
        #expect(
            others == (isOfAgreement ? 2 * agreements - 1 : agreements), "\(what) stopped others")
        return try silent(what, connection)
    }

    /// Every agreement that is due and has no invoice has a fault, which names what is wrong.
    private static func silent(_ what: String, _ connection: Connection) throws -> Int {
        let unmade = try connection.rows(
            """
            SELECT r.tenant_id, r.recurring_invoice_number AS number, f.code, f.detail
            FROM recurring_invoice AS r
            LEFT JOIN dispatch AS d ON d.tenant_id = r.tenant_id
                AND d.recurring_invoice_number = r.recurring_invoice_number
            LEFT JOIN dispatch_fault AS f ON f.tenant_id = d.tenant_id
                AND f.dispatch_id = d.dispatch_id
            WHERE r.prepare_on <= '2026-11-24' AND NOT EXISTS (
                SELECT FROM invoice AS i WHERE i.tenant_id = r.tenant_id
                    AND i.recurring_invoice_number = r.recurring_invoice_number)
            """
        ) { (number: try $0["number"] as String, code: try $0["code"] as String?) }
        for agreement in unmade where agreement.code == nil {
            Issue.record("\(what): nothing is said of \(agreement.number)")
        }
        return unmade.count
    }
}
