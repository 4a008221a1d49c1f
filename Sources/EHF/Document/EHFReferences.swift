import FoundationEssentials
import Invoicing

/// Writes references and supporting documents: BT-11 to BT-18, BG-3 and BG-24.
struct EHFReferences {
    private let invoice: Invoice
    private let files: [Attachment]

    init(_ invoice: Invoice, files: [Attachment]) {
        self.invoice = invoice
        self.files = files
    }

    /// The two schemas have the same references in a different order, and only the invoice's has
    /// one for projects.
    var elements: [EHFElement?] {
        let references = invoice.references
        let order = EHFElement.group(
            "OrderReference",
            [
                .value("ID", references.purchaseOrder ?? references.salesOrder.map { _ in "NA" }),
                .value("SalesOrderID", references.salesOrder),
            ])
        let despatch = reference("DespatchDocumentReference", references.despatchAdvice)
        let receipt = reference("ReceiptDocumentReference", references.receivingAdvice)
        let tender = reference("OriginatorDocumentReference", references.tenderOrLot)
        let contract = reference("ContractDocumentReference", references.contract)
        let before = [order] + references.precedingInvoices.map(preceding) + [despatch, receipt]
        switch invoice.type {
        case .invoice:
            return before + [tender, contract, invoicedObject] + documents
                + [reference("ProjectReference", references.project)]
        case .creditNote:
            return before + [contract, invoicedObject, creditedProject] + documents + [tender]
        }
    }

    private func reference(_ name: String, _ id: String?) -> EHFElement? {
        .group(name, [.value("ID", id)])
    }

    private func preceding(_ preceding: PrecedingInvoice) -> EHFElement? {
        .group(
            "BillingReference",
            [
                .group(
                    "InvoiceDocumentReference",
                    [
                        .value("ID", preceding.number),
                        .value("IssueDate", preceding.issueDate?.description),
                    ])
            ])
    }

    private var invoicedObject: EHFElement? {
        Self.object("AdditionalDocumentReference", invoice.references.invoicedObject)
    }

    /// BT-18 and BT-128: the code 130 of UNTDID 1001, "invoicing data sheet", marks it as an object
    /// rather than a document.
    static func object(_ name: String, _ object: Identifier?) -> EHFElement? {
        guard let object, let id = EHFElement.identifier("ID", object) else { return nil }
        return .group(name, [id, .value("DocumentTypeCode", "130")])
    }

    /// BT-11 on a credit note: the code 50 of UNTDID 1001, "project".
    private var creditedProject: EHFElement? {
        guard let id = EHFElement.value("ID", invoice.references.project) else { return nil }
        return .group("AdditionalDocumentReference", [id, .value("DocumentTypeCode", "50")])
    }

    private var documents: [EHFElement?] {
        var files = files[...]
        return invoice.supportingDocuments.map { document in
            document.fileName == nil
                ? element(of: document, nil) : element(of: document, files.popFirst())
        }
    }

    private func element(of document: SupportingDocument, _ file: Attachment?) -> EHFElement? {
        .group(
            "AdditionalDocumentReference",
            [
                .value("ID", document.id),
                .value("DocumentDescription", document.description),
                .group(
                    "Attachment",
                    [
                        .value(
                            "EmbeddedDocumentBinaryObject",
                            file.map { Data($0.content).base64EncodedString() },
                            ("mimeCode", document.contentType), ("filename", document.fileName)),
                        .group("ExternalReference", [.value("URI", document.location)]),
                    ]),
            ])
    }
}

extension EHFElement {
    /// An identifier with its scheme.
    static func identifier(_ name: String, _ identifier: Identifier?) -> EHFElement? {
        .value(name, identifier?.value, ("schemeID", identifier?.scheme))
    }
}
