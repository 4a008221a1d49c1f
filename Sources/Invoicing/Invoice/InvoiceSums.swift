/// The VAT breakdown and the totals of an invoice's lines.
///
/// VAT is calculated per category and rate on the sum of its lines, rounded half away from zero
/// (BR-CO-17), never line by line: the sum is what is stated and paid.
struct InvoiceSums {
    let vatBreakdown: [VATSubtotal]
    let totals: InvoiceTotals

    init(lines: [InvoiceLine], texts: InvoiceTexts, roundsToUnit: Bool) {
        vatBreakdown = Dictionary(grouping: lines, by: \.vat)
            .map { Self.subtotal(of: $0, $1, texts) }
            .sorted { Self.order($0.category) < Self.order($1.category) }
        let exclusive = lines.map(\.netAmount).sum()
        let vat = vatBreakdown.map(\.taxAmount).sum()
        let inclusive = exclusive + vat
        let payable = roundsToUnit ? inclusive.roundedToUnit : inclusive
        totals = InvoiceTotals(
            lineTotal: exclusive, taxExclusive: exclusive, vatTotal: vat, taxInclusive: inclusive,
            rounding: payable - inclusive, payable: payable)
    }

    private static func subtotal(
        of category: VATCategory, _ lines: [InvoiceLine], _ texts: InvoiceTexts
    ) -> VATSubtotal {
        let taxable = lines.map(\.netAmount).sum()
        return VATSubtotal(
            category: category, taxableAmount: taxable,
            taxAmount: taxable.percent(category.rate ?? .zero),
            exemptionReason: texts.exemptionReason(ofCategory: category.code),
            exemptionReasonCode: InvoiceTexts.exemptionReasonCode(ofCategory: category.code))
    }

    /// The highest rate first, then by category, so that an invoice always reads the same.
    private static func order(_ category: VATCategory) -> (Int64, String) {
        (-(category.rate?.millionths ?? -1), category.code)
    }
}

extension Invoice {
    /// Whether both state the same, regardless of the spelling of numbers and addresses.
    package func isSame(as other: Invoice) -> Bool {
        unspelled == other.unspelled
    }

    private var unspelled: Invoice {
        var invoice = self
        invoice.seller = seller.unspelled
        invoice.buyer = buyer.unspelled
        invoice.payee = payee?.unspelled
        invoice.taxRepresentative = taxRepresentative?.unspelled
        return invoice
    }
}

extension Party {
    fileprivate var unspelled: Party {
        var party = self
        (party.organisationNumber, party.vatNumber, party.endpoint) = (nil, nil, nil)
        (party.taxRegistration, party.identifiers) = (nil, [])
        return party
    }
}

/// A file sent with a message.
package struct Attachment: Hashable, Sendable {
    /// ASCII only: providers garble everything else.
    package var fileName: String
    /// The MIME type.
    package var contentType: String
    package var content: [UInt8]

    package init(fileName: String, contentType: String, content: [UInt8]) {
        self.fileName = fileName
        self.contentType = contentType
        self.content = content
    }
}
