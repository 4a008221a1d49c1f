import Invoicing

extension EHFRules {
    /// How it is to be paid.
    static let payment: [EHFRule] = [
        EHFRule("BR-49", "A means of payment has no code", "State one, as 30 for a transfer") {
            means($0).contains { isBlank($0.code) }
        },
        EHFRule("BR-50", "An account to pay to has no number", "Set the account's number") {
            means($0).contains { isTransfer($0) && $0.account.map { isBlank($0.number) } ?? false }
        },
        EHFRule(
            "BR-51", "The number of a payment card is written out",
            "Keep its last four to six digits only", isWarning: true
        ) { means($0).contains { ($0.card?.number.utf8.count ?? 0) > 10 } },
        EHFRule(
            "BR-61", "It is to be paid by transfer, and there is no account to pay to",
            "Set the account's number"
        ) { means($0).contains { isTransfer($0) && isBlank($0.account?.number) } },
        EHFRule("BR-66", "There are several payment cards", "Keep the one that was used") {
            means($0).filter { $0.card != nil }.count > 1
        },
        EHFRule("BR-67", "There are several direct debit mandates", "Keep the one to be used") {
            means($0).filter { $0.mandate != nil }.count > 1
        },
        EHFRule(
            "PEPPOL-EN16931-R061", "It is paid by direct debit, and the mandate has no reference",
            "Set the mandate's reference"
        ) {
            means($0).contains {
                ["49", "59"].contains($0.code) && isBlank($0.mandate?.reference)
            }
        },
        EHFRule(
            "UBL-SR-29", "The creditor has several SEPA ids", "Keep the one that the mandate names"
        ) { invoice in
            let parties = [invoice.seller, invoice.buyer, invoice.payee].compactMap(\.self)
            return parties.flatMap(\.identifiers).filter(isSEPA).count > 1
        },
        EHFRule(
            "UBL-SR-44", "There are several payment references", "Keep one for all accounts"
        ) { Set(means($0).compactMap(\.reference)).count > 1 },
        EHFRule("UBL-SR-46", "There are several texts of means of payment", "Keep the first") {
            means($0).filter { !isBlank($0.text) }.count > 1
        },
        EHFRule("UBL-SR-47", "There are several ways to pay", "Keep one, with all its accounts") {
            Set(means($0).map(\.code)).count > 1
        },
    ]

    static func isSEPA(_ identifier: Identifier) -> Bool {
        identifier.scheme?.uppercased() == "SEPA"
    }

    private static func isTransfer(_ means: PaymentMeans) -> Bool {
        ["30", "58"].contains(means.code)
    }

    private static func means(_ invoice: Invoice) -> [PaymentMeans] {
        invoice.payment.means
    }
}
