package import Invoicing

/// Parses UBL 2.1 invoices and credit notes, including those of EHF and Peppol BIS Billing 3.0.
///
/// Any prefixes, order of elements, comments and CDATA are accepted. What an `Invoice` can't hold
/// results in a remark; what is missing, invalid or inconsistent is a fault, and all faults are
/// found at once. Hostile or foreign files are rejected with one.
package enum UBLReader {
    /// The document, or every fault that prevents its import.
    ///
    /// The bytes are the complete file; its name is for the faults.
    package static func read(_ bytes: [UInt8], file: String)
        -> Result<ImportedInvoice, ImportFaults>
    {
        do {
            let root = try XMLReader.read(bytes, longTextName: "EmbeddedDocumentBinaryObject")
            let type = try documentType(of: root)
            let findings = UBLFindings(file: file)
            let reading = UBLDocumentReader(UBLElement(root, findings), type: type).read()
            guard findings.faults.isEmpty else {
                return .failure(ImportFaults(findings.faults))
            }
            return .success(reading)
        } catch {
            return .failure(ImportFaults([ImportFault(error, file: file)]))
        }
    }

    private static func documentType(of root: XMLNode) throws(TextFault) -> DocumentType {
        switch (root.namespace, root.name) {
        case (UBLNamespace.invoice, "Invoice"): return .invoice
        case (UBLNamespace.creditNote, "CreditNote"): return .creditNote
        default:
            let name = ImportFault.excerpt(of: root.name)
            throw TextFault(
                line: root.line,
                message: "is another document (\(name)), not a UBL Invoice or CreditNote",
                advice: "Import invoices as UBL 2.1, EHF or Peppol BIS Billing 3.0")
        }
    }
}

/// An invoice or credit note as read from a UBL file, with its embedded files.
package struct ImportedInvoice: Hashable, Sendable {
    package var invoice: Invoice
    /// BT-125, in the order of those supporting documents that have a file name, with the names in
    /// the file: whoever stores them makes the names safe.
    package var embedded: [Attachment]
    /// The buyer's e-mail address: its contact's (BT-58), else an endpoint of scheme `EM`; nil
    /// where there is neither.
    ///
    /// Not validated: an invalid one is found by the prechecks of its dispatch, and reported to the
    /// user.
    package var recipientEmail: String?
    /// BT-24, the specification that the file claims to follow; nil where it states none.
    package var customizationID: String?
    /// BT-23, the business process; nil where it states none.
    package var profileID: String?
    /// What the file contains and the invoice does not: nothing is dropped silently.
    package var remarks: [ImportFault]
}

/// The faults and remarks found while one UBL file is read.
///
/// A class, so that all readers add to the same lists; it exists as long as one import.
final class UBLFindings {
    let file: String
    /// BT-5, the currency of every amount except BT-111.
    var currency = ""
    private(set) var faults: [ImportFault] = []
    private(set) var remarks: [ImportFault] = []

    /// More than a person would read; a file with more is wrong as a whole.
    static let countMax = 200

    init(file: String) {
        self.file = file
    }

    func fault(_ element: UBLElement, value: String = "", _ message: String, advice: String) {
        guard faults.count < Self.countMax else { return }
        faults.append(finding(element, value, message, advice))
    }

    func remark(_ element: UBLElement, value: String = "", _ message: String, advice: String) {
        guard remarks.count < Self.countMax else { return }
        remarks.append(finding(element, value, message, advice))
    }

    private func finding(
        _ element: UBLElement, _ value: String, _ message: String, _ advice: String
    ) -> ImportFault {
        ImportFault(
            file: file, line: element.line, column: element.path, value: value,
            message: message, advice: advice)
    }
}

/// The namespaces of UBL 2.1, OASIS Standard of 4 November 2013.
enum UBLNamespace {
    private static let stem = "urn:oasis:names:specification:ubl:schema:xsd:"
    static let invoice = stem + "Invoice-2"
    static let creditNote = stem + "CreditNote-2"
    static let aggregate = stem + "CommonAggregateComponents-2"
    static let basic = stem + "CommonBasicComponents-2"

    /// The prefix used in the standard's own examples, whatever the file's.
    static func prefix(of namespace: String) -> String {
        switch namespace {
        case aggregate: "cac:"
        case basic: "cbc:"
        case invoice, creditNote, "": ""
        default: "other:"
        }
    }
}
