import Invoicing

/// Writes how the invoice is to be paid: BG-16 to BG-19 and BT-20.
enum EHFPayment {
    static func elements(of invoice: Invoice) -> [EHFElement?] {
        let terms = EHFElement.group("PaymentTerms", [.value("Note", invoice.payment.terms)])
        // A credit note has its due date with the means of payment, and once only (UBL-SR-45).
        let dueDate = invoice.type == .creditNote ? invoice.dueDate : nil
        let means = invoice.payment.means.enumerated().map { place, means in
            element(of: means, dueDate: place == 0 ? dueDate : nil)
        }
        return means + [terms]
    }

    private static func element(of means: PaymentMeans, dueDate: CivilDate?) -> EHFElement? {
        .group(
            "PaymentMeans",
            [
                .value("PaymentMeansCode", means.code, ("name", means.text)),
                .value("PaymentDueDate", dueDate?.description),
                .value("PaymentID", means.reference), means.card.flatMap(card),
                means.account.flatMap(account), means.mandate.flatMap(mandate),
            ])
    }

    /// The schema requires a network, which EN 16931 has no term for.
    private static func card(_ card: PaymentCard) -> EHFElement? {
        .group(
            "CardAccount",
            [
                .value("PrimaryAccountNumberID", card.number),
                .value("NetworkID", card.network ?? "NA"), .value("HolderName", card.holder),
            ])
    }

    private static func account(_ account: PaymentAccount) -> EHFElement? {
        .group(
            "PayeeFinancialAccount",
            [
                .value("ID", account.number), .value("Name", account.name),
                .group("FinancialInstitutionBranch", [.value("ID", account.bic)]),
            ])
    }

    private static func mandate(_ mandate: DirectDebitMandate) -> EHFElement? {
        .group(
            "PaymentMandate",
            [
                .value("ID", mandate.reference),
                .group("PayerFinancialAccount", [.value("ID", mandate.debitedAccount)]),
            ])
    }
}
