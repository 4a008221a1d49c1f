import Invoicing

/// Reads the header of a document, and assembles its parts.
struct UBLDocumentReader {
    private let document: UBLElement
    private let type: DocumentType
    private let findings: UBLFindings

    init(_ document: UBLElement, type: DocumentType) {
        self.document = document
        self.type = type
        findings = document.findings
    }

    func read() -> ImportedInvoice {
        // The version of UBL adds nothing to the namespace.
        _ = document.text("UBLVersionID")
        findings.currency = document.requiredText("DocumentCurrencyCode", "BT-5")
        let references = UBLReferenceReader(document, type: type)
        var invoice = head(references)
        readParties(into: &invoice)
        invoice.payment = UBLPaymentReader.payment(of: document)
        invoice.lines = UBLLineReader(type: type).lines(of: document)
        invoice.allowances = document.elements("AllowanceCharge").map {
            UBLVATReader.allowance($0, isOfDocument: true)
        }
        readSums(into: &invoice)
        let imported = ImportedInvoice(
            invoice: invoice, embedded: references.embedded,
            recipientEmail: recipientEmail(of: invoice.buyer),
            customizationID: document.text("CustomizationID"),
            profileID: document.text("ProfileID"), remarks: [])
        return remarked(imported)
    }

    private func head(_ references: UBLReferenceReader) -> Invoice {
        let period = document.element("InvoicePeriod")
        let (closed, open) = UBLPeriodReader.period(period)
        return Invoice(
            type: type, typeCode: typeCode(), number: document.requiredText("ID", "BT-1"),
            issueDate: requiredDate("IssueDate", "BT-2"), dueDate: dueDate(),
            taxPointDate: document.date("TaxPointDate"),
            taxPointCode: period?.text("DescriptionCode"), period: closed, openPeriod: open,
            currency: CurrencyCode(rawValue: findings.currency), seller: Party(name: ""),
            buyer: Party(name: ""),
            delivery: document.element("Delivery").map(UBLPartyReader.delivery),
            references: references.references, notes: document.texts("Note"), lines: [],
            vatBreakdown: [],
            totals: InvoiceTotals(
                lineTotal: .zero, taxExclusive: .zero, vatTotal: .zero, taxInclusive: .zero,
                payable: .zero),
            supportingDocuments: references.documents)
    }

    private func requiredDate(_ name: String, _ term: String) -> CivilDate {
        if document.text(name) == nil { document.faultMissing(name, term) }
        return document.date(name) ?? CivilDate(daysSinceEpoch: 0)
    }

    /// BT-9; credit notes, and older invoices, state it in the payment means.
    private func dueDate() -> CivilDate? {
        let means = document.elements("PaymentMeans").compactMap { $0.date("PaymentDueDate") }
        return document.date("DueDate") ?? means.first
    }

    /// UNTDID 1001: the codes only for invoices, and those only for credit notes (BR-CL-01).
    private static let invoiceCodes: Set = ["380", "383", "384", "386", "388", "389", "393"]
    private static let creditNoteCodes: Set = ["81", "83", "261", "262", "381", "396", "532"]

    /// BT-3 where it says more than the type of the document.
    ///
    /// A credit note's code on an invoice, or the reverse, would invert every sign.
    private func typeCode() -> String? {
        let name = type == .invoice ? "InvoiceTypeCode" : "CreditNoteTypeCode"
        let code = document.requiredText(name, "BT-3")
        let others = type == .invoice ? Self.creditNoteCodes : Self.invoiceCodes
        if others.contains(code) {
            findings.fault(
                document.component(name) ?? document, value: code,
                "is no code for \(type == .invoice ? "an Invoice" : "a CreditNote")",
                advice: "Use 380 in an Invoice and 381 in a CreditNote")
        }
        return code == (type == .invoice ? "380" : "381") || code.isEmpty ? nil : code
    }

    private func readParties(into invoice: inout Invoice) {
        invoice.seller = UBLPartyReader.trader(
            document.element("AccountingSupplierParty"), of: document,
            name: "AccountingSupplierParty")
        invoice.buyer = UBLPartyReader.trader(
            document.element("AccountingCustomerParty"), of: document,
            name: "AccountingCustomerParty")
        invoice.payee = document.element("PayeeParty").map(UBLPartyReader.party)
        invoice.taxRepresentative = document.element("TaxRepresentativeParty")
            .map(UBLPartyReader.party)
    }

    private func recipientEmail(of buyer: Party) -> String? {
        if let email = buyer.contact?.email { return email }
        guard let endpoint = buyer.endpoint, endpoint.scheme == "EM" else { return nil }
        return endpoint.value
    }

    private func remarked(_ imported: ImportedInvoice) -> ImportedInvoice {
        for node in document.node.unread
        where !node.children.isEmpty || !trimmed(node.text).isEmpty {
            findings.remark(
                UBLElement(node, findings), value: node.text, "is not taken over",
                advice: "Nothing needs to be done unless the recipient must have it")
        }
        var imported = imported
        imported.remarks = findings.remarks
        return imported
    }
}

extension UBLDocumentReader {
    /// Reads VAT and totals, and checks them where all of them could be read.
    private func readSums(into invoice: inout Invoice) {
        let taxTotals = document.elements("TaxTotal")
        let isMain = { (total: UBLElement) in
            total.component("TaxAmount")?.attribute("currencyID") == findings.currency
        }
        guard let main = taxTotals.first(where: isMain) ?? taxTotals.first else {
            return document.faultMissing("TaxTotal", "BT-110", isAggregate: true)
        }
        let vatTotal = main.requiredMoney("TaxAmount", "BT-110")
        invoice.vatBreakdown = main.elements("TaxSubtotal").map(UBLVATReader.subtotal)
        if invoice.vatBreakdown.isEmpty {
            main.faultMissing("TaxSubtotal", "BG-23", isAggregate: true)
        }
        readTaxCurrency(taxTotals.filter { $0.node !== main.node }, into: &invoice)
        guard let totals = document.element("LegalMonetaryTotal") else {
            return document.faultMissing("LegalMonetaryTotal", "BG-22", isAggregate: true)
        }
        invoice.totals = UBLVATReader.totals(totals, vat: vatTotal)
        guard findings.faults.isEmpty else { return }
        UBLSums(invoice: invoice, totals: totals, taxTotal: main).check()
    }

    private func readTaxCurrency(_ others: [UBLElement], into invoice: inout Invoice) {
        guard let currency = document.text("TaxCurrencyCode") else { return }
        invoice.taxCurrency = CurrencyCode(rawValue: currency)
        let amounts = others.compactMap { $0.component("TaxAmount") }
        guard let amount = amounts.first(where: { $0.attribute("currencyID") == currency }) else {
            return document.faultMissing("TaxTotal", "BT-111", isAggregate: true)
        }
        invoice.taxCurrencyVATTotal = amount.money
    }
}

/// Reads the payment instructions: BG-16 to BG-19 and BT-20.
enum UBLPaymentReader {
    /// UBL repeats the payment means for each account; those with the same code and reference are
    /// one.
    static func payment(of document: UBLElement) -> Payment {
        let means = document.elements("PaymentMeans").map(means)
        let terms = document.elements("PaymentTerms").flatMap { $0.texts("Note") }
        var payment = Payment(terms: terms.isEmpty ? nil : terms.joined(separator: "\n"))
        guard let first = means.first else { return payment }
        payment.meansCode = first.code
        payment.meansText = first.text
        payment.reference = first.reference
        for means in means {
            let isSame = means.code == first.code && means.reference == first.reference
            let fits =
                (payment.card == nil || means.card == nil)
                && (payment.mandate == nil || means.mandate == nil)
            guard isSame && fits else {
                payment.further.append(means)
                continue
            }
            if let account = means.account { payment.accounts.append(account) }
            payment.card = payment.card ?? means.card
            payment.mandate = payment.mandate ?? means.mandate
        }
        return payment
    }

    private static func means(_ element: UBLElement) -> PaymentMeans {
        PaymentMeans(
            code: element.requiredText("PaymentMeansCode", "BT-81"),
            text: element.component("PaymentMeansCode")?.attribute("name"),
            reference: element.text("PaymentID"),
            account: element.element("PayeeFinancialAccount").map(account),
            card: element.element("CardAccount").map(card),
            mandate: element.element("PaymentMandate").map(mandate))
    }

    private static func account(_ element: UBLElement) -> PaymentAccount {
        let branch = element.element("FinancialInstitutionBranch")
        return PaymentAccount(
            number: element.requiredText("ID", "BT-84"), name: element.text("Name"),
            bic: branch?.text("ID") ?? branch?.element("FinancialInstitution")?.text("ID"))
    }

    private static func card(_ element: UBLElement) -> PaymentCard {
        PaymentCard(
            number: element.requiredText("PrimaryAccountNumberID", "BT-87"),
            network: element.text("NetworkID"), holder: element.text("HolderName"))
    }

    private static func mandate(_ element: UBLElement) -> DirectDebitMandate {
        DirectDebitMandate(
            reference: element.text("ID"),
            debitedAccount: element.element("PayerFinancialAccount")?.text("ID"))
    }
}
