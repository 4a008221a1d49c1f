import EHF
import Crypto
import Dispatching
import Documents
import Invoicing
import Store

/// The EHF of a dispatch whose send plan asks for one, with the e-mail or on its own.
///
/// On its own it embeds the other files; with an e-mail they are attached separately.
struct EHFDraft {
    let file: StoredFile
    /// The content; nil where it is already stored.
    let content: [UInt8]?
    let violations: [EHFViolation]
    /// Whether it is the document that is sent, which a resend repeats unchanged.
    let isWhole: Bool

    /// Whether its receiver will accept it.
    var isSound: Bool { refusals.isEmpty }

    /// Why its receiver would reject it.
    var refusals: [Trilingual] {
        violations.filter { !$0.isWarning }.map(\.words)
    }

    /// Nil where the plan asks for no EHF.
    init?(_ subject: DispatchSubject) throws {
        guard let step = subject.step, step.channel == .ehf || step.attachesEHF else {
            return nil
        }
        let name = AttachmentName.document(
            subject.invoice.type, number: subject.invoice.number, language: subject.language,
            suffix: "xml")
        isWhole = step.channel == .ehf
        // What was sent once is sent again unchanged, and was checked then.
        if isWhole, var stored = subject.ehf {
            stored.fileName = name
            (file, content, violations) = (stored, nil, [])
            return
        }
        let embedded = isWhole ? subject.attachments : []
        let invoice = Self.invoice(subject.invoice, with: embedded)
        let bytes = EHFDocument.bytes(
            of: invoice,
            embedded: try embedded.map { file in
                Attachment(
                    fileName: file.fileName, contentType: file.contentType,
                    content: try subject.content(file) ?? [])
            })
        file = StoredFile(
            fileName: name, contentType: "application/xml",
            sha256: Array(SHA256.hash(data: bytes)), byteCount: bytes.count)
        content = bytes
        violations = EHFRules.violations(in: invoice)
    }

    /// The form that access points use: `0192:987654325`.
    static func address(_ receiver: Identifier) -> String {
        "\(receiver.scheme ?? ""):\(receiver.value)"
    }

    /// The agreement's attachments are listed like those that came with the invoice.
    private static func invoice(_ invoice: Invoice, with files: [StoredFile]) -> Invoice {
        var invoice = invoice
        let told = invoice.supportingDocuments.count { $0.fileName != nil }
        invoice.supportingDocuments += files.dropFirst(told).map { file in
            SupportingDocument(
                id: file.fileName, fileName: file.fileName, contentType: file.contentType)
        }
        return invoice
    }
}
