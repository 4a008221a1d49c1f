import Foundation
import Invoicing
import Postgres
import Runtime
import TestSupport
import Testing

/// The channel print: letters that a printing house fetches by the parcel, once.
struct LetterTests {
    /// Three agreements by print alone, and A4 that would go by EHF and goes as a letter.
    ///
    /// A2 has an address that a spreadsheet would run, and A3 has none.
    private static func company() throws -> TestCompany {
        let company = try TestCompany()
        let connection = company.connection
        try connection.insertCompany()
        for (plan, position, channel) in [
            ("brev", "1", "print"), ("begge", "1", "ehf"), ("begge", "2", "print"),
        ] {
            if position == "1" { try connection.insert(.sendPlan, ["plan_key": plan]) }
            try connection.insert(
                .sendPlanStep, ["plan_key": plan, "position": position, "channel": channel])
        }
        let customers: [[String: String?]] = [
            ["name": #"Kunde "1", AS"#, "postal_code": "0150", "city": "Oslo"],
            ["name": "=HYPERLINK(1)", "street": "+Gata 2", "city": "@Bergen"],
            [
                "organisation_number": "974760673", "street": nil, "postal_code": nil, "city": nil,
            ],
            [:],
        ]
        for (index, customer) in customers.enumerated() {
            try connection.insertAgreement(
                index + 1, email: nil, ["plan_key": index == 3 ? "begge" : "brev"],
                customer: customer)
        }
        company.generate()
        return company
    }

    private static func dispatches(_ company: TestCompany) throws -> [String] {
        try company.lines(
            """
            SELECT concat_ws(' ', i.recurring_invoice_number, d.channel, d.state, d.delivery,
                d.reason) AS line
            FROM dispatch AS d
            JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            WHERE d.purpose = 'invoice' ORDER BY 1
            """)
    }

    /// How many letters are handed over.
    private static func take(_ company: TestCompany) -> Int? {
        company.takeOutbox(.print, into: "letters").counts["taken"]
    }

    private static func text(_ company: TestCompany, _ path: String) throws -> String {
        try String(contentsOf: company.folder.appending(path: path), encoding: .utf8)
    }

    private static let waiting = [
        "A1 print queued unknown", "A2 print queued unknown",
        "A3 email failed unknown postal_address_missing", "A4 print queued unknown",
    ]

    @Test func `letters are handed over once, with a list that a spreadsheet can open`() throws {
        let company = try Self.company()
        #expect(try Self.dispatches(company) == Self.waiting)
        #expect(try company.broken() == [])
        #expect(Self.take(company) == 3)
        let parcels = try company.names(in: "letters")
        #expect(parcels.count == 1 && parcels[0].hasPrefix("letters_"))
        let list = try Self.text(company, "letters/\(parcels[0])/addresses.csv")
            .components(separatedBy: "\r\n")
        #expect(
            list[0] == "file,number,name,address_1,address_2,address_3,postal_code,city,country,"
                + "pages,enclosures")
        for cells in [
            ",1,\"Kunde \"\"1\"\", AS\",Gata 1,,,0150,Oslo,NO,1,",
            ",2,'=HYPERLINK(1),'+Gata 2,,,5003,'@Bergen,NO,1,",
        ] {
            #expect(list.count { $0.hasSuffix(cells) } == 1, "\(list)")
        }
        for line in list[1...3] {
            let name = line.prefix { $0 != "," }
            let pdf = try Data(
                contentsOf: company.folder.appending(path: "letters/\(parcels[0])/\(name)"))
            #expect(pdf.starts(with: Data("%PDF-".utf8)), "\(line)")
        }
        #expect(try company.names(in: "letters/\(parcels[0])").count == 4)
        let delivered = Self.waiting.map { $0.replacing("queued unknown", with: "sent delivered") }
        #expect(try Self.dispatches(company) == delivered)
        #expect(Self.take(company) == 0)
        #expect(try company.names(in: "letters") == parcels)
        #expect(try company.broken() == [])
        // Neither is anything of them the access point's, nor the provider's.
        #expect(company.takeOutbox(.ehf).counts["taken"] == 0)
    }

    @Test func `a customer without an address is told of, and the mended one goes out`() throws {
        let company = try Self.company()
        let mail = try company.lines(
            """
            SELECT m.body_text AS line FROM dispatch_message AS m
            JOIN dispatch AS d ON d.tenant_id = m.tenant_id AND d.dispatch_id = m.dispatch_id
            WHERE d.purpose = 'fault_report'
            """)
        #expect(mail.count == 1 && mail[0].contains("mangler postadresse"), "\(mail)")
        try company.connection.run(
            script: """
                UPDATE customer SET street = 'Gata 3', postal_code = '5003', city = 'Bergen'
                WHERE customer_number = '3'
                """)
        #expect(company.generate().counts["mended"] == 1)
        let resent = company.resend(
            .dispatch(try company.number("A3")), reason: "adresse lagt inn")
        #expect(resent.isDone, "\(resent)")
        #expect(try Self.dispatches(company).contains("A3 print queued unknown"))
    }

    @Test func `a letter that comes back is a failure that somebody is told of`() throws {
        let company = try Self.company()
        #expect(Self.take(company) == 3)
        let id = try company.lines(
            """
            SELECT d.dispatch_id::text AS line FROM dispatch AS d
            JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            WHERE i.recurring_invoice_number = 'A1'
            """)[0]
        #expect(company.answerOutbox(id).exit == .badInput, "a letter counts as delivered already")
        #expect(company.answerOutbox(id, refusal: "ukjent på adressen").isDone)
        #expect(try Self.dispatches(company)[0] == "A1 print failed unknown letter_returned")
        #expect(try company.todos().contains { $0.contains("ukjent på adressen") })
        #expect(try company.broken() == [])
        #expect(company.resend(.dispatch(id), reason: "ny adresse").isDone)
        #expect(Self.take(company) == 1)
    }

    @Test func `a kill after the commit is finished, and one before it is begun anew`() throws {
        let company = try Self.company()
        let letters = company.folder.appending(path: "letters")
        // Before: a parcel of one of the letters, of which nothing was committed.
        let id = try company.lines("SELECT dispatch_id::text AS line FROM dispatch_outbox")[0]
        let stale = ".letters_\(UUID().uuidString.lowercased())"
        try company.write("%PDF-", to: "letters/\(stale)/1_\(id).pdf")
        try company.write("old", to: "letters/\(stale)/addresses.csv")
        #expect(Self.take(company) == 3)
        let parcel = try #require(try company.names(in: "letters").first { !$0.hasPrefix(".") })
        #expect(try company.names(in: "letters") == [stale, parcel].sorted())
        #expect(Self.take(company) == 0, "it is never published")

        // After: committed, and not renamed.
        try FileManager.default.moveItem(
            at: letters.appending(path: parcel), to: letters.appending(path: ".\(parcel)"))
        #expect(Self.take(company) == 3)
        #expect(try company.names(in: "letters").contains(parcel))
        #expect(try Self.dispatches(company).count { $0.hasSuffix("sent delivered") } == 3)

        // In a day nobody is at work on it any more.
        try FileManager.default.setAttributes(
            [.modificationDate: company.now - 200_000],
            ofItemAtPath: letters.appending(path: stale).path())
        #expect(Self.take(company) == 0)
        #expect(try company.names(in: "letters") == [parcel])
        #expect(try company.broken() == [])
    }

    @Test func `PDF attachments are enclosed, and what can't be printed is a fault`() throws {
        let company = try Self.company()
        #expect(Self.take(company) == 3)
        let parcel = try #require(try company.names(in: "letters").first)
        let pdf = try #require(try company.names(in: "letters/\(parcel)").first)
        let place = company.folder.appending(path: "letters/\(parcel)/\(pdf)")
        let taken = try company.take(
            [
                "attachments.csv": """
                tenant_id,recurring_invoice,position,file,content_type
                1,A1,1,vilkår.pdf,application/pdf
                1,A2,1,notat.txt,text/plain

                """
            ],
            beside: ["notat.txt": Data("notat".utf8), "vilkår.pdf": try Data(contentsOf: place)])
        #expect(taken.isDone, "\(taken)")
        company.generate(on: "2026-12-24")
        #expect(
            try Self.dispatches(company).contains("A2 email failed unknown attachment_unreadable"))
        #expect(Self.take(company) == 2)
        let next = try #require(try company.names(in: "letters").first { $0 != parcel })
        let files = try company.names(in: "letters/\(next)")
        #expect(files.count { $0.hasSuffix("_2.pdf") } == 1 && files.count == 4, "\(files)")
        #expect(try Self.text(company, "letters/\(next)/addresses.csv").contains("_2.pdf\r\n"))
    }

    @Test func `what may have been handed over before a restore waits for a person`() throws {
        let company = try Self.company()
        try company.connection.run(
            script: "UPDATE sender_mark SET counter = counter - 1, marked_at = marked_at")
        let refused = company.takeOutbox(.print, into: "letters")
        #expect(refused.exit == .configuration, "\(refused)")
        let recovered = company.recover(reason: "prøve")
        #expect(recovered.isDone, "\(recovered)")
        #expect(Self.take(company) == 0)
        #expect(try Self.dispatches(company)[0] == "A1 print in_doubt unknown in_doubt")
        let id = try company.lines(
            "SELECT dispatch_id::text AS line FROM dispatch WHERE state = 'in_doubt'")[0]
        #expect(company.answerOutbox(id).isDone)
        #expect(try company.broken() == [])
    }
}
