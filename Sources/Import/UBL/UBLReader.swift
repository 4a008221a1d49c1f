import Invoicing

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
