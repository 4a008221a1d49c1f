import Foundation
import Postgres
import Runtime
import Store
import TestSupport
import Testing

@testable import UseCases

/// What is known about a customer, and what is left when it is erased.
struct CustomerDataTests {
    /// Two customers with everything: copies, files, a bounce, a letter's worth of notes.
    private static func company() throws -> TestCompany {
        let company = try TestCompany("unknown-1@kunde.test", "ok-2@kunde.test")
        try company.connection.run(
            script: """
                INSERT INTO customer_recipient VALUES (1, '1', 'ok-kopi1@byraa.test', 'Byrå 1');
                INSERT INTO customer_recipient VALUES (1, '2', 'ok-kopi2@byraa.test', 'Byrå 2');
                UPDATE customer SET copies = ARRAY['ok-ekstra' || customer_number || '@kunde.test'],
                    buyer_reference = 'Navn ' || customer_number;
                UPDATE recurring_invoice SET introduction = 'Hilsen til ' || customer_number,
                    your_reference = 'Per ' || customer_number;
                INSERT INTO file_content (tenant_id, sha256, byte_count, content)
                SELECT 1, sha256(b), octet_length(b), b
                FROM unnest(ARRAY['Avtale 1', 'Avtale 2']::bytea[]) AS f (b);
                INSERT INTO recurring_invoice_attachment (tenant_id, recurring_invoice_number,
                    position, file_name, content_type, sha256)
                SELECT 1, 'A' || n, 1, 'avtale' || n || '.txt', 'text/plain',
                    sha256(('Avtale ' || n)::bytea)
                FROM generate_series(1, 2) AS n;
                """)
        company.generate()
        try company.drain()
        company.reconcile()
        return company
    }

    private static func end(_ company: TestCompany) throws {
        try company.connection.run(
            script: """
                UPDATE recurring_invoice SET end_date = '2026-11-30' WHERE customer_number = '1'
                """)
    }

    private static func export(_ company: TestCompany, _ number: String) throws -> String {
        let object = try ExportCustomer(
            connection: company.connection, context: company.context()
        ).run(number, tenantID: 1)
        // When it was asked for is not what is known.
        return ResultObject(object.members.filter { $0.key != "exported_at" }).json
    }

    /// What is the first customer's alone, by the words that only its rows have.
    private static let marks = [
        "unknown-1@kunde.test", "ok-kopi1@byraa.test", "ok-ekstra1@kunde.test", "Kunde 1 AS",
        "Gata 1", "Navn 1", "Hilsen til 1", "Per 1", "avtale1.txt",
    ]

    // MARK: Export

    /// The schema names its tables itself: a new one has to be put on one of the two lists.
    @Test func `every table is exported, or has nothing about a customer`() throws {
        let connection = try TestDatabase().connect()
        let tables = try connection.rows(
            """
            SELECT relname::text AS name FROM pg_class
            WHERE relnamespace = 'budstikke'::regnamespace AND relkind IN ('r', 'p')
                AND NOT relispartition ORDER BY 1
            """
        ) { try $0["name"] as String }
        let listed = CustomerData.tables + CustomerData.others
        #expect(Set(listed) == Set(tables), "\(Set(tables).symmetricDifference(listed))")
        #expect(listed.count == Set(listed).count)
        let linked = try connection.rows(
            """
            SELECT DISTINCT c.relname::text AS name FROM pg_class AS c
            JOIN pg_attribute AS a ON a.attrelid = c.oid AND NOT a.attisdropped
            WHERE c.relnamespace = 'budstikke'::regnamespace AND c.relkind IN ('r', 'p')
                AND a.attname IN ('customer_number', 'dispatch_id', 'invoice_id', 'root_id',
                    'recurring_invoice_number', 'recipient', 'recipient_key', 'address_key')
            """
        ) { try $0["name"] as String }
        #expect(Set(linked).isSubset(of: CustomerData.tables))
    }

    @Test func `all that is stored is exported, and nothing of others`() throws {
        let company = try Self.company()
        let text = try Self.export(company, "1")
        let object = try #require(
            JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let data = try #require(object["data"] as? [String: [[String: Any]]])
        for mark in Self.marks { #expect(text.contains(mark), "\(mark) is missing") }
        for mark in Self.marks.map({ $0.replacing("1", with: "2") }) {
            #expect(!text.contains(mark), "\(mark) is another's")
        }
        // Each row that names the customer in any way is in it, by table.
        let named = try company.contents().filter { row in Self.marks.contains { row.contains($0) }
        }
        let counts = Dictionary(grouping: named) { String($0.prefix { $0 != " " }) }
            .mapValues(\.count)
        for (table, count) in counts where table != "dispatch_message" {
            #expect((data[table]?.count ?? 0) >= count, "\(table)")
        }
        let file = try #require(data["file_content"]?.compactMap { $0["content"] as? String })
        #expect(file.contains(Data("Avtale 1".utf8).base64EncodedString()))
        #expect(try Self.export(company, "1").utf8.elementsEqual(text.utf8))
    }

    @Test func `nobody's number is said to be so`() throws {
        let company = try Self.company()
        let error = try #require(throws: (any Error).self) { try Self.export(company, "77") }
        #expect("\(error)".contains("has no customer '77'"))
    }

    // MARK: Erase

    @Test func `a customer with something going on is not erased, and it is said what`() throws {
        let company = try Self.company()
        let before = try company.contents()
        let refused = company.erase("1")
        #expect(refused.exit == .badInput && refused.error.contains("agreement A1"), "\(refused)")
        try Self.end(company)
        try company.connection.run(
            script: """
                UPDATE recurring_invoice SET end_date = NULL WHERE recurring_invoice_number = 'A1'
                """)
        #expect(try company.contents() == before)

        let waiting = try TestCompany("ok-1@kunde.test")
        waiting.generate()
        try Self.end(waiting)
        let ongoing = waiting.erase("1")
        #expect(ongoing.error.contains("which is ongoing"), "\(ongoing)")
    }

    @Test func `what the law does not demand goes, and the rest is said`() throws {
        let company = try Self.company()
        try Self.end(company)
        let other = try Self.export(company, "2")
        let dry = company.erase("1", isDryRun: true)
        #expect(dry.lines.first == "true", "\(dry)")
        #expect(try Self.export(company, "1").contains("Hilsen til 1"))

        let outcome = company.erase("1")
        #expect(outcome.lines.first == "true", "\(outcome)")
        #expect(
            outcome.lines.contains {
                $0.contains("1 invoice") && $0.contains("bokføringsloven § 13, through 2031-12-31")
            })
        #expect(outcome.lines.contains { $0.contains("1 blocked address") })
        let left = try company.contents().filter { row in
            Self.marks.contains { row.contains($0) }
        }
        let tables = Set(left.map { String($0.prefix { $0 != " " }) })
        // Invoices as the law has them, the block, and e-mails to the user, for retention.mail.
        let kept = ["invoice", "invoice_attachment", "suppression", "dispatch_message"]
        #expect(tables.isSubset(of: kept), "\(left)")
        #expect(try Self.export(company, "2") == other)
        #expect(try company.broken() == [])
        #expect(try company.audits("erase") == ["kari: bedt om"])
        #expect(try company.openTodos() == 0)
        let files: Query = "SELECT count(*) AS count FROM file_content WHERE content = 'Avtale 1'"
        #expect(try company.count(files) == 1, "which went with the invoice")
    }

    @Test func `a second time nothing is left to erase`() throws {
        let company = try Self.company()
        try Self.end(company)
        company.erase("1")
        let before = try company.contents()
        let again = company.erase("1")
        #expect(again.isDone && again.lines.first == "false", "\(again)")
        #expect(try company.contents() == before)
    }

    @Test func `after five years the invoices go too`() throws {
        let company = try Self.company()
        try Self.end(company)
        let files: Query = "SELECT count(*) AS count FROM file_content WHERE content = 'Avtale 1'"
        let outcome = company.erase("1", on: "2032-01-02")
        #expect(try company.count(files) == 0)
        #expect(!outcome.text.contains("bokføringsloven"), "\(outcome)")
        #expect(
            try company.count(
                "SELECT count(*) AS count FROM invoice WHERE buyer_name = 'Kunde 1 AS'") == 0)
        #expect(try company.broken() == [])
    }

    @Test func `no other role erases`() throws {
        let company = try Self.company()
        try Self.end(company)
        let before = try company.contents()
        let outcome = company.erase("1", role: "budstikke_job")
        #expect(outcome.exit == .configuration && outcome.error.contains("budstikke_pruner"))
        #expect(try company.contents() == before)
    }
}
