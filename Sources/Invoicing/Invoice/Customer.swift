/// A customer as the buyer of its invoices.
package struct Customer: Hashable, Codable, Sendable {
    /// The tenant's customer number, a part of the KID.
    package var number: String
    /// Its name, numbers and address, which its invoices copy.
    package var party: Party
    /// The language of its invoices and their period variables.
    package var language: Language
    /// Days to pay; nil for the seller's default.
    package var dueDays: Int?
    /// "Deres ref.", where the agreement has none.
    package var buyerReference: String?
    /// Whether the customer accounts for the VAT itself (omvendt avgiftsplikt).
    package var hasReverseCharge: Bool
    /// The place of delivery; nil for the customer's own address.
    package var deliveryAddress: Address?

    package init(
        number: String, party: Party, language: Language = .nb, dueDays: Int? = nil,
        buyerReference: String? = nil, hasReverseCharge: Bool = false,
        deliveryAddress: Address? = nil
    ) {
        self.number = number
        self.party = party
        self.language = language
        self.dueDays = dueDays
        self.buyerReference = buyerReference
        self.hasReverseCharge = hasReverseCharge
        self.deliveryAddress = deliveryAddress
    }
}
