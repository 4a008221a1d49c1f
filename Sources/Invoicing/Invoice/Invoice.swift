/// A numbered invoice or credit note with all that its documents state; immutable once created.
///
/// The shape follows EN 16931 (the semantic model behind Peppol BIS Billing 3.0 and EHF), so that
/// what is read from UBL is kept and can be written again; each field is annotated with its
/// business term (BT, BG), if it has one.
package struct Invoice: Hashable, Codable, Sendable {
    package var type: DocumentType
    /// BT-3 (UNTDID 1001), where it differs from 380 for invoices and 381 for credit notes.
    package var typeCode: String?
    /// BT-1, from the number series for what Budstikke creates, kept for what is imported.
    package var number: String
    /// BT-2.
    package var issueDate: CivilDate
    /// BT-9; nil on credit notes.
    package var dueDate: CivilDate?
    /// BT-7, the day of supply for VAT, where it is not the issue date.
    package var taxPointDate: CivilDate?
    /// BT-8 (UNTDID 2005), the event that determines that day, instead of the day itself.
    package var taxPointCode: String?
    /// BG-14, the period that is invoiced; nil where none is stated.
    package var period: DatePeriod?
    /// BG-14, where only one end is stated.
    package var openPeriod: OpenPeriod?
    /// BT-5.
    package var currency: CurrencyCode
    /// BT-6, the currency of the accounts; nil where it is the invoice's own.
    package var taxCurrency: CurrencyCode?
    /// BT-111, the VAT in that currency.
    package var taxCurrencyVATTotal: Money?
    /// The rate of the conversion, where Budstikke did it; EN 16931 has no term for it.
    package var taxCurrencyRate: ExchangeRate?
    /// BG-4.
    package var seller: Party
    /// BG-7.
    package var buyer: Party
    /// BG-10, where the payee is not the seller.
    package var payee: Party?
    /// BG-11.
    package var taxRepresentative: Party?
    /// BG-13.
    package var delivery: InvoiceDelivery?
    /// BT-10 to BT-19 and BG-3.
    package var references: References
    /// BT-22.
    package var notes: [String]
    /// BG-16.
    package var payment: Payment
    /// BG-25.
    package var lines: [InvoiceLine]
    /// BG-20 and BG-21.
    package var allowances: [AllowanceCharge]
    /// BG-23, one for each category and rate.
    package var vatBreakdown: [VATSubtotal]
    /// BG-22.
    package var totals: InvoiceTotals
    /// BG-24, without the contents of the files.
    package var supportingDocuments: [SupportingDocument]

    package init(
        type: DocumentType, typeCode: String? = nil, number: String, issueDate: CivilDate,
        dueDate: CivilDate? = nil, taxPointDate: CivilDate? = nil, taxPointCode: String? = nil,
        period: DatePeriod? = nil, openPeriod: OpenPeriod? = nil,
        currency: CurrencyCode = .nok, taxCurrency: CurrencyCode? = nil,
        taxCurrencyVATTotal: Money? = nil, taxCurrencyRate: ExchangeRate? = nil,
        seller: Party, buyer: Party, payee: Party? = nil,
        taxRepresentative: Party? = nil, delivery: InvoiceDelivery? = nil,
        references: References = References(), notes: [String] = [],
        payment: Payment = Payment(), lines: [InvoiceLine],
        allowances: [AllowanceCharge] = [], vatBreakdown: [VATSubtotal],
        totals: InvoiceTotals, supportingDocuments: [SupportingDocument] = []
    ) {
        self.type = type
        self.typeCode = typeCode
        self.number = number
        self.issueDate = issueDate
        self.dueDate = dueDate
        self.taxPointDate = taxPointDate
        self.taxPointCode = taxPointCode
        self.period = period
        self.openPeriod = openPeriod
        self.currency = currency
        self.taxCurrency = taxCurrency
        self.taxCurrencyVATTotal = taxCurrencyVATTotal
        self.taxCurrencyRate = taxCurrencyRate
        self.seller = seller
        self.buyer = buyer
        self.payee = payee
        self.taxRepresentative = taxRepresentative
        self.delivery = delivery
        self.references = references
        self.notes = notes
        self.payment = payment
        self.lines = lines
        self.allowances = allowances
        self.vatBreakdown = vatBreakdown
        self.totals = totals
        self.supportingDocuments = supportingDocuments
    }
}

/// The kind of document that is dispatched; each has its own form in the form setup.
package enum DocumentType: String, Codable, Sendable, CaseIterable {
    case invoice
    case creditNote = "credit_note"
}

/// An ISO 4217 code.
package struct CurrencyCode: RawRepresentable, Hashable, Codable, Sendable {
    package var rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Norwegian kroner.
    package static let nok = CurrencyCode(rawValue: "NOK")
}

/// BG-13: where and when the goods or services were delivered.
package struct InvoiceDelivery: Hashable, Codable, Sendable {
    /// BT-72.
    package var date: CivilDate?
    /// BT-71 with its scheme.
    package var location: Identifier?
    /// BT-70.
    package var name: String?
    /// BG-15.
    package var address: Address?

    package init(
        date: CivilDate? = nil, location: Identifier? = nil, name: String? = nil,
        address: Address? = nil
    ) {
        self.date = date
        self.location = location
        self.name = name
        self.address = address
    }
}

/// The buyer's and the seller's references on an invoice (BT-10 to BT-19, BG-3).
package struct References: Hashable, Codable, Sendable {
    /// BT-10, "Deres ref." on Norwegian invoices.
    package var buyerReference: String?
    /// BT-13.
    package var purchaseOrder: String?
    /// BT-14.
    package var salesOrder: String?
    /// BT-12.
    package var contract: String?
    /// BT-11.
    package var project: String?
    /// BT-16.
    package var despatchAdvice: String?
    /// BT-15.
    package var receivingAdvice: String?
    /// BT-17.
    package var tenderOrLot: String?
    /// BT-18 with its scheme.
    package var invoicedObject: Identifier?
    /// BT-19.
    package var accountingCost: String?
    /// BG-3: the invoices that this one corrects.
    package var precedingInvoices: [PrecedingInvoice]

    package init(
        buyerReference: String? = nil, purchaseOrder: String? = nil, salesOrder: String? = nil,
        contract: String? = nil, project: String? = nil, despatchAdvice: String? = nil,
        receivingAdvice: String? = nil, tenderOrLot: String? = nil,
        invoicedObject: Identifier? = nil, accountingCost: String? = nil,
        precedingInvoices: [PrecedingInvoice] = []
    ) {
        self.buyerReference = buyerReference
        self.purchaseOrder = purchaseOrder
        self.salesOrder = salesOrder
        self.contract = contract
        self.project = project
        self.despatchAdvice = despatchAdvice
        self.receivingAdvice = receivingAdvice
        self.tenderOrLot = tenderOrLot
        self.invoicedObject = invoicedObject
        self.accountingCost = accountingCost
        self.precedingInvoices = precedingInvoices
    }
}

/// BG-3: an earlier invoice that a credit note or correction refers to.
package struct PrecedingInvoice: Hashable, Codable, Sendable {
    /// BT-25.
    package var number: String
    /// BT-26; nil where it is not stated.
    package var issueDate: CivilDate?

    package init(number: String, issueDate: CivilDate? = nil) {
        self.number = number
        self.issueDate = issueDate
    }
}

/// BG-16 and BT-20: how the invoice is to be paid.
package struct Payment: Hashable, Codable, Sendable {
    /// BT-81 (UNCL 4461): 30 for credit transfer, 58 for SEPA; nil where none is stated.
    package var meansCode: String?
    /// BT-82.
    package var meansText: String?
    /// BT-83; on Norwegian invoices the KID.
    package var reference: String?
    /// BG-17; the first is shown in the payment box.
    package var accounts: [PaymentAccount]
    /// BG-18.
    package var card: PaymentCard?
    /// BG-19.
    package var mandate: DirectDebitMandate?
    /// BG-16 repeated, with another code or reference; rare.
    package var further: [PaymentMeans]
    /// BT-20.
    package var terms: String?

    package init(
        meansCode: String? = nil, meansText: String? = nil, reference: String? = nil,
        accounts: [PaymentAccount] = [], card: PaymentCard? = nil,
        mandate: DirectDebitMandate? = nil, further: [PaymentMeans] = [], terms: String? = nil
    ) {
        self.meansCode = meansCode
        self.meansText = meansText
        self.reference = reference
        self.accounts = accounts
        self.card = card
        self.mandate = mandate
        self.further = further
        self.terms = terms
    }
}

/// BG-17: an account for payment.
package struct PaymentAccount: Hashable, Codable, Sendable {
    /// BT-84: IBAN, or a national account number.
    package var number: String
    /// BT-85.
    package var name: String?
    /// BT-86.
    package var bic: String?

    package init(number: String, name: String? = nil, bic: String? = nil) {
        self.number = number
        self.name = name
        self.bic = bic
    }
}

/// BG-24: a document attached to the invoice; its bytes, if embedded, are stored separately.
package struct SupportingDocument: Hashable, Codable, Sendable {
    /// BT-122.
    package var id: String
    /// BT-123.
    package var description: String?
    /// BT-124, the URL where the document is published.
    package var location: String?
    /// BT-125, the name of the embedded file; nil where none is embedded.
    package var fileName: String?
    /// BT-125, the MIME type of the embedded file.
    package var contentType: String?

    package init(
        id: String, description: String? = nil, location: String? = nil,
        fileName: String? = nil, contentType: String? = nil
    ) {
        self.id = id
        self.description = description
        self.location = location
        self.fileName = fileName
        self.contentType = contentType
    }
}
