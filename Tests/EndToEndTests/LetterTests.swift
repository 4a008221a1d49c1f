import Foundation
import Postgres
import TestSupport
import Testing

/// The channel print: letters that a printing house fetches by the parcel, once.
struct LetterTests {
    /// Three agreements by print alone, and A4 that would go by EHF and goes as a letter.
    ///
    /// A2 has an address that a spreadsheet would run, and A3 has none.
    private static func company(_ more: [String: String] = [:]) throws -> TestInstallation {
        let installation = try TestInstallation(role: "budstikke_job")
        try installation.importCompany(recipients: (1...4).map { "ok-\($0)@kunde.test" })
        let changes = [
            "send_plans.csv": """
            tenant_id,key,position,name,channel
            1,epost,1,Brev,print
            1,begge,1,EHF eller brev,ehf
            1,begge,2,EHF eller brev,print

            """,
            "customers.csv": """
            tenant_id,number,name,email,street,postal_code,city,organisation_number
            1,1,"Kunde ""1"", AS",,Gata 1,0150,Oslo,
            1,2,=HYPERLINK(1),,+Gata 2,5003,@Bergen,
            1,3,Kunde 3 AS,,,,,974760673
            1,4,Kunde 4 AS,,Gata 4,5003,Bergen,

            """,
            "recurring_invoices.csv": """
            tenant_id,number,customer,created_by,send_plan,anchor_date,interval_unit
            1,A1,1,kari,epost,2026-11-01,month
            1,A2,2,kari,epost,2026-11-01,month
            1,A3,3,kari,epost,2026-11-01,month
            1,A4,4,kari,begge,2026-11-01,month

            """,
        ].merging(more) { $1 }
        for (name, text) in changes { _ = try installation.write(text, to: "print/\(name)") }
        let run = try installation.run(
            "budstikke", "import", installation.folder.appending(path: "print").path())
        #expect(run.exitCode == 0, "\(run.errors)")
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        return installation
    }

    private static func dispatches(_ installation: TestInstallation) throws -> [String] {
        try installation.lines(
            """
            SELECT concat_ws(' ', i.recurring_invoice_number, d.channel, d.state, d.delivery,
                d.reason) AS line
            FROM dispatch AS d
            JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            WHERE d.purpose = 'invoice' ORDER BY 1
            """)
    }

    private static func take(_ installation: TestInstallation, _ folder: URL) throws -> ProgramRun {
        try installation.run("budstikke", "outbox", "--channel", "print", "--take", folder.path())
    }

    private static func names(_ folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
    }

    private static let waiting = [
        "A1 print queued unknown", "A2 print queued unknown",
        "A3 email failed unknown postal_address_missing", "A4 print queued unknown",
    ]

    @Test func `letters are handed over once, with a list that a spreadsheet can open`() throws {
        let installation = try Self.company()
        #expect(try Self.dispatches(installation) == Self.waiting)
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)
        let folder = installation.folder.appending(path: "letters")
        #expect(try Self.take(installation, folder).output.contains("\"taken\":3"))
        let parcels = try Self.names(folder)
        #expect(parcels.count == 1 && parcels[0].hasPrefix("letters_"))
        let parcel = folder.appending(path: parcels[0])
        let list = try String(
            contentsOf: parcel.appending(path: "addresses.csv"), encoding: .utf8
        ).components(separatedBy: "\r\n")
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
            let name = String(line.prefix { $0 != "," })
            let pdf = try Data(contentsOf: parcel.appending(path: name))
            #expect(pdf.starts(with: Data("%PDF-".utf8)), "\(line)")
        }
        #expect(try Self.names(parcel).count == 4)
        let delivered = Self.waiting.map { $0.replacing("queued unknown", with: "sent delivered") }
        #expect(try Self.dispatches(installation) == delivered)
        #expect(try Self.take(installation, folder).output.contains("\"taken\":0"))
        #expect(try Self.names(folder) == parcels)
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)
        // Neither is anything of them the access point's, nor the provider's.
        let ehf = try installation.run("budstikke", "outbox", "--take", folder.path())
        #expect(ehf.output.contains("\"taken\":0"), "\(ehf.output)")
    }

    @Test func `a customer without an address is told of, and the mended one goes out`() throws {
        let installation = try Self.company()
        let mail = try installation.lines(
            """
            SELECT m.body_text AS line FROM dispatch_message AS m
            JOIN dispatch AS d ON d.tenant_id = m.tenant_id AND d.dispatch_id = m.dispatch_id
            WHERE d.purpose = 'fault_report'
            """)
        #expect(mail.count == 1 && mail[0].contains("mangler postadresse"), "\(mail)")
        let file = try installation.write(
            """
            tenant_id,number,name,street,postal_code,city,organisation_number
            1,3,Kunde 3 AS,Gata 3,5003,Bergen,974760673

            """, to: "mended/customers.csv")
        #expect(try installation.run("budstikke", "import", file).exitCode == 0)
        let again = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        #expect(again.output.contains("\"mended\":1"), "\(again.output)\(again.errors)")
        let number = try installation.lines(
            "SELECT number AS line FROM invoice WHERE recurring_invoice_number = 'A3'")[0]
        let resent = try installation.run(
            "budstikke", "resend", number, "--reason", "adresse lagt inn")
        #expect(resent.exitCode == 0, "\(resent.output)\(resent.errors)")
        #expect(try Self.dispatches(installation).contains("A3 print queued unknown"))
    }

    @Test func `a letter that comes back is a failure that somebody is told of`() throws {
        let installation = try Self.company()
        let folder = installation.folder.appending(path: "letters")
        _ = try Self.take(installation, folder)
        let id = try installation.lines(
            """
            SELECT d.dispatch_id::text AS line FROM dispatch AS d
            JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            WHERE i.recurring_invoice_number = 'A1'
            """)[0]
        let twice = try installation.run("budstikke", "outbox", "--delivered", id)
        #expect(twice.exitCode == 65, "a letter counts as delivered already")
        let back = try installation.run(
            "budstikke", "outbox", "--refused", id, "--reason", "ukjent på adressen")
        #expect(back.exitCode == 0, "\(back.errors)")
        #expect(try Self.dispatches(installation)[0] == "A1 print failed unknown letter_returned")
        #expect(try installation.run("budstikke", "todo").output.contains("ukjent på adressen"))
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)
        let resent = try installation.run("budstikke", "resend", id, "--reason", "ny adresse")
        #expect(resent.exitCode == 0, "\(resent.errors)")
        #expect(try Self.take(installation, folder).output.contains("\"taken\":1"))
    }

    @Test func `a kill after the commit is finished, and one before it is begun anew`() throws {
        let installation = try Self.company()
        let folder = installation.folder.appending(path: "letters")
        // Before: a parcel of one of the letters, of which nothing was committed.
        let id = try installation.lines("SELECT dispatch_id::text AS line FROM dispatch_outbox")[0]
        let stale = ".letters_\(UUID().uuidString.lowercased())"
        _ = try installation.write("%PDF-", to: "letters/\(stale)/1_\(id).pdf")
        _ = try installation.write("old", to: "letters/\(stale)/addresses.csv")
        #expect(try Self.take(installation, folder).output.contains("\"taken\":3"))
        let parcel = try #require(try Self.names(folder).first { !$0.hasPrefix(".") })
        #expect(try Self.names(folder) == [stale, parcel].sorted())
        #expect(
            try Self.take(installation, folder).output.contains("\"taken\":0"),
            "it is never published")

        // After: committed, and not renamed.
        try FileManager.default.moveItem(
            at: folder.appending(path: parcel), to: folder.appending(path: ".\(parcel)"))
        #expect(try Self.take(installation, folder).output.contains("\"taken\":3"))
        #expect(try Self.names(folder).contains(parcel))
        #expect(try Self.dispatches(installation).count { $0.hasSuffix("sent delivered") } == 3)

        // In a day nobody is at work on it any more.
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -200_000)],
            ofItemAtPath: folder.appending(path: stale).path())
        _ = try Self.take(installation, folder)
        #expect(try Self.names(folder) == [parcel])
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)
    }

    @Test func `PDF attachments are enclosed, and what can't be printed is a fault`() throws {
        let installation = try Self.company()
        let folder = installation.folder.appending(path: "letters")
        _ = try Self.take(installation, folder)
        let parcel = try #require(try Self.names(folder).first)
        let names = try Self.names(folder.appending(path: parcel))
        let source = folder.appending(path: parcel).appending(path: names[0])
        try FileManager.default.createDirectory(
            at: installation.folder.appending(path: "files"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: source, to: installation.folder.appending(path: "files/vilkår.pdf"))
        _ = try installation.write("notat", to: "files/notat.txt")
        let table = try installation.write(
            """
            tenant_id,recurring_invoice,position,file,content_type
            1,A1,1,vilkår.pdf,application/pdf
            1,A2,1,notat.txt,text/plain

            """, to: "files/attachments.csv")
        let run = try installation.run("budstikke", "import", table)
        #expect(run.exitCode == 0, "\(run.errors)")
        _ = try installation.run("generate-invoices", "--as-of", "2026-12-24")
        #expect(
            try Self.dispatches(installation).contains(
                "A2 email failed unknown attachment_unreadable"))
        #expect(try Self.take(installation, folder).output.contains("\"taken\":2"))
        let next = try #require(try Self.names(folder).first { $0 != parcel })
        let files = try Self.names(folder.appending(path: next))
        #expect(files.count { $0.hasSuffix("_2.pdf") } == 1 && files.count == 4, "\(files)")
        let list = try String(
            contentsOf: folder.appending(path: next).appending(path: "addresses.csv"),
            encoding: .utf8)
        #expect(list.contains("_2.pdf\r\n"))
    }

    @Test func `what may have been handed over before a restore waits for a person`() throws {
        let installation = try Self.company()
        let connection = try installation.database.connect()
        try connection.run(
            script: "UPDATE sender_mark SET counter = counter - 1, marked_at = marked_at")
        let refused = try Self.take(installation, installation.folder.appending(path: "letters"))
        #expect(refused.exitCode == 78, "\(refused.output)\(refused.errors)")
        let recovered = try installation.run("budstikke", "recover", "--reason", "prøve")
        #expect(recovered.exitCode == 0, "\(recovered.errors)")
        #expect(
            try Self.take(installation, installation.folder.appending(path: "letters")).exitCode
                == 0)
        #expect(try Self.dispatches(installation)[0] == "A1 print in_doubt unknown in_doubt")
        let id = try installation.lines(
            "SELECT dispatch_id::text AS line FROM dispatch WHERE state = 'in_doubt'")[0]
        #expect(try installation.run("budstikke", "outbox", "--delivered", id).exitCode == 0)
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)
    }
}
