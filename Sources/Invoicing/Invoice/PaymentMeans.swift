/// BG-16: one way to pay, where an invoice states more than its first.
package struct PaymentMeans: Hashable, Codable, Sendable {
    /// BT-81, UNCL 4461.
    package var code: String
    /// BT-82.
    package var text: String?
    /// BT-83.
    package var reference: String?
    /// BG-17.
    package var account: PaymentAccount?
    /// BG-18.
    package var card: PaymentCard?
    /// BG-19.
    package var mandate: DirectDebitMandate?

    package init(
        code: String, text: String? = nil, reference: String? = nil,
        account: PaymentAccount? = nil, card: PaymentCard? = nil,
        mandate: DirectDebitMandate? = nil
    ) {
        self.code = code
        self.text = text
        self.reference = reference
        self.account = account
        self.card = card
        self.mandate = mandate
    }
}

/// BG-18: the card that was paid with.
package struct PaymentCard: Hashable, Codable, Sendable {
    /// BT-87: the last digits only, as card rules have it.
    package var number: String
    /// The card's network, which UBL asks for and EN 16931 has no term for.
    package var network: String?
    /// BT-88.
    package var holder: String?

    package init(number: String, network: String? = nil, holder: String? = nil) {
        self.number = number
        self.network = network
        self.holder = holder
    }
}

/// BG-19: the buyer's leave to draw on an account; the creditor's id (BT-90) stands on the party.
package struct DirectDebitMandate: Hashable, Codable, Sendable {
    /// BT-89.
    package var reference: String?
    /// BT-91.
    package var debitedAccount: String?

    package init(reference: String? = nil, debitedAccount: String? = nil) {
        self.reference = reference
        self.debitedAccount = debitedAccount
    }
}
