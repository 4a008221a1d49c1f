/// Makes invoices of a tenant's recurring invoices, on one day.
///
/// The issue date is the day of the run, or for a late invoice the one that `LegalDate` allows, and
/// VAT is reckoned at the rates of that day: VAT belongs to the period of issue
/// (bokføringsforskriften § 5-2). An invoice prepared ahead counts its days
/// to pay from its period's date, so that being early shortens nobody's time.
package struct InvoiceBuilder: Sendable {
    private let seller: Seller
    private let vatRates: VATRates
    private let today: CivilDate
    private let exchangeRates: [CurrencyCode: FixedDecimal]

    /// The most lines of one invoice; documents and sums are sized by it.
    package static let linesMax = 1_000

    /// Exchange rates say what one of a foreign currency is in the seller's own.
    package init(
        seller: Seller, vatRates: VATRates, today: CivilDate,
        exchangeRates: [CurrencyCode: FixedDecimal] = [:]
    ) {
        self.seller = seller
        self.vatRates = vatRates
        self.today = today
        self.exchangeRates = exchangeRates
    }

    /// The invoice of one period, or all that stands in its way.
    ///
    /// A draft that fails is no invoice, whatever `FaultCode.stopsInvoice` says of its faults: a
    /// line whose text has an unknown variable can't be printed.
    package func draft(
        of agreement: RecurringInvoice, for period: DuePeriod, to customer: Customer
    ) -> Result<InvoiceDraft, Faults> {
        let issueDate = LegalDate.issueDate(
            made: today, planned: period.date.adding(days: -agreement.preparationDays),
            delivered: period.span.end)
        var lines = LineBuilder(
            text: PeriodText(period: period.span, language: customer.language),
            language: customer.language, vatRates: vatRates, vatDate: issueDate,
            priceFactor: agreement.priceFactor, hasReverseCharge: customer.hasReverseCharge)
        let built = agreement.lines.prefix(Self.linesMax).enumerated()
            .compactMap { lines.line($1, number: $0 + 1) }
        let notes = agreement.text.flatMap { lines.note($0) }.map { [$0] } ?? []
        let currency = agreement.currency ?? seller.currency
        let sums = InvoiceSums(
            lines: built, texts: InvoiceTexts(customer.language),
            roundsToUnit: seller.roundsToKrone && currency == .nok)

        var references = agreement.references
        references.buyerReference = references.buyerReference ?? customer.buyerReference
        var invoice = Invoice(
            type: .invoice, number: "", issueDate: issueDate,
            dueDate: dueDate(of: agreement, period, customer), period: period.span,
            currency: currency, seller: seller.party, buyer: customer.party,
            delivery: customer.deliveryAddress.map { InvoiceDelivery(address: $0) },
            references: references, notes: notes,
            payment: Payment(meansCode: Self.creditTransfer, accounts: seller.accounts),
            lines: built, vatBreakdown: sums.vatBreakdown, totals: sums.totals)

        var faults =
            lines.faults + lineCountFaults(agreement) + LegalContent.partyFaults(in: invoice)
        faults += stateVATInBooks(of: &invoice) + kidFaults(customer)
        if let faults = Faults(faults) { return .failure(faults) }
        return .success(
            InvoiceDraft(
                unnumbered: invoice, kidAgreement: seller.kidAgreement,
                customerNumber: customer.number))
    }

    /// UNCL 4461: credit transfer, which Norwegian payers use.
    private static let creditTransfer = "30"

    private func dueDate(
        of agreement: RecurringInvoice, _ period: DuePeriod, _ customer: Customer
    ) -> CivilDate {
        let days = agreement.dueDays ?? customer.dueDays ?? seller.dueDays
        return max(today, period.date).adding(days: max(0, days))
    }

    private func lineCountFaults(_ agreement: RecurringInvoice) -> [Fault] {
        switch agreement.lines.count {
        case 0: [Fault(.documentFailed, "agreement \(agreement.number) has no lines")]
        case ...Self.linesMax: []
        case let count:
            [
                Fault(
                    .documentFailed,
                    "agreement \(agreement.number) has \(count) lines of at most \(Self.linesMax)")
            ]
        }
    }

    /// States the VAT of an invoice in foreign currency in the seller's own as well, as
    /// bokføringsforskriften § 5-1-1 asks.
    private func stateVATInBooks(of invoice: inout Invoice) -> [Fault] {
        guard invoice.currency != seller.currency, invoice.totals.vatTotal != .zero else {
            return []
        }
        guard let rate = exchangeRates[invoice.currency],
            let amount = invoice.totals.vatTotal.multipliedIfFits(by: rate)
        else {
            return [
                Fault(
                    .vatRateUnknown,
                    "exchange rate of \(invoice.currency.rawValue), to state the VAT in"
                        + " \(seller.currency.rawValue) (bokføringsforskriften § 5-1-1)")
            ]
        }
        invoice.taxCurrency = seller.currency
        invoice.taxCurrencyVATTotal = amount
        return []
    }

    /// The KID is tried with invoice number 0, which fits wherever any number does.
    private func kidFaults(_ customer: Customer) -> [Fault] {
        switch seller.kidAgreement.make(customer: customer.number, invoice: 0) {
        case .success: []
        case .failure(let fault): [fault]
        }
    }
}
