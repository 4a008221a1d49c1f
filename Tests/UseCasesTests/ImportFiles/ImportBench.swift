import Foundation
import Import
import Logging
import Postgres
import Runtime
import Store
import TestSupport

@testable import UseCases

/// A database of one tenant, that files are imported into.
struct ImportBench {
    let database: TestDatabase
    let connection: Connection
    let folder: URL

    init() throws {
        database = try TestDatabase()
        connection = try database.connect()
        folder = FileManager.default.temporaryDirectory
            .appending(path: "budstikke-import-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// Imports one file as a whole, as the command does; all that is said of it is given back.
    func take(_ text: String, _ file: String, tenantID: Int64? = 1) throws -> [ImportFault] {
        guard let table = SetupReader.table(of: file) else { throw NoTable(file: file) }
        do {
            let outcome = try connection.transaction {
                try SetupImport(
                    connection: connection, folder: folder.path(), file: file, table: table,
                    logos: LogoDrawer(
                        connection,
                        context: RunContext(settings: Settings(), log: Logger(label: "test")))
                ).importFile(Array(text.utf8), tenantID: tenantID)
            }
            guard case .rows(_, let remarks) = outcome else { return [] }
            return remarks
        } catch let faults as ImportFaults {
            return faults.faults
        }
    }

    struct NoTable: Error { var file: String }

    /// A company with a row of each table, all of its cells stated and none as the default has it.
    static let company: [(table: SetupTable, row: [String: String])] = [
        (
            .tenant,
            [
                "name": "Fjordlys AS", "organisation_number": "987654325",
                "vat_registered": "false", "in_business_register": "true", "legal_form": "AS",
                "street": "Strandgata 1", "postal_code": "5003", "city": "Bergen",
                "country": "SE", "language": "nn", "time_zone": "Europe/Stockholm",
                "currency": "SEK", "account_number": "86011117947", "iban": "NO9386011117947",
                "bic": "DNBANOKK", "reply_to": "post@fjordlys.test", "due_days": "30",
                "kid_algorithm": "mod11", "kid_customer_digits": "4", "kid_invoice_digits": "8",
                "round_to_krone": "true", "catch_up_policy": "latest", "catch_up_max": "3",
                "in_doubt_policy": "resend", "first_invoice_number": "5000",
            ]
        ),
        (
            .users,
            [
                "user_key": "kari", "name": "Kari", "email": "kari@fjordlys.test",
                "language": "en",
            ]
        ),
        (
            .customers,
            [
                "number": "1", "name": "Kunde AS", "email": "ok@kunde.test",
                "organisation_number": "974760673", "street": "Gata 1", "postal_code": "5010",
                "city": "Oslo", "country": "DK", "language": "en", "due_days": "10",
                "buyer_reference": "best-1", "endpoint": "0192:974760673",
                "reverse_charge": "true", "copies": "a@kunde.test; b@kunde.test",
            ]
        ),
        (
            .customerRecipients,
            ["customer": "1", "email": "regnskap@byraa.test", "name": "Byrået AS"]
        ),
        (
            .formTemplates,
            [
                "key": "std", "name": "Standard", "document_type": "credit_note",
                "language": "en", "accent_colour": "#112233", "introduction": "Hei",
                "footer": "Takk", "columns": "description,quantity,amount",
                "hidden_blocks": "notes", "email_subject": "Faktura", "email_text": "Hei der",
            ]
        ),
        (.formSetup, ["document_type": "invoice", "form_template": "std"]),
        (
            .sendPlans,
            [
                "key": "e", "position": "1", "name": "E-post", "channel": "email",
                "retry_delays": "1h", "attach_ehf": "true",
            ]
        ),
        (
            .vatRates,
            [
                "code": "3", "valid_from": "2005-01-01", "category": "S", "rate": "25",
                "description": "Høy sats",
            ]
        ),
        (
            .exchangeRates,
            [
                "currency": "SEK", "date": "2026-11-23", "rate": "104.1", "units": "100",
                "source": "Norges Bank",
            ]
        ),
        (.priceIndexValues, ["index": "KPI", "month": "2026-10", "value": "137.7"]),
        (
            .recurringInvoices,
            [
                "number": "A1", "customer": "1", "created_by": "kari", "send_plan": "e",
                "anchor_date": "2026-01-01", "interval_unit": "month", "interval_count": "3",
                "preparation_days": "5", "end_date": "2030-12-31", "count_max": "40",
                "paused_from": "2027-01-01", "paused_until": "2027-03-31",
                "catch_up_policy": "ask", "price_factor": "1.5", "due_days": "20",
                "our_reference": "Kari", "your_reference": "Per", "purchase_order": "PO1",
                "introduction": "Avtale", "automatic_dispatch": "false",
                "start_date": "2026-02-10", "first_period": "days", "last_period": "days",
                "currency": "EUR",
            ]
        ),
        (
            .recurringInvoiceLines,
            [
                "recurring_invoice": "A1", "line_number": "1", "description": "Leie",
                "quantity": "2", "unit": "MON", "unit_price": "100.5",
                "discount_percent": "10", "vat_code": "3",
            ]
        ),
        (
            .priceIndexClauses,
            [
                "recurring_invoice": "A1", "index": "KPI", "base_month": "2024-10",
                "base_value": "135", "adjust_month": "1", "share_percent": "80",
                "cap_percent": "5", "floor_percent": "1", "notice_days": "60",
            ]
        ),
        (
            .priceNotices,
            ["recurring_invoice": "A1", "adjusts_on": "2027-01", "sent_on": "2026-11-24"]
        ),
    ]

    /// One row as CSV; those of its columns that are not named are left out.
    static func csv(_ row: [String: String], _ names: [String]? = nil) -> String {
        let names = (names ?? Array(row.keys)).sorted()
        let cells = names.map { "\"\(row[$0] ?? "")\"" }
        return "\(names.joined(separator: ","))\n\(cells.joined(separator: ","))\n"
    }

    /// One row as JSON Lines.
    static func json(_ row: [String: String?]) -> String {
        let members = row.sorted { $0.key < $1.key }.map { name, value in
            "\"\(name)\":\(value.map { "\"\($0)\"" } ?? "null")"
        }
        return "{\(members.joined(separator: ","))}\n"
    }

    /// Imports all of the company, or what comes before one table.
    func importCompany(before last: SetupTable? = nil) throws -> [ImportFault] {
        var faults: [ImportFault] = []
        for (table, row) in Self.company {
            if table == last { break }
            faults += try take(Self.csv(row), "\(table.rawValue).csv")
        }
        return faults.filter { $0.column != "kid_algorithm" }
    }

    /// What stands in the tables that a kind of file is written in.
    func contents(of table: SetupTable) throws -> [String] {
        let beside = [SetupTable.tenant: ["number_series"], .sendPlans: ["send_plan"]]
        let tables = [SetupTableNames(table).written] + (beside[table] ?? [])
        return try tables.flatMap { name in
            try connection.rows(
                Query(
                    stringLiteral: "SELECT to_jsonb(t)::text AS line FROM \(name) AS t ORDER BY 1")
            ) { try $0["line"] as String }
        }
    }
}
