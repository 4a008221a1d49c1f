import FoundationEssentials
package import Invoicing

/// Writes invoices and credit notes as EHF: Peppol BIS Billing 3.0 in UBL 2.1.
///
/// The same invoice gives the same bytes. Elements stand in the order of the UBL 2.1 schema; what
/// EN 16931 has no term for, as a buyer's legal form, is left out. Whether the receiver's
/// validator takes the document is for `EHFRules` to say beforehand.
package enum EHFDocument {
    /// BT-24 and BT-23.
    package static let customization =
        "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
    package static let profile = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"

    /// The document, completed as by `completedForEHF`.
    ///
    /// The files are the bytes of those supporting documents that have a file name, in their
    /// order; one that is not given is referred to by its id and description only.
    package static func bytes(of invoice: Invoice, embedded files: [Attachment] = []) -> [UInt8] {
        let invoice = invoice.completedForEHF
        let name = invoice.type == .invoice ? "Invoice" : "CreditNote"
        return EHFElement.document(
            name, namespaces: namespaces(name),
            head(invoice) + EHFReferences(invoice, files: files).elements
                + EHFParties.elements(of: invoice) + EHFPayment.elements(of: invoice)
                + EHFSums.elements(of: invoice) + EHFLines.elements(of: invoice))
    }

    private static let schema = "urn:oasis:names:specification:ubl:schema:xsd:"

    private static func namespaces(_ name: String) -> [(name: String, value: String)] {
        [
            ("xmlns", schema + name + "-2"),
            ("xmlns:cac", schema + "CommonAggregateComponents-2"),
            ("xmlns:cbc", schema + "CommonBasicComponents-2"),
        ]
    }

    private static func head(_ invoice: Invoice) -> [EHFElement?] {
        let shared: [EHFElement?] = [
            .value("CustomizationID", customization), .value("ProfileID", profile),
            .value("ID", invoice.number), .value("IssueDate", invoice.issueDate.description),
        ]
        let taxPoint = EHFElement.value("TaxPointDate", invoice.taxPointDate?.description)
        let notes = invoice.notes.map { EHFElement.value("Note", $0) }
        let typed: [EHFElement?] =
            switch invoice.type {
            case .invoice:
                [
                    .value("DueDate", invoice.dueDate?.description),
                    .value("InvoiceTypeCode", invoice.typeCode ?? "380"),
                ] + notes + [taxPoint]
            case .creditNote:
                [taxPoint, .value("CreditNoteTypeCode", invoice.typeCode ?? "381")] + notes
            }
        let tail: [EHFElement?] = [
            .value("DocumentCurrencyCode", invoice.currency.rawValue),
            .value("TaxCurrencyCode", invoice.taxCurrency?.rawValue),
            .value("AccountingCost", invoice.references.accountingCost),
            .value("BuyerReference", invoice.references.buyerReference),
            period(invoice.period, invoice.openPeriod, code: invoice.taxPointCode),
        ]
        return shared + typed + tail
    }

    /// BG-14 or BG-26.
    static func period(_ closed: DatePeriod?, _ open: OpenPeriod?, code: String? = nil)
        -> EHFElement?
    {
        var (start, end) = (closed?.start, closed?.end)
        switch open {
        case .from(let day)?: start = start ?? day
        case .until(let day)?: end = end ?? day
        case nil: break
        }
        return .group(
            "InvoicePeriod",
            [
                .value("StartDate", start?.description), .value("EndDate", end?.description),
                .value("DescriptionCode", code),
            ])
    }
}
