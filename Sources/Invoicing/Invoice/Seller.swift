/// A tenant as its invoices need it: who it is, where it is paid, and how it reckons.
package struct Seller: Hashable, Codable, Sendable {
    /// VAT-registered where it has a `vatNumber`; in the business register where its
    /// `taxRegistration` says so.
    package var party: Party
    /// The first is the one shown in the payment box.
    package var accounts: [PaymentAccount]
    /// How its KIDs are made.
    package var kidAgreement: KIDAgreement
    /// Days to pay where neither agreement nor customer has its own.
    package var dueDays: Int
    /// Whether what is to be paid is rounded to whole kroner (øreavrunding).
    package var roundsToKrone: Bool
    /// The currency that the books are kept in, in which VAT is always stated.
    package var currency: CurrencyCode

    package init(
        party: Party, accounts: [PaymentAccount], kidAgreement: KIDAgreement = .noKID,
        dueDays: Int = 14, roundsToKrone: Bool = false, currency: CurrencyCode = .nok
    ) {
        self.party = party
        self.accounts = accounts
        self.kidAgreement = kidAgreement
        self.dueDays = dueDays
        self.roundsToKrone = roundsToKrone
        self.currency = currency
    }
}
