import Foundation
import Postgres
import Runtime
import TestSupport
import Testing

/// Agreements whose rows are changed while they run: the next night does what they say.
struct ChangedAgreementTests {
    private static func change(_ company: TestCompany, _ agreement: String, _ what: String) throws {
        try company.connection.run(
            script: "UPDATE recurring_invoice SET \(what)"
                + " WHERE recurring_invoice_number = '\(agreement)'")
    }

    @Test func `a renewed, prolonged or shortened agreement does what its row says`() throws {
        let company = try TestCompany(agreements: [
            ["anchor_date": "2026-01-01", "end_date": "2026-02-28"],
            ["anchor_date": "2026-01-01", "count_max": "2"],
            ["anchor_date": "2026-01-01", "end_date": "2026-02-28"],
            ["anchor_date": "2026-01-01"],
        ])
        company.generate(on: "2026-03-15")
        for number in 1...3 {
            #expect(try company.made("A\(number)").count == 2)
            #expect(company.why("A\(number)").contains("has ended"))
        }
        try Self.change(company, "A1", "end_date = '2026-04-30'")
        try Self.change(company, "A2", "count_max = 3")
        try Self.change(company, "A3", "end_date = NULL")
        try Self.change(company, "A4", "end_date = '2026-03-31'")
        #expect(company.why("A1").contains("is due since 2026-03-01"))
        #expect(company.why("A4").contains("has ended"))
        #expect(company.generate(on: "2026-05-15").isDone)
        #expect(try (1...4).map { try company.made("A\($0)").count } == [4, 3, 5, 3])
        #expect(company.why("A1").contains("has ended"))
        #expect(company.why("A2").contains("has ended"))
        #expect(company.why("A3").contains("until 2026-06-01"))
        #expect(try company.broken() == [])
    }

    @Test func `what is renewed in the middle of a period has the rest of it by its days`() throws {
        let company = try TestCompany(agreements: [
            ["anchor_date": "2026-01-01", "end_date": "2026-02-14", "last_period": "days"]
        ])
        company.generate(on: "2026-02-20")
        try Self.change(company, "A1", "end_date = NULL")
        company.generate(on: "2026-03-02")
        #expect(
            try company.made("A1") == [
                "1 2026-01-01 2026-01-31 101.50", "2 2026-02-01 2026-02-14 50.75",
                "3 2026-02-15 2026-02-28 50.75", "4 2026-03-01 2026-03-31 101.50",
            ])
    }

    @Test func `a corrected anchor and interval hold from the next period on`() throws {
        let company = try TestCompany(agreements: [
            ["anchor_date": "2036-01-01"], ["anchor_date": "2026-01-01"],
            ["anchor_date": "2026-01-01"],
        ])
        company.generate(on: "2026-02-20")
        #expect(try company.made("A1") == [])
        #expect(company.why("A1").contains("until 2036-01-01"))
        try Self.change(company, "A1", "anchor_date = '2026-01-01'")
        try Self.change(company, "A2", "interval_unit = 'quarter'")
        try Self.change(company, "A3", "anchor_date = '2026-01-15'")
        #expect(company.generate(on: "2026-04-01").isDone)
        #expect(
            try company.made("A1").map { $0.prefix(12) } == (1...4).map { "\($0) 2026-0\($0)-01" })
        // Nothing twice and nothing left out: what is between is charged by its days.
        #expect(
            try company.made("A2") == [
                "1 2026-01-01 2026-01-31 102.50", "2 2026-02-01 2026-02-28 102.50",
                "3 2026-03-01 2026-03-31 35.31", "4 2026-04-01 2026-06-30 102.50",
            ])
        #expect(
            try company.made("A3") == [
                "1 2026-01-01 2026-01-31 103.50", "2 2026-02-01 2026-02-28 103.50",
                "3 2026-03-01 2026-03-14 51.75", "4 2026-03-15 2026-04-14 103.50",
            ])
    }

    @Test func `an agreement that was begun elsewhere goes on from there`() throws {
        let company = try TestCompany(agreements: [
            ["anchor_date": "2020-01-01", "invoiced_through": "2026-03-31"]
        ])
        #expect(company.generate(on: "2026-04-02").isDone)
        #expect(try company.made("A1") == ["1 2026-04-01 2026-04-30 101.50"])
        #expect(try company.broken() == [])
    }
}

/// What a run does of that which was missed, and of that which fails.
struct CatchUpTests {
    @Test func `catch_up_max holds for a run, whatever shares its batch`() throws {
        // 29 months, and at most the 12 that a tenant has by default.
        let company = try TestCompany(
            recipients: (1...4).map { "ok-\($0)@kunde.test" }, tenants: 1...70,
            with: ["anchor_date": "2024-07-01", "automatic_dispatch": "false"])
        company.settings.generate.batch = 64
        func spread() throws -> [String] {
            try company.lines(
                """
                SELECT concat_ws(' ', count(*), min(made), max(made)) AS line
                FROM (SELECT count(*) AS made FROM invoice
                    GROUP BY tenant_id, recurring_invoice_number) AS a
                """)
        }
        company.generate()
        #expect(try spread() == ["280 12 12"])
        company.generate(tenant: 7)
        #expect(try spread() == ["280 12 24"])
    }

    @Test func `what the fault advises is what helps`() throws {
        let today = "2026-03-01"
        let company = try TestCompany(agreements: [
            ["anchor_date": "2026-01-01", "interval_unit": "day"],
            ["anchor_date": "2026-01-01", "interval_unit": "day"],
            ["anchor_date": "2026-01-01", "catch_up_policy": "ask"],
        ])
        #expect(company.generate(on: today).exit == .someFailed)
        let faults = try company.lines(
            """
            SELECT f.detail AS line FROM dispatch_fault AS f
            JOIN dispatch AS d ON d.tenant_id = f.tenant_id AND d.dispatch_id = f.dispatch_id
            WHERE f.code = 'catch_up_needs_decision' ORDER BY d.recurring_invoice_number
            """)
        #expect(faults.count == 3 && faults[0].contains("60 periods"), "\(faults)")
        #expect(faults.allSatisfy { $0.contains("catch_up_through \(today)") })
        try company.connection.run(
            script: """
                UPDATE recurring_invoice SET catch_up_through = '\(today)'
                WHERE recurring_invoice_number IN ('A1', 'A3');
                UPDATE recurring_invoice SET skip_before = '\(today)'
                WHERE recurring_invoice_number = 'A2';
                UPDATE recurring_invoice SET skip_before = '2026-02-01'
                WHERE recurring_invoice_number = 'A3'
                """)
        for made in [12, 24, 36, 48, 60] {
            #expect(company.generate(on: today).isDone)
            #expect(try company.made("A1").count == made)
        }
        #expect(try company.made("A2") == ["60 2026-03-01 2026-03-01 102.50"])
        #expect(
            try company.made("A3").map { $0.prefix(12) } == ["2 2026-02-01", "3 2026-03-01"])
        let skipped = try company.lines(
            """
            SELECT concat_ws(' ', recurring_invoice_number, count(*), min(reason)) AS line
            FROM skipped_period GROUP BY recurring_invoice_number ORDER BY 1
            """)
        #expect(skipped == ["A2 59 by_hand", "A3 1 by_hand"])
        // What is passed over is nobody's to do any more; the first of A1 is still to be sent.
        let open = try company.lines(
            """
            SELECT d.recurring_invoice_number AS line FROM todo AS t
            JOIN dispatch AS d ON d.tenant_id = t.tenant_id AND d.dispatch_id = t.dispatch_id
            WHERE t.closed_at IS NULL
            """)
        #expect(open == ["A1"])
        let unresolved = try company.count(
            "SELECT count(*) AS count FROM dispatch_fault WHERE mended_at IS NULL")
        #expect(unresolved == 0)
        #expect(try company.broken() == [])
    }

    @Test func `what the database refuses of one leaves the others of its batch`() throws {
        let company = try TestCompany(recipients: (1...4).map { "ok-\($0)@kunde.test" })
        try company.connection.run(
            script: """
                ALTER TABLE invoice ADD CONSTRAINT refused
                    CHECK (recurring_invoice_number <> 'A2')
                """)
        #expect(company.generate().exit == .someFailed)
        let made = try company.lines(
            """
            SELECT recurring_invoice_number || ' ' || number AS line FROM invoice ORDER BY serial
            """)
        #expect(made == ["A1 1", "A3 2", "A4 3"], "no number is lost")
        let faults = try company.lines(
            """
            SELECT concat_ws(' ', d.recurring_invoice_number, f.code, f.detail) AS line
            FROM dispatch_fault AS f
            JOIN dispatch AS d ON d.tenant_id = f.tenant_id AND d.dispatch_id = f.dispatch_id
            """)
        #expect(faults == ["A2 internal_error invoice: refused"])
    }

    @Test func `a limit counts invoices made elsewhere as well`() throws {
        let company = try TestCompany(recipients: (1...5).map { "ok-\($0)@kunde.test" })
        try company.connection.run(
            script: "UPDATE recurring_invoice SET automatic_dispatch = false")
        company.generate()
        // As an import leaves them.
        try company.connection.run(
            script: "INSERT INTO automatic_dispatch SELECT tenant_id, invoice_id FROM invoice")
        let before = try company.count("SELECT count(*) AS count FROM automatic_dispatch")
        #expect(before >= 5)
        company.generate(limit: 2)
        #expect(
            try company.count("SELECT count(*) AS count FROM automatic_dispatch") == before - 2)
    }

    @Test func `a limited run goes round, past what is stuck`() throws {
        let company = try TestCompany(
            recipients: (1...3).map { "ok-\($0)@kunde.test" }, tenants: 1...2)
        // All of the first tenant, and the first of the second, have a code without a rate.
        try company.connection.run(
            script: """
                UPDATE recurring_invoice_line SET vat_code = '99'
                WHERE tenant_id = 1 OR recurring_invoice_number = 'A1'
                """)
        var made: [Int] = []
        for _ in 1...4 {
            company.generate(limit: 2)
            made.append(try company.count("SELECT count(*) AS count FROM invoice"))
        }
        #expect(made == [0, 0, 2, 2])
        let looked = try company.count(
            "SELECT count(*) AS count FROM recurring_invoice WHERE looked_at IS NOT NULL")
        #expect(looked == 6)
    }
}
