import Foundation
import Import
import Invoicing
import Logging
import Postgres
import Runtime
import Schema
import Store
import TestSupport
import Testing

@testable import UseCases

/// The same invoice, whichever way its seller is spelled, is one.
struct InvoiceIdentityTests {
    private static let endpoint = "<cbc:EndpointID schemeID=\"0192\">123456785</cbc:EndpointID>"
    private static let company = "<cbc:CompanyID schemeID=\"0192\">123456785</cbc:CompanyID>"
    private static let vat = "<cbc:CompanyID>NO123456785MVA</cbc:CompanyID>"

    private static func bench() throws -> ImportBench {
        let bench = try ImportBench()
        try bench.connection.insert(.tenant, ["organisation_number": "123456785"])
        try bench.connection.insert(.user)
        return bench
    }

    private static func take(_ bytes: [UInt8], _ bench: ImportBench) throws -> String {
        let take = InvoiceImport(
            connection: bench.connection,
            context: RunContext(settings: Settings(), log: Logger(label: "test"), tenantID: 1),
            options: ImportFiles.Options(
                userKey: nil, planKey: nil, recipient: nil, isDispatched: true))
        do {
            switch try bench.connection.transaction({ try take.importFile(bytes, file: "f.xml") }) {
            case .invoice: return "taken"
            case .knownInvoice: return "known"
            case .rows: return "rows"
            }
        } catch let faults as ImportFaults {
            return faults.faults.map(\.message).joined(separator: "; ")
        }
    }

    private static func queued(_ bench: ImportBench) throws -> Int? {
        try bench.connection.first("SELECT count(*) AS count FROM automatic_dispatch") {
            try $0["count"]
        }
    }

    @Test(
        arguments: [
            (endpoint, ""), (vat, "<cbc:CompanyID>123456785MVA</cbc:CompanyID>"),
            (vat, "<cbc:CompanyID>NO 123 456 785 MVA</cbc:CompanyID>"),
            (company, "<cbc:CompanyID>123 456 785</cbc:CompanyID>"),
            (company, "<cbc:CompanyID schemeID=\"9908\">NO123456785MVA</cbc:CompanyID>"),
            (company, ""), (endpoint, endpoint.replacing("0192", with: "9908")),
            (endpoint, "<cbc:EndpointID schemeID=\"0088\">7300010000018</cbc:EndpointID>"),
        ])
    func `a second spelling is known, and not queued again`(old: String, new: String) throws {
        let second = UBLFixture().bytes(replacing: old, with: new)
        for pair in [[UBLFixture().bytes(), second], [second, UBLFixture().bytes()]] {
            let bench = try Self.bench()
            #expect(try Self.take(pair[0], bench) == "taken")
            #expect(try Self.take(pair[1], bench) == "known")
            #expect(try Self.queued(bench) == 1)
        }
    }

    @Test func `a VAT number that is left out leaves the same seller`() throws {
        var fixture = UBLFixture()
        let bench = try Self.bench()
        #expect(try Self.take(fixture.bytes(), bench) == "taken")
        let before = fixture.parties
        fixture.parties = fixture.parties.replacing(
            #/<cac:PartyTaxScheme><cbc:CompanyID>NO.*?</cac:PartyTaxScheme>/#.dotMatchesNewlines(),
            with: "")
        #expect(fixture.parties != before)
        #expect(try Self.take(fixture.bytes(), bench) == "known")
    }

    @Test func `another year, kind or seller is another invoice`() throws {
        let bench = try Self.bench()
        #expect(try Self.take(UBLFixture().bytes(), bench) == "taken")
        let year = UBLFixture().bytes(replacing: "2026-", with: "2027-")
        #expect(try Self.take(year, bench) == "taken")
        let seller = UBLFixture().xml().replacing("123456785", with: "987654325")
        #expect(try Self.take(Array(seller.utf8), bench) == "taken")
        #expect(try Self.take(Array(UBLFixture().creditNote().utf8), bench) == "taken")
        let changed = UBLFixture().bytes(replacing: "Vinduspuss", with: "Vask")
        #expect(try Self.take(changed, bench).contains("other content"))
    }

    @Test func `two of one VAT group are two sellers`() throws {
        let bench = try Self.bench()
        #expect(try Self.take(UBLFixture().bytes(), bench) == "taken")
        let other = UBLFixture().xml().replacing(
            Self.company, with: Self.company.replacing("123456785", with: "987654325"))
        #expect(try Self.take(Array(other.utf8), bench) == "taken")
    }

    @Test(
        .enabled(if: ReferenceData.has("cases/ubl")),
        arguments: [
            ("02a-same-invoice", "02b-same-invoice-other-endpoint"),
            ("03a-norwegian", "03c-norwegian-without-endpoint"),
        ])
    func `the cases that were queued twice are queued once`(first: String, second: String) throws {
        let bench = try Self.bench()
        for (name, outcome) in [(first, "taken"), (second, "known")] {
            let file = try #require(ReferenceData.url("cases/ubl/\(name).xml"))
            #expect(try Self.take([UInt8](Data(contentsOf: file)), bench) == outcome)
        }
        #expect(try Self.queued(bench) == 1)
    }

    @Test func `an own series does not begin below numbers that were imported`() throws {
        let bench = try Self.bench()
        #expect(try Self.take(UBLFixture().bytes(), bench) == "taken")
        let take = { (number: Int) in
            try bench.take("name,first_invoice_number\nFjordvik,\(number)\n", "tenant.csv")
        }
        let faults = try take(10_042)
        #expect(faults.map(\.column) == ["first_invoice_number"])
        #expect(faults.first?.message.contains("10042") == true, "\(faults)")
        #expect(try bench.take("name\nFjordvik\n", "tenant.csv") == [])
        #expect(try NumberSeries(bench.connection).passed(tenants: [1]) == [1: 10_042])
        #expect(try take(10_043) == [])
        #expect(try NumberSeries(bench.connection).passed(tenants: [1]) == [:])
    }

    @Test func `the migration finds what is there twice, and sends nothing of it`() throws {
        let connection = try TestDatabase.empty().connect()
        let old = Migrator(connection, migrations: Migration.all.filter { $0.version < 21 })
        _ = try old.migrate()
        try connection.run(
            script: """
                INSERT INTO tenant (tenant_id, name) VALUES (1, 'A');
                INSERT INTO app_user (tenant_id, user_key, name, email) VALUES (1, 'k', 'K', 'k@a.test')
                """)
        let sellers = [
            #"{"name":"A","organisationNumber":{"value":"123456785","scheme":"0192"},"address":{"country":"NO"}}"#,
            #"{"name":"A","vatNumber":"NO 123456785 MVA","endpoint":{"value":"1"},"address":{}}"#,
            #"{"name":"A","organisationNumber":{"value":"987654325"},"address":{"country":"NO"}}"#,
        ]
        for (index, seller) in sellers.enumerated() {
            try connection.run(
                script: """
                    INSERT INTO invoice (tenant_id, invoice_id, document_type, series, number,
                        created_by, buyer_name, issue_date, currency, line_total, tax_exclusive,
                        vat_total, tax_inclusive, payable, content, created_at)
                    VALUES (1, '00000000-0000-0000-0000-00000000000\(index)', 'invoice',
                        'import:\(index)', '7', 'k', 'B', '2026-01-01', 'NOK', 1, 1, 0, 1, 1,
                        '{"seller":\(seller)}', timestamptz '2026-01-01' + interval '\(index) h');
                    INSERT INTO automatic_dispatch (tenant_id, invoice_id)
                    VALUES (1, '00000000-0000-0000-0000-00000000000\(index)')
                    """)
        }
        _ = try Migrator(connection).migrate()
        let doubles = try ImportedInvoices(connection).doubles(tenantID: nil, limit: 10)
        #expect(doubles.map { $0.invoiceID.uuidString.suffix(1) } == ["1"])
        #expect(doubles.map { $0.firstInvoiceID?.uuidString.suffix(1) } == ["0"])
        let queued = try connection.rows(
            "SELECT right(invoice_id::text, 1) AS line FROM automatic_dispatch ORDER BY 1"
        ) { try $0["line"] as String }
        #expect(queued == ["0", "2"])
    }
}
