import Crypto
import Documents
import Foundation
import Import
import Invoicing
import Postgres
import Store

/// Takes one set-up file in: read and laid out, looked at as it will stand, and written.
struct SetupImport {
    /// Larger attachments than this are refused at the door; the provider's limit is smaller.
    static let attachmentBytesMax = 64_000_000

    let connection: Connection
    /// Where the files stand that it names.
    let folder: String
    let file: String
    let table: SetupTable
    let logos: LogoDrawer

    /// The number of rows, and what should be known of them; throws every fault at once.
    func take(_ bytes: [UInt8], tenantID: Int64?) throws -> ImportFiles.Outcome {
        let stage = try SetupStage.fill(table.target, connection) { take in
            try SetupReader.read(bytes, file: file, table: table, tenantID: tenantID) { row in
                try take((row.line, row.tenantID, row.values))
            }
        }
        var judge = RowValidator(file: file, table: table)
        try stage.merged {
            judge.take(SetupRow(line: $0.line, tenantID: $0.tenantID, values: $0.values))
        }
        let faults =
            try judge.finish() + SetupLookups(stage: stage, file: file, table: table).faults()
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
        return .rows(try stage.count(), remarks: judge.remarks)
    }

    private func write(_ writer: SetupWriter) throws {
        switch table {
        case .tenant: try writer.tenants()
        case .formTemplates:
            for logo in try writer.files(in: "logo") {
                let bytes = try beside(logo.path, line: logo.line, column: "logo")
                try prove(logo: bytes, logo.path, line: logo.line, tenantID: logo.tenantID)
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

    /// A logo is proved by drawing it: what can't be drawn with is refused at the door.
    private func prove(logo bytes: [UInt8], _ path: String, line: Int, tenantID: Int64) throws {
        guard case .unusable(let fault) = try logos.outcome(of: bytes, tenantID: tenantID) else {
            return
        }
        throw ImportFaults([
            ImportFault(
                file: file, line: line, column: "logo", value: path,
                // Its full stop comes with the line.
                message: "can't be a logo: \(LogoTexts.cause(of: fault, .en).dropLast())",
                advice: fault == .interrupted
                    ? "import the file again" : "save it anew as a plain PNG or JPEG")
        ])
    }

    private func store(_ writer: SetupWriter) throws {
        for attachment in try writer.files(in: "file") {
            let content = try beside(attachment.path, line: attachment.line, column: "file")
            let stored = StoredFile(
                fileName: AttachmentName.sanitised((attachment.path as NSString).lastPathComponent),
                contentType: "", sha256: Array(SHA256.hash(data: content)),
                byteCount: content.count)
            try writer.keep(
                attachment: stored, content: content, tenantID: attachment.tenantID,
                line: attachment.line)
        }
    }

    /// A file that a row names: beside the file that the row is in, or below, and nowhere else.
    private func beside(_ path: String, line: Int, column: String) throws -> [UInt8] {
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
