import Crypto
import Documents
import Foundation
import Import
import Invoicing
import Postgres
import Store

/// Takes one set-up file in: read, checked, its references looked up, and written.
struct SetupImport {
    /// Larger attachments than this are refused at the door; the provider's limit is smaller.
    static let attachmentBytesMax = 64_000_000

    let connection: Connection
    /// Where the files stand that it names.
    let folder: String
    let logos: LogoDrawer

    /// The number of rows; throws every fault at once.
    func take(
        _ bytes: [UInt8], file: String, table: SetupTable, tenantID: Int64?
    ) throws -> Int {
        let rows = try SetupReader.read(bytes, file: file, table: table, tenantID: tenantID).get()
        guard !rows.isEmpty else { return 0 }
        try checkReferences(rows, file: file, table: table)
        if table == .priceNotices { try checkNotices(rows, file: file) }
        if table == .tenant { try checkFirstNumbers(rows, file: file) }
        try write(rows, file: file, table: table)
        return rows.count
    }

    private func columns(_ rows: [SetupRow], _ table: SetupTable) -> SetupWriter.Columns {
        var values: [String: [String?]] = [:]
        for column in table.columns { values[column.name] = rows.map { $0[column.name] } }
        return SetupWriter.Columns(tenants: rows.map(\.tenantID), values: values)
    }

    private func write(_ rows: [SetupRow], file: String, table: SetupTable) throws {
        let writer = SetupWriter(connection)
        let columns = columns(rows, table)
        switch table {
        case .tenant: try writer.tenants(columns)
        case .users: try writer.users(columns)
        case .customers: try writer.customers(columns)
        case .formTemplates:
            try writer.formTemplates(
                columns,
                logos: rows.map { row in
                    try row["logo"].map { try logo($0, row, file: file) }
                })
        case .formSetup: try writer.formSetup(columns)
        case .sendPlans: try writer.sendPlans(columns)
        case .vatRates: try writer.vatRates(columns)
        case .exchangeRates: try writer.exchangeRates(columns)
        case .priceIndexValues: try writer.priceIndexValues(columns)
        case .priceIndexClauses: try writer.priceIndexClauses(columns)
        case .priceNotices: try writer.priceNotices(columns)
        case .recurringInvoices: try writer.recurringInvoices(columns)
        case .recurringInvoiceLines: try writer.recurringInvoiceLines(columns)
        case .attachments:
            try writer.attachments(columns, files: try store(rows, file: file))
        }
    }

    private func store(_ rows: [SetupRow], file: String) throws -> [StoredFile] {
        try rows.map { row in
            let path = row["file"] ?? ""
            let content = try beside(path, row, file: file, column: "file")
            let stored = StoredFile(
                fileName: AttachmentName.sanitised((path as NSString).lastPathComponent),
                contentType: row["content_type"] ?? "application/octet-stream",
                sha256: Array(SHA256.hash(data: content)), byteCount: content.count)
            try Files(connection).insert([
                Files.New(tenantID: row.tenantID, sha256: stored.sha256, content: content)
            ])
            return stored
        }
    }

    /// A file that a row names: beside the file that the row is in, or below, and nowhere else.
    private func beside(
        _ path: String, _ row: SetupRow, file: String, column: String
    ) throws -> [UInt8] {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard !parts.isEmpty, !parts.contains(".."), !parts.contains("") else {
            throw ImportFaults([
                ImportFault(
                    file: file, line: row.line, column: column, value: path,
                    message: "leads out of the folder", advice: "name a file beside this one")
            ])
        }
        do {
            return try FileBytes.read(path, below: folder, limit: Self.attachmentBytesMax)
        } catch let faults as ImportFaults {
            throw ImportFaults(
                faults.faults.map {
                    ImportFault(
                        file: file, line: row.line, column: column, value: path,
                        message: $0.message, advice: $0.advice)
                })
        }
    }

    /// A logo's bytes, proved by drawing it: what can't be drawn with is refused at the door.
    private func logo(_ path: String, _ row: SetupRow, file: String) throws -> [UInt8] {
        let content = try beside(path, row, file: file, column: "logo")
        guard case .unusable(let fault) = try logos.outcome(of: content, tenantID: row.tenantID)
        else { return content }
        throw ImportFaults([
            ImportFault(
                file: file, line: row.line, column: "logo", value: path,
                // Its full stop comes with the line.
                message: "can't be a logo: \(LogoTexts.cause(of: fault, .en).dropLast())",
                advice: fault == .interrupted
                    ? "import the file again" : "save it anew as a plain PNG or JPEG")
        ])
    }

    private func checkReferences(
        _ rows: [SetupRow], file: String, table: SetupTable
    ) throws {
        var faults: [ImportFault] = []
        for (column, reference) in references(of: table) {
            // Tenant 0, where a table has it, is no tenant: its rows are for all.
            let rows = rows.filter { $0.tenantID != 0 }
            let dangling = try SetupWriter(connection).dangling(
                reference, tenants: rows.map(\.tenantID), keys: rows.map { $0[column] })
            faults += dangling.map { position in
                ImportFault(
                    file: file, line: rows[position].line, column: column,
                    value: rows[position][column] ?? "\(rows[position].tenantID)",
                    message: "is no \(reference.rawValue) that there is",
                    advice: "import it first, or correct this")
            }
        }
        guard faults.isEmpty else { throw ImportFaults(faults) }
    }

    /// A notice of a day on which nothing is adjusted would never have an effect.
    private func checkNotices(_ rows: [SetupRow], file: String) throws {
        let misdated = try SetupWriter(connection).misdatedNotices(
            tenants: rows.map(\.tenantID), agreements: rows.map { $0["recurring_invoice"] },
            adjustsOn: rows.map { $0["adjusts_on"] })
        guard !misdated.isEmpty else { return }
        throw ImportFaults(
            misdated.map { position, month in
                ImportFault(
                    file: file, line: rows[position].line, column: "adjusts_on",
                    value: rows[position]["adjusts_on"] ?? "",
                    message: "is no month that the agreement's prices are adjusted in",
                    advice: "write a month \(month), or correct adjust_month of its clause")
            })
    }

    /// A series that has begun is never moved (bokføringsforskriften § 5-1-3).
    private func checkFirstNumbers(_ rows: [SetupRow], file: String) throws {
        let late = try SetupWriter(connection).lateFirstNumbers(
            tenants: rows.map(\.tenantID), firsts: rows.map { $0["first_invoice_number"] })
        guard !late.isEmpty else { return }
        throw ImportFaults(
            late.map { position, first, next in
                ImportFault(
                    file: file, line: rows[position].line, column: "first_invoice_number",
                    value: rows[position]["first_invoice_number"] ?? "",
                    message: "comes too late: the numbers began with \(first) and have come to"
                        + " \(next)",
                    advice: "write \(first), or leave it out")
            })
    }

    private func references(of table: SetupTable) -> [(String, SetupWriter.Reference)] {
        switch table {
        case .tenant: []
        case .users, .customers, .formTemplates, .sendPlans, .vatRates: [("tenant_id", .tenant)]
        case .formSetup: [("form_template", .form)]
        case .recurringInvoices:
            [("customer", .customer), ("created_by", .user), ("send_plan", .sendPlan)]
        case .exchangeRates, .priceIndexValues: [("tenant_id", .tenant)]
        case .recurringInvoiceLines, .attachments, .priceIndexClauses:
            [("recurring_invoice", .agreement)]
        case .priceNotices: [("recurring_invoice", .priceIndexClause)]
        }
    }
}
