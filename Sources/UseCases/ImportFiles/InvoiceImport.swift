import Crypto
import Dispatching
import Documents
import FoundationEssentials
import Import
import Invoicing
import Postgres
import Runtime
import Store

/// Imports one invoice, and queues it for automatic dispatch.
struct InvoiceImport {
    let connection: Connection
    let context: RunContext
    let options: ImportFiles.Options

    func importFile(_ bytes: [UInt8], file: String) throws -> ImportFiles.Outcome {
        guard let tenantID = context.tenantID else {
            throw UsageError("--tenant: say whose invoices these are")
        }
        let imported = try UBLReader.read(bytes, file: file).get()
        let invoice = imported.invoice
        let imports = ImportedInvoices(connection)
        let identity = try imports.identity(of: invoice, tenantID: tenantID)
        if let known = try imports.known(identity) {
            guard known.isSame(as: invoice) else {
                throw fault(
                    file, invoice, "was imported before with other content",
                    "an invoice never changes: correct it by a credit note")
            }
            // How it goes out is not fixed: a person who names it anew can fix what failed.
            try imports.redirect(
                identity, recipient: options.recipient,
                planKey: options.planKey == nil ? nil : planKey(tenantID))
            return .knownInvoice
        }
        // A company's numbers identify one document each, whichever of its systems made it.
        guard try !imports.isMadeHere(identity) else {
            throw fault(
                file, invoice, "is the number of an invoice of the same seller that was made here",
                "begin the number series here after the other system's")
        }
        try insert(imported, identity)
        return .invoice(remarks: imported.remarks)
    }

    private func fault(
        _ file: String, _ invoice: Invoice, _ message: String, _ advice: String
    ) -> ImportFaults {
        ImportFaults([
            ImportFault(
                file: file, line: 1, column: "ID", value: invoice.number, message: message,
                advice: advice)
        ])
    }

    private func insert(
        _ imported: ImportedInvoice, _ identity: ImportedInvoices.Identity
    ) throws {
        let (tenantID, series) = (identity.tenantID, identity.series)
        let invoiceID = DispatchIdentity.invoice(
            tenantID: tenantID,
            origin: .document(
                series: series, imported.invoice.type, number: imported.invoice.number))
        let files = imported.embedded.map { attachment in
            (
                stored: StoredFile(
                    fileName: AttachmentName.sanitised(attachment.fileName),
                    contentType: Self.contentType(of: attachment),
                    sha256: Array(SHA256.hash(data: attachment.content)),
                    byteCount: attachment.content.count),
                content: attachment.content
            )
        }
        try Files(connection).insert(
            files.map {
                Files.New(tenantID: tenantID, sha256: $0.stored.sha256, content: $0.content)
            })
        try Invoices(connection).insert(
            [
                Invoices.New(
                    tenantID: tenantID, invoiceID: invoiceID, origin: .imported(series: series),
                    customerNumber: nil, createdBy: try userKey(tenantID),
                    planKey: try planKey(tenantID),
                    recipient: options.recipient ?? imported.recipientEmail,
                    invoice: imported.invoice, attachments: files.map(\.stored))
            ], now: context.clock.now)
        try ImportedInvoices(connection).insert(identity, invoiceID: invoiceID)
        if options.isDispatched {
            try Invoices(connection).queueAutomatic(tenantID: tenantID, invoiceID: invoiceID)
        }
    }

    private func userKey(_ tenantID: Int64) throws -> String {
        let users = try Users(connection).all([tenantID])
        if let named = options.userKey {
            guard users.contains(where: { $0.key == named }) else {
                throw UsageError("--user: tenant \(tenantID) has no user '\(named)'")
            }
            return named
        }
        guard users.count == 1 else {
            throw UsageError(
                "--user: tenant \(tenantID) has \(users.count) users; name who is told of failures")
        }
        return users[0].key
    }

    private func planKey(_ tenantID: Int64) throws -> String? {
        let plans = try SendPlans(connection).all([tenantID])[tenantID] ?? [:]
        if let named = options.planKey {
            guard plans[named] != nil else {
                throw UsageError("--send-plan: tenant \(tenantID) has no send plan '\(named)'")
            }
            return named
        }
        // It can't be chosen later, because an invoice never changes.
        guard plans.count <= 1 || !options.isDispatched else {
            throw UsageError(
                "--send-plan: tenant \(tenantID) has \(plans.count) send plans; name how it goes")
        }
        return plans.keys.first
    }

    private static let typesByExtension = [
        "csv": "text/csv", "pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg",
        "jpeg": "image/jpeg", "txt": "text/plain", "xml": "application/xml",
    ]

    /// The type that a file is sent as: the declared one if the content fits, else the one of its
    /// name.
    ///
    /// Other systems get one or the other wrong.
    private static func contentType(of attachment: Attachment) -> String {
        let suffix = attachment.fileName.split(separator: ".").last?.lowercased() ?? ""
        guard let named = typesByExtension[suffix], named != attachment.contentType,
            !isSound(attachment, as: attachment.contentType), isSound(attachment, as: named)
        else { return attachment.contentType }
        return named
    }

    private static func isSound(_ attachment: Attachment, as contentType: String) -> Bool {
        do {
            try AttachmentValidation.verify(
                attachment.content, fileName: attachment.fileName, contentType: contentType)
            return true
        } catch {
            return false
        }
    }
}
