/// A customer as its invoices need it.
package struct Customer: Hashable, Codable, Sendable {
    /// The tenant's number of it, a part of the KID.
    package var number: String
    /// Its name, numbers and address, as its invoices will keep them.
    package var party: Party
    /// What its invoices and their period variables are written in.
    package var language: Language
    /// Days to pay; nil for the seller's.
    package var dueDays: Int?
    /// "Deres ref." where the agreement has none.
    package var buyerReference: String?
    /// Whether the customer reckons the VAT itself (omvendt avgiftsplikt).
    package var hasReverseCharge: Bool
    /// Where it is delivered, if not at the customer's own address.
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
