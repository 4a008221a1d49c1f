import Dispatching
import Postgres
import Runtime
import TestSupport
import Testing

/// What people do by hand: cancel, and send again.
struct CancelAndResendTests {
    @Test func `what is queued is cancelled, and is not sent`() throws {
        let company = try TestCompany("ok-1@kunde.test", "ok-2@kunde.test")
        company.generate()
        let number = try company.number("A1")
        let rehearsed = company.cancel(number, isDryRun: true)
        #expect(rehearsed.text == "would be cancelled", "\(rehearsed)")
        #expect(try company.states("A1") == ["queued"], "a dry run changes nothing")
        #expect(company.cancel(number, reason: "feil beløp").isDone)
        #expect(try company.states("A1") == ["cancelled"])
        #expect(company.cancel(number).exit == .badInput, "it has ended already")
        company.send()
        #expect(company.provider.taken.count == 1)
        #expect(try company.audits("cancel") == ["kari: feil beløp"])
        #expect(try company.broken() == [])
    }

    @Test(arguments: [false, true])
    func `a cancel while it is being sent is honoured if the provider does not take it`(
        isTaken: Bool
    ) throws {
        let company = try TestCompany("ok-1@kunde.test")
        company.generate()
        let other = try TestCompany(database: company.database)
        let number = try company.number("A1")
        company.provider.answer { [provider = company.provider, database = company.database] in
            let said = try TestCompany(database: database).cancel(number)
            #expect(said.text.contains("being sent now"), "\(said)")
            return isTaken
                ? provider.take($0)
                : .refused(Refusal(.provider, .busy, "wait", retryAfterSeconds: 60))
        }
        // One that was taken is sent: a cancel that comes too late is no lie.
        #expect(company.send().exit == (isTaken ? .done : .tryAgain), "the provider asks to wait")
        #expect(try other.states("A1") == [isTaken ? "sent" : "cancelled"])
        #expect(company.provider.taken.count == (isTaken ? 1 : 0))
        #expect(try company.broken() == [])
    }

    @Test func `sending again is refused while one is ongoing, and linked when it is not`() throws {
        let company = try TestCompany("ok-1@kunde.test")
        company.generate()
        let number = try company.number("A1")
        for _ in 0..<2 {
            let again = company.resend(.invoice(number))
            #expect(again.exit == .someFailed)
            #expect(again.text.contains("cancel that first"), "it says what to do")
            #expect(try company.states("A1").count == 1)
            company.send()
        }
        company.reconcile()
        let rehearsed = company.resend(.invoice(number), isDryRun: true)
        #expect(rehearsed.isDone && rehearsed.text.contains("would be queued"), "\(rehearsed)")
        #expect(try company.states("A1").count == 1, "a dry run changes nothing")
        #expect(company.resend(.invoice(number), reason: "ba om det").isDone)
        #expect(try company.states("A1").count == 2)
        let linked = try company.count(
            """
            SELECT count(*) AS count FROM dispatch AS d JOIN dispatch AS o
                ON o.tenant_id = d.tenant_id AND o.dispatch_id = d.resend_of
            WHERE d.root_id = o.root_id
            """)
        #expect(linked == 1)
        #expect(try company.audits("resend") == ["kari: ba om det"])
    }

    @Test func `two invoices of one number are not both sent again`() throws {
        let company = try TestCompany("ok-1@kunde.test")
        company.generate()
        let number = try company.number("A1")
        try company.connection.run(
            script: """
                INSERT INTO invoice
                SELECT (jsonb_populate_record(i, jsonb_build_object(
                    'invoice_id', gen_random_uuid(), 'series', 'import:1',
                    'recurring_invoice_number', NULL, 'period_number', NULL,
                    'period_date', NULL))).*
                FROM invoice AS i
                """)
        let again = company.resend(.invoice(number), tenant: 1, isDryRun: true)
        #expect(again.exit == .badInput, "\(again)")
        #expect(again.error.contains("the id of its dispatch"), "\(again)")
    }

    @Test func `why an agreement is stopped is said by its number`() throws {
        let company = try TestCompany("ok-1@kunde.test")
        try company.connection.run(
            script: "UPDATE recurring_invoice_line SET description = 'Vakthold {{bogus}}'")
        company.generate()
        let why = company.why("A1")
        #expect(why.contains("bogus"), "\(why)")
        #expect(why.contains("--open-faults"), "\(why)")
    }
}
