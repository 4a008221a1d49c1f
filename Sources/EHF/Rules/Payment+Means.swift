package import Invoicing

extension Payment {
    /// One means for each account, as UBL has it, and then the further ones; none without a code.
    ///
    /// Card, mandate and text stand with the first, for all but the account may stand once only
    /// (UBL-SR-46, BR-66, BR-67).
    package var means: [PaymentMeans] {
        guard let meansCode else { return further }
        var means = PaymentMeans(
            code: meansCode, text: meansText, reference: reference, account: accounts.first,
            card: card, mandate: mandate)
        var all = [means]
        (means.text, means.card, means.mandate) = (nil, nil, nil)
        for account in accounts.dropFirst() {
            means.account = account
            all.append(means)
        }
        return all + further
    }
}
