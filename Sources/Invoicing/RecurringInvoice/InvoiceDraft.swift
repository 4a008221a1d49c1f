/// An invoice that lacks nothing but its number, and the KID that holds the number.
///
/// Numbers are given last, in the transaction that stores the invoice, so that a fault found here
/// never takes one.
package struct InvoiceDraft: Hashable, Sendable {
    /// All of the invoice; its number is empty.
    package let unnumbered: Invoice
    /// A raise of the price that would have held if its notice had been given; nil for none.
    package let awaitedPriceIncrease: AwaitedPriceIncrease?
    private let kidAgreement: KIDAgreement
    private let customerNumber: String

    init(
        unnumbered: Invoice, awaitedPriceIncrease: AwaitedPriceIncrease?,
        kidAgreement: KIDAgreement,
        customerNumber: String
    ) {
        self.unnumbered = unnumbered
        self.awaitedPriceIncrease = awaitedPriceIncrease
        self.kidAgreement = kidAgreement
        self.customerNumber = customerNumber
    }

    /// The invoice with its number and KID; fails where the number outgrew the KID agreement.
    package func numbered(_ number: Int64) -> Result<Invoice, Faults> {
        kidAgreement.make(customer: customerNumber, invoice: number)
            .map { kid in
                var invoice = unnumbered
                invoice.number = String(number)
                invoice.payment.reference = kid?.text
                return invoice
            }
            .mapError(Faults.init)
    }
}
