/// Creates the invoices of a tenant's recurring invoices on one day.
///
/// The issue date is the day of the run, or for a late invoice the one that `LegalDate` allows. VAT
/// is calculated at the rates of the delivery, whenever it is invoiced (merverdiavgiftsloven §
/// 22-1). For an invoice prepared ahead the days to pay count from the date of its period, so that
/// being early gives nobody less time.
package struct InvoiceBuilder: Sendable {
    private let seller: Seller
    private let vatRates: VATRates
    private let today: CivilDate
    private let exchangeRates: ExchangeRates
    private let indexValues: IndexValues

    /// The most lines of one invoice; documents and totals are dimensioned for it.
    package static let linesMax = 1_000

    package init(
        seller: Seller, vatRates: VATRates, today: CivilDate,
        exchangeRates: ExchangeRates = ExchangeRates(), indexValues: IndexValues = IndexValues()
    ) {
        self.seller = seller
        self.vatRates = vatRates
        self.today = today
        self.exchangeRates = exchangeRates
        self.indexValues = indexValues
    }

    /// The invoice of one period, or every fault that prevents it.
    ///
    /// A draft that fails is never an invoice, whatever `FaultCode.stopsInvoice` says of its
    /// faults: a line with an unknown variable can't be printed.
    package func draft(
        of agreement: RecurringInvoice, for period: DuePeriod, to customer: Customer
    ) -> Result<InvoiceDraft, Faults> {
        let issueDate = LegalDate.issueDate(
            made: today, planned: agreement.dueDay(of: period), delivered: period.span.end)
        let adjustment = adjustment(of: agreement, on: period.date)
        var lines = LineBuilder(
            text: PeriodText(period: period.span, language: customer.language),
            language: customer.language, vatRates: vatRates, delivery: period.span,
            priceFactors: [agreement.priceFactor, adjustment.factor], share: period.share,
            hasReverseCharge: customer.hasReverseCharge)
        let built = agreement.lines.prefix(Self.linesMax).enumerated()
            .reduce(into: [InvoiceLine]()) { built, line in
                built += lines.lines(of: line.element, number: line.offset + 1, id: built.count + 1)
            }
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
            lines.faults + lineCountFaults(agreement, built: built.count)
            + LegalContent.partyFaults(in: invoice)
        faults += adjustment.faults + stateVATInKroner(of: &invoice) + kidFaults(customer)
        if let faults = Faults(faults) { return .failure(faults) }
        return .success(
            InvoiceDraft(
                unnumbered: invoice, awaitedPriceIncrease: adjustment.awaited,
                kidAgreement: seller.kidAgreement, customerNumber: customer.number))
    }

    /// UNCL 4461: credit transfer, which Norwegian payers use.
    private static let creditTransfer = "30"

    private func dueDate(
        of agreement: RecurringInvoice, _ period: DuePeriod, _ customer: Customer
    ) -> CivilDate {
        let days = agreement.dueDays ?? customer.dueDays ?? seller.dueDays
        return max(today, period.date).adding(days: max(0, days))
    }

    private func lineCountFaults(_ agreement: RecurringInvoice, built: Int) -> [Fault] {
        switch max(agreement.lines.count, built) {
        case 0: [AgreementTexts.noLines(agreement.number)]
        case ...Self.linesMax: []
        case let count:
            [
                AgreementTexts.tooManyLines(
                    agreement.number, count: count, max: Self.linesMax)
            ]
        }
    }

    private func adjustment(
        of agreement: RecurringInvoice, on date: CivilDate
    ) -> (factor: FixedDecimal, awaited: AwaitedPriceIncrease?, faults: [Fault]) {
        switch agreement.priceIndex?.adjustment(on: date, values: indexValues) {
        case nil: return (.one, nil, [])
        case .success(let adjustment): return (adjustment.factor, adjustment.awaited, [])
        case .failure(let missing):
            return (.one, nil, [AgreementTexts.indexValue(missing, on: date)])
        }
    }

    /// States the VAT in Norwegian kroner as well, where the invoice is in another currency.
    ///
    /// Bokføringsforskriften § 5-1-1 no. 6 requires it of sellers in Norway, whatever the currency
    /// of their accounts, and stating a rate is not enough (Skattedirektoratet, 25 September 2006);
    /// EN 16931 has it as BT-6 and BT-111. The rate is that of the issue date.
    private func stateVATInKroner(of invoice: inout Invoice) -> [Fault] {
        guard invoice.currency != .nok, invoice.seller.address.country ?? "NO" == "NO",
            invoice.totals.vatTotal != .zero
        else { return [] }
        let rate = exchangeRates.rate(of: invoice.currency, on: invoice.issueDate)
        guard let rate, let amount = rate.inKroner(invoice.totals.vatTotal) else {
            return [AgreementTexts.exchangeRate(invoice.currency, on: invoice.issueDate)]
        }
        invoice.taxCurrency = .nok
        invoice.taxCurrencyVATTotal = amount
        invoice.taxCurrencyRate = rate
        return []
    }

    /// Tries the KID with invoice number 0, which fits wherever any number does.
    private func kidFaults(_ customer: Customer) -> [Fault] {
        switch seller.kidAgreement.kid(customer: customer.number, invoice: 0) {
        case .success: []
        case .failure(let fault): [fault]
        }
    }
}

/// An invoice that lacks only its number, and the KID with that number.
///
/// Numbers are assigned last, in the transaction that stores the invoice, so that a fault found
/// here never uses one up.
package struct InvoiceDraft: Hashable, Sendable {
    /// The full invoice with an empty number.
    package let unnumbered: Invoice
    /// A price increase that would have taken effect if its notice had been given; nil for none.
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

    /// The invoice with its number and KID; fails where the number no longer fits the KID
    /// agreement.
    package func numbered(_ number: Int64) -> Result<Invoice, Faults> {
        kidAgreement.kid(customer: customerNumber, invoice: number)
            .map { kid in
                var invoice = unnumbered
                invoice.number = String(number)
                invoice.payment.reference = kid?.text
                return invoice
            }
            .mapError(Faults.init)
    }
}
