import Crypto
import Documents
import Foundation
import Import
import Invoicing
import Postgres
import Store

/// Imports one set-up file: stages its rows, checks them as they will be stored, and writes them.
struct SetupImport {
    /// Larger attachments are rejected on import; the provider's limit is lower.
    static let attachmentBytesMax = 64_000_000

    let connection: Connection
    /// The folder that the file's references are relative to.
    let folder: String
    let file: String
    let table: SetupTable
    let logos: LogoDrawer

    /// Returns the number of rows and remarks on them; throws all faults at once.
    func importFile(_ bytes: [UInt8], tenantID: Int64?) throws -> ImportFiles.Outcome {
        let stage = try SetupStage.fill(table.target, connection) { stage in
            try SetupReader.read(bytes, file: file, table: table, tenantID: tenantID) { row in
                try stage((row.line, row.tenantID, row.values))
            }
        }
        var validator = RowValidator(file: file, table: table)
        try stage.merged {
            validator.validate(SetupRow(line: $0.line, tenantID: $0.tenantID, values: $0.values))
        }
        let faults =
            try validator.finish() + SetupLookups(stage: stage, file: file, table: table).faults()
        guard faults.isEmpty else {
            throw ImportFaults(faults.sorted { $0.line < $1.line })
        }
        do {
            try write(SetupWriter(stage))
        } catch let refusal as SetupRefusal {
            throw ImportFaults([
                table.fault(
                    constraint: refusal.error.constraint, message: refusal.error.message,
                    file: file, line: refusal.line)
            ])
        }
        return .rows(try stage.count(), remarks: validator.remarks)
    }

    private func write(_ writer: SetupWriter) throws {
        switch table {
        case .tenant: try writer.tenants()
        case .formTemplates:
            for logo in try writer.files(in: "logo") {
                let bytes = try referencedFile(logo.path, line: logo.line, column: "logo")
                try validate(logo: bytes, logo.path, line: logo.line, tenantID: logo.tenantID)
                try writer.keep(logo: bytes, line: logo.line)
            }
            try writer.forms()
        case .sendPlans: try writer.sendPlans()
        case .customerRecipients: try writer.parts(of: "customer")
        case .recurringInvoiceLines: try writer.parts(of: "recurring_invoice")
        case .attachments:
            try store(writer)
            try writer.parts(of: "recurring_invoice")
        case .users, .customers, .formSetup, .vatRates, .exchangeRates, .priceIndexValues,
            .recurringInvoices, .priceIndexClauses, .priceNotices:
            try writer.rows()
        }
    }

    /// Validates a logo by drawing it: one that can't be drawn is rejected on import.
    private func validate(logo bytes: [UInt8], _ path: String, line: Int, tenantID: Int64) throws {
        guard case .unusable(let fault) = try logos.outcome(of: bytes, tenantID: tenantID) else {
            return
        }
        throw ImportFaults([
            ImportFault(
                file: file, line: line, column: "logo", value: path,
                // The line adds its own full stop.
                message: "can't be a logo: \(LogoTexts.cause(of: fault, .en).dropLast())",
                advice: fault == .interrupted
                    ? "import the file again" : "save it anew as a plain PNG or JPEG")
        ])
    }

    private func store(_ writer: SetupWriter) throws {
        for attachment in try writer.files(in: "file") {
            let content = try referencedFile(attachment.path, line: attachment.line, column: "file")
            let stored = StoredFile(
                fileName: AttachmentName.sanitised((attachment.path as NSString).lastPathComponent),
                contentType: "", sha256: Array(SHA256.hash(data: content)),
                byteCount: content.count)
            try writer.keep(
                attachment: stored, content: content, tenantID: attachment.tenantID,
                line: attachment.line)
        }
    }

    /// A file that a row refers to: in the folder of the row's own file or below, and nowhere else.
    private func referencedFile(_ path: String, line: Int, column: String) throws -> [UInt8] {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard !parts.isEmpty, !parts.contains(".."), !parts.contains("") else {
            throw ImportFaults([
                ImportFault(
                    file: file, line: line, column: column, value: path,
                    message: "leads out of the folder", advice: "name a file beside this one")
            ])
        }
        do {
            return try FileBytes.read(path, below: folder, limit: Self.attachmentBytesMax)
        } catch let faults as ImportFaults {
            throw ImportFaults(
                faults.faults.map {
                    ImportFault(
                        file: file, line: line, column: column, value: path,
                        message: $0.message, advice: $0.advice)
                })
        }
    }
}

/// The checks of a set-up file that need the database: whether references exist, and whether values
/// may still change.
struct SetupLookups {
    let stage: SetupStage
    let file: String
    let table: SetupTable

    func faults() throws -> [ImportFault] {
        var faults = try dangling()
        switch table {
        case .tenant: faults += try zones() + series()
        case .priceNotices: faults += try notices()
        default: break
        }
        return faults
    }

    private func fault(
        _ finding: SetupStage.Finding, _ column: String, _ message: String, _ advice: String
    ) -> ImportFault {
        ImportFault(
            file: file, line: finding.line, column: column, value: finding.value,
            message: message, advice: advice)
    }

    private func dangling() throws -> [ImportFault] {
        try references.flatMap { column, reference in
            try stage.dangling(reference, column: column).map {
                fault(
                    $0, column, "is no \(reference.rawValue) that there is",
                    "import it first, or correct this")
            }
        }
    }

    private var references: [(String, SetupStage.Reference)] {
        switch table {
        case .tenant: []
        case .users, .customers, .formTemplates, .sendPlans, .vatRates, .exchangeRates,
            .priceIndexValues:
            [("tenant_id", .tenant)]
        case .customerRecipients: [("customer", .customer)]
        case .formSetup: [("form_template", .form)]
        case .recurringInvoices:
            [("customer", .customer), ("created_by", .user), ("send_plan", .sendPlan)]
        case .recurringInvoiceLines, .attachments, .priceIndexClauses:
            [("recurring_invoice", .agreement)]
        case .priceNotices: [("recurring_invoice", .priceIndexClause)]
        }
    }

    private func zones() throws -> [ImportFault] {
        let unknown = try stage.unknownZones()
        let names = unknown.isEmpty ? [] : try stage.zoneNames()
        return unknown.map { zone in
            let nearest = NearestName.of(zone.value, among: names).map { "; is \($0) meant?" } ?? ""
            return fault(
                zone, "time_zone", "is no time zone that PostgreSQL knows",
                "write it as Europe/Oslo\(nearest)")
        }
    }

    private func series() throws -> [ImportFault] {
        try stage.begunSeries().map {
            fault(
                $0, "first_invoice_number",
                "is not where the numbers began, which is \($0.instead): they have begun",
                "leave the cell empty, or write \($0.instead)")
        }
            + stage.passedSeries().map {
                fault(
                    $0, "first_invoice_number",
                    "is not above \($0.instead), a number of the same seller that was imported",
                    "begin the numbers here after the other system's")
            }
    }

    /// A notice for a day on which nothing is adjusted would never have an effect.
    private func notices() throws -> [ImportFault] {
        try stage.misdatedNotices().map {
            fault(
                $0, "adjusts_on", "is no month that the agreement's prices are adjusted in",
                "write a month \($0.instead), or correct adjust_month of its clause")
        }
    }
}

extension SetupTable {
    /// The table its rows are written to, with the column names.
    var target: SetupTarget {
        let names = columns.map(\.name)
        let keys = columns.filter(\.isKey).map(\.name)
        func table(_ name: String, _ renamed: [String: String] = [:]) -> SetupTarget {
            SetupTarget(name, columns: names, keys: keys, renamed: renamed)
        }
        let owner = ["recurring_invoice": "recurring_invoice_number"]
        return switch self {
        case .tenant: table("tenant")
        case .users: table("app_user")
        case .customers: table("customer", ["number": "customer_number"])
        case .customerRecipients: table("customer_recipient", ["customer": "customer_number"])
        case .formTemplates: .forms(columns: names, keys: keys)
        case .formSetup: table("form_setup", ["form_template": "form_key"])
        case .sendPlans: table("send_plan_step", ["key": "plan_key"])
        case .vatRates: table("vat_rate", ["code": "vat_code"])
        case .exchangeRates: table("exchange_rate", ["date": "rate_date"])
        case .priceIndexValues: table("price_index_value", ["index": "index_code"])
        case .priceIndexClauses:
            table("price_index_clause", owner.merging(["index": "index_code"]) { $1 })
        case .priceNotices: table("price_notice", owner)
        case .recurringInvoices:
            table(
                "recurring_invoice",
                [
                    "number": "recurring_invoice_number", "customer": "customer_number",
                    "send_plan": "plan_key",
                ])
        case .recurringInvoiceLines: table("recurring_invoice_line", owner)
        case .attachments: .attachments(columns: names, keys: keys)
        }
    }
}
