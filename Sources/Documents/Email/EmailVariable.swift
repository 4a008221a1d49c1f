import Invoicing

/// What the e-mail texts of a form may say about their invoice, as `{{number}}`.
///
/// A variable whose value the invoice does not have is empty, and a section of it is left out:
/// `{{#kid}}KID: {{kid}}{{/kid}}`.
package enum EmailVariable: String, CaseIterable, Sendable {
    /// `Faktura` or `Kreditnota`.
    case documentType = "document_type"
    case number
    case seller
    case buyer
    /// The buyer's contact person.
    case contact
    /// What is to be paid, `1 234,50`.
    case amount
    case currency
    case issueDate = "issue_date"
    /// Empty on credit notes.
    case dueDate = "due_date"
    /// `01.11.2026–30.11.2026`.
    case period
    /// The account to pay to, as people write it; an IBAN for foreign customers.
    case account
    case bic
    /// The KID or payment reference.
    case kid
    case buyerReference = "buyer_reference"
    case purchaseOrder = "purchase_order"
    /// The invoices that a credit note refers to.
    case precedingInvoice = "preceding_invoice"

    /// Longer than any name; what is longer would let a template of a few lines grow to megabytes.
    static let valueCharactersMax = 500

    /// The value, on one line and in the language's formats; nil where the invoice has none.
    func value(of invoice: Invoice, _ words: Words) -> String? {
        guard let value = words.line(rawValue(of: invoice, words)) else { return nil }
        guard value.count > Self.valueCharactersMax else { return value }
        return value.prefix(Self.valueCharactersMax) + "…"
    }

    private func rawValue(of invoice: Invoice, _ words: Words) -> String? {
        let formats = words.formats
        let account = invoice.payment.accounts.first
        return switch self {
        case .documentType: words.texts.name(of: invoice.type)
        case .number: invoice.number
        case .seller: invoice.seller.displayName
        case .buyer: invoice.buyer.name
        case .contact: invoice.buyer.contact?.name
        case .amount: formats.amount(invoice.totals.payable)
        case .currency: invoice.currency.rawValue
        case .issueDate: formats.date(invoice.issueDate)
        case .dueDate: words.isToBePaid(invoice) ? invoice.dueDate.map(formats.date) : nil
        case .period: invoice.period.map(formats.period)
        case .account: account.map { IdentifierFormat.account($0.number) }
        case .bic: account?.bic
        case .kid: invoice.payment.reference
        case .buyerReference: invoice.references.buyerReference
        case .purchaseOrder: invoice.references.purchaseOrder
        case .precedingInvoice:
            invoice.references.precedingInvoices.map(\.number).joined(separator: ", ")
        }
    }
}
