package import Invoicing

/// Reads UBL 2.1 invoices and credit notes, those of EHF and Peppol BIS Billing 3.0 among them.
///
/// Any prefixes, any order of elements, comments and CDATA are read alike. What the invoice can't
/// hold is remarked on; what is missing, can't be read or doesn't add up is a fault, and all
/// faults are found at once. Hostile or foreign files are refused with one.
package enum UBLReader {
    /// The document, or every fault that stops it.
    ///
    /// The bytes are the file as it is; its name is for the faults.
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

/// An invoice or credit note as it was read from a UBL file, with the files embedded in it.
package struct ImportedInvoice: Hashable, Sendable {
    package var invoice: Invoice
    /// BT-125, in the order of those supporting documents that have a file name, under the names
    /// that the file gives: whoever keeps them makes those safe.
    package var embedded: [Attachment]
    /// The buyer's address for e-mail: its contact's (BT-58), else an endpoint of scheme `EM`.
    ///
    /// Not proved: a bad one is found when the dispatch is prechecked, and its user is told.
    package var recipientEmail: String?
    /// BT-24, which rules the file says it follows.
    package var customizationID: String?
    /// BT-23, the business process.
    package var profileID: String?
    /// What the file holds and the invoice does not: nothing is lost in silence.
    package var remarks: [ImportFault]
}

/// What is found wrong or left over while one UBL file is read.
///
/// A class, so that every part of the reading writes in the same list; it lives as long as one
/// reading.
final class UBLFindings {
    let file: String
    /// BT-5, which every amount but one is in.
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

    /// The prefix that the standard's own examples use, whatever prefix the file has.
    static func prefix(of namespace: String) -> String {
        switch namespace {
        case aggregate: "cac:"
        case basic: "cbc:"
        case invoice, creditNote, "": ""
        default: "other:"
        }
    }
}
