/// A part of a document that a form may hide, or would hide if the law let it.
package enum FormBlock: String, Codable, CaseIterable, Sendable {
    /// The seller's address in small letters above the buyer's, for an envelope's window.
    case returnAddress = "return_address"
    /// The marks of both parties: your reference, order, project and so on.
    case references
    /// The sum so far, at the foot of a page whose lines go on and at the head of the next.
    case carriedTotals = "carried_totals"
    /// What one pays from. What is to be paid and by when stands elsewhere as well.
    case paymentBox = "payment_box"
    /// The notes of the invoice and the names of its attachments.
    case notes

    /// The document's number, its date and what it corrects.
    case identity
    /// Who sells and who buys, with their numbers and registration.
    case parties
    /// When and where it was delivered.
    case delivery
    case dueDate = "due_date"
    /// What is taxed at each rate, and its VAT.
    case vatSummary = "vat_summary"
    /// Why there is no VAT, such as reverse charge.
    case vatNotices = "vat_notices"
    case totals

    /// The paragraph that asks for the block; nil where it may be hidden.
    package var paragraph: String? {
        switch self {
        case .returnAddress, .references, .carriedTotals, .paymentBox, .notes: nil
        case .identity: "bokføringsforskriften § 5-1-1 no. 1"
        case .parties: "bokføringsforskriften § 5-1-2 and foretaksregisterloven § 10-2"
        case .delivery: "bokføringsforskriften § 5-1-1 no. 4"
        case .dueDate, .totals: "bokføringsforskriften § 5-1-1 no. 5"
        case .vatSummary: "bokføringsforskriften § 5-1-1 no. 6 and § 5-1-5"
        case .vatNotices: "bokføringsforskriften § 5-1-1 no. 7"
        }
    }
}
