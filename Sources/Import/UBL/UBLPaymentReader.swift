import Invoicing

/// Reads how the invoice is to be paid: BG-16 to BG-19 and BT-20.
enum UBLPaymentReader {
    /// UBL repeats the means for each account; those that share code and reference are one.
    static func payment(of document: UBLElement) -> Payment {
        let means = document.elements("PaymentMeans").map(means)
        let terms = document.elements("PaymentTerms").flatMap { $0.texts("Note") }
        var payment = Payment(terms: terms.isEmpty ? nil : terms.joined(separator: "\n"))
        guard let first = means.first else { return payment }
        payment.meansCode = first.code
        payment.meansText = first.text
        payment.reference = first.reference
        for means in means {
            let isSame = means.code == first.code && means.reference == first.reference
            let fits =
                (payment.card == nil || means.card == nil)
                && (payment.mandate == nil || means.mandate == nil)
            guard isSame && fits else {
                payment.further.append(means)
                continue
            }
            if let account = means.account { payment.accounts.append(account) }
            payment.card = payment.card ?? means.card
            payment.mandate = payment.mandate ?? means.mandate
        }
        return payment
    }

    private static func means(_ element: UBLElement) -> PaymentMeans {
        PaymentMeans(
            code: element.requiredText("PaymentMeansCode", "BT-81"),
            text: element.component("PaymentMeansCode")?.attribute("name"),
            reference: element.text("PaymentID"),
            account: element.element("PayeeFinancialAccount").map(account),
            card: element.element("CardAccount").map(card),
            mandate: element.element("PaymentMandate").map(mandate))
    }

    private static func account(_ element: UBLElement) -> PaymentAccount {
        let branch = element.element("FinancialInstitutionBranch")
        return PaymentAccount(
            number: element.requiredText("ID", "BT-84"), name: element.text("Name"),
            bic: branch?.text("ID") ?? branch?.element("FinancialInstitution")?.text("ID"))
    }

    private static func card(_ element: UBLElement) -> PaymentCard {
        PaymentCard(
            number: element.requiredText("PrimaryAccountNumberID", "BT-87"),
            network: element.text("NetworkID"), holder: element.text("HolderName"))
    }

    private static func mandate(_ element: UBLElement) -> DirectDebitMandate {
        DirectDebitMandate(
            reference: element.text("ID"),
            debitedAccount: element.element("PayerFinancialAccount")?.text("ID"))
    }
}
