import Invoicing
import Wire

/// Reads references and supporting documents: BT-10 to BT-19, BG-3 and BG-24.
struct UBLReferenceReader {
    let type: DocumentType
    private(set) var references = References()
    private(set) var documents: [SupportingDocument] = []
    private(set) var embedded: [Attachment] = []

    /// The code 130 of UNTDID 1001, "invoicing data sheet", marks BT-18 rather than a document.
    private static let invoicedObjectCode = "130"
    /// The code 50 of UNTDID 1001, "project", marks BT-11 in a credit note, which has no element
    /// for it.
    private static let projectCode = "50"

    init(_ document: UBLElement, type: DocumentType) {
        self.type = type
        let order = document.element("OrderReference")
        references = References(
            buyerReference: document.text("BuyerReference"),
            purchaseOrder: order.flatMap(purchaseOrder),
            salesOrder: order?.text("SalesOrderID"),
            contract: document.element("ContractDocumentReference")?.text("ID"),
            project: document.element("ProjectReference")?.text("ID"),
            despatchAdvice: document.element("DespatchDocumentReference")?.text("ID"),
            receivingAdvice: document.element("ReceiptDocumentReference")?.text("ID"),
            tenderOrLot: document.element("OriginatorDocumentReference")?.text("ID"),
            accountingCost: document.text("AccountingCost"),
            precedingInvoices: document.elements("BillingReference").compactMap(preceding))
        for reference in document.elements("AdditionalDocumentReference") { read(reference) }
    }

    /// BT-13; Peppol has `NA` in its place where there is only a sales order.
    private func purchaseOrder(_ order: UBLElement) -> String? {
        let id = order.text("ID")
        return id == "NA" && order.text("SalesOrderID") != nil ? nil : id
    }

    private func preceding(_ reference: UBLElement) -> PrecedingInvoice? {
        guard let invoice = reference.element("InvoiceDocumentReference") else { return nil }
        return PrecedingInvoice(
            number: invoice.requiredText("ID", "BT-25"), issueDate: invoice.date("IssueDate"))
    }

    private mutating func read(_ reference: UBLElement) {
        switch reference.text("DocumentTypeCode") {
        case Self.invoicedObjectCode:
            references.invoicedObject = reference.identifier("ID")
        case Self.projectCode where type == .creditNote:
            references.project = reference.text("ID")
        default:
            readDocument(reference)
        }
    }

    private mutating func readDocument(_ reference: UBLElement) {
        var document = SupportingDocument(
            id: reference.requiredText("ID", "BT-122"),
            description: reference.text("DocumentDescription"),
            location: reference.element("Attachment", "ExternalReference")?.text("URI"))
        let object = reference.element("Attachment")?.component("EmbeddedDocumentBinaryObject")
        if let object, let content = content(of: object) {
            document.fileName = object.attribute("filename") ?? document.id
            document.contentType = object.attribute("mimeCode") ?? "application/octet-stream"
            embedded.append(
                Attachment(
                    fileName: document.fileName ?? "",
                    contentType: document.contentType ?? "", content: content))
        }
        documents.append(document)
    }

    private func content(of object: UBLElement) -> [UInt8]? {
        guard let content = Base64.strictlyDecoded(object.node.text.utf8), !content.isEmpty else {
            object.findings.fault(
                object, "is an embedded file that is empty or no base64",
                advice: "Embed the file anew, or take it out and send it as an attachment")
            return nil
        }
        return content
    }
}
