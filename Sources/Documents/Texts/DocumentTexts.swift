import Invoicing

/// Every word that an invoice or credit note bears and that is not the tenant's own.
struct DocumentTexts: Hashable {
    // What it is.
    var invoice: String
    var creditNote: String

    // The meta block.
    var invoiceNumber: String
    var creditNoteNumber: String
    var invoiceDate: String
    var creditNoteDate: String
    var dueDate: String
    var taxPointDate: String
    var period: String
    var deliveryDate: String
    var deliveryPlace: String
    var precedingInvoice: String
    var dated: String
    var customerOrganisationNumber: String
    var customerVATNumber: String
    var ourReference: String
    var buyerReference: String
    var purchaseOrder: String
    var salesOrder: String
    var contract: String
    var project: String
    var despatchAdvice: String
    var receivingAdvice: String
    var tenderOrLot: String
    var invoicedObject: String
    var accountingCost: String

    // The lines.
    var description: String
    var quantity: String
    var unit: String
    var unitPrice: String
    var vat: String
    var amount: String
    var noLines: String
    var broughtForward: String
    var carriedForward: String
    var itemNumber: String
    var allowance: String
    var charge: String

    // VAT and totals.
    var vatSummary: String
    var vatRate: String
    var vatBase: String
    var vatIn: String
    var exchangeRate: String
    var lineTotal: String
    var taxExclusive: String
    var vatTotal: String
    var taxInclusive: String
    var prepaid: String
    var rounding: String
    var payable: String
    var credited: String
    var reverseCharge: String
    var reverseCharged: String
    var zeroRated: String
    var exempt: String
    var intraCommunity: String
    var export: String
    var outsideScope: String

    // Payment.
    var dueShort: String
    var account: String
    var reference: String
    var payee: String
    var paymentTerms: String
    var notToBePaid: String

    // The rest.
    var attachments: String
    var organisationNumber: String
    var vatNumber: String
    var telephone: String
    var taxRepresentative: String
    var page: String
    var pageOf: String
}

extension DocumentTexts {
    /// The texts of a language.
    static func texts(_ language: Language) -> DocumentTexts {
        switch language {
        case .nb: .nb
        case .nn: .nn
        case .en: .en
        }
    }

    /// BCP 47, for the document's metadata.
    static func tag(_ language: Language) -> String {
        switch language {
        case .nb: "nb-NO"
        case .nn: "nn-NO"
        case .en: "en"
        }
    }

    func name(of type: DocumentType) -> String {
        switch type {
        case .invoice: invoice
        case .creditNote: creditNote
        }
    }
}
