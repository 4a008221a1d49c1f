/// Makes the lines of one invoice and gathers what is wrong with them.
struct LineBuilder {
    let text: PeriodText
    let language: Language
    let vatRates: VATRates
    /// The days of the delivery, whose VAT rates hold.
    let delivery: DatePeriod
    /// What each price is multiplied by, one after the other.
    let priceFactors: [FixedDecimal]
    /// The part of the period that is charged; nil for all of it.
    let share: PeriodShare?
    let hasReverseCharge: Bool
    private(set) var faults: [Fault] = []

    init(
        text: PeriodText, language: Language, vatRates: VATRates, delivery: DatePeriod,
        priceFactors: [FixedDecimal], share: PeriodShare?, hasReverseCharge: Bool
    ) {
        self.text = text
        self.language = language
        self.vatRates = vatRates
        self.delivery = delivery
        self.priceFactors = priceFactors
        self.share = share
        self.hasReverseCharge = hasReverseCharge
    }

    /// The lines of the invoice, numbered on from `id`.
    ///
    /// One, or where the rate of VAT changes within the delivery one for each rate; none, and
    /// faults, where it can't be made.
    mutating func lines(
        of line: RecurringInvoiceLine, number: Int, id: Int
    ) -> [InvoiceLine] {
        let name = rendered(line.description, line: number)
        if line.description.allSatisfy(\.isWhitespace) {
            faults.append(AgreementTexts.noDescription(line: number))
        }
        let parts = vatParts(of: line.vatCode)
        guard let amounts = amounts(of: line, number: number), let parts else { return [] }
        let shares = PartShares(amounts.charged, discountPercent: line.discountPercent)
            .split(by: parts.map(\.period.dayCount))
        return zip(parts, shares).enumerated().map { offset, part in
            let (vat, share) = part
            let allowances = allowances(
                amounts, share, of: line, days: vat.period.dayCount, isSplit: parts.count > 1)
            return InvoiceLine(
                id: String(id + offset), name: name, quantity: amounts.quantity, unit: line.unit,
                unitPrice: amounts.price, allowances: allowances, vat: vat.category,
                netAmount: amounts.gross + allowances.map(\.signedAmount).sum(),
                period: parts.count > 1 ? vat.period : nil, sellerItemNumber: line.itemNumber)
        }
    }

    /// The text on the invoice; nil where it is blank.
    mutating func note(_ template: String) -> String? {
        let note = rendered(template, line: nil)
        return note.allSatisfy(\.isWhitespace) ? nil : note
    }

    private struct Amounts {
        var quantity: FixedDecimal
        var price: FixedDecimal
        /// Quantity × price.
        var gross: Money
        /// What of it is charged for the days of the period.
        var charged: Money
    }

    /// The price keeps six decimals after each factor; quantity × price and the part of a broken
    /// period are each rounded once, to hundredths.
    private mutating func amounts(of line: RecurringInvoiceLine, number: Int) -> Amounts? {
        guard (0...100).contains(line.discountPercent) else {
            faults.append(AgreementTexts.discount(line.discountPercent, line: number))
            return nil
        }
        guard let price = price(of: line),
            let gross = Money.product(of: line.quantity, and: price)
        else {
            faults.append(AgreementTexts.amountTooLarge(line: number))
            return nil
        }
        var amounts = Amounts(
            quantity: line.quantity, price: price, gross: gross,
            charged: share?.of(gross) ?? gross)
        if price < .zero, let quantity = line.quantity.negatedIfFits,
            let positive = price.negatedIfFits
        {
            // EN 16931 has no prices below zero (BR-27): what is taken off is a negative quantity.
            (amounts.quantity, amounts.price) = (quantity, positive)
        }
        return amounts
    }

    /// What a broken period is short of, what belongs to the days of another rate, the discount.
    ///
    /// The days are taken off the line as allowances that say them, not by a smaller quantity or
    /// price: neither would be exact, and the customer sees the price that holds for whole periods.
    private func allowances(
        _ amounts: Amounts, _ part: PartShares.Part, of line: RecurringInvoiceLine, days: Int,
        isSplit: Bool
    ) -> [AllowanceCharge] {
        let texts = InvoiceTexts(language)
        var allowances: [AllowanceCharge] = []
        if let share, amounts.charged != amounts.gross {
            allowances.append(
                AllowanceCharge(
                    isCharge: false, amount: amounts.gross - amounts.charged,
                    reason: texts.days(share.days, of: share.dayCount)))
        }
        if isSplit, part.charged != amounts.charged {
            allowances.append(
                AllowanceCharge(
                    isCharge: false, amount: amounts.charged - part.charged,
                    reason: texts.days(days, of: delivery.dayCount)))
        }
        if line.discountPercent != .zero {
            allowances.append(
                AllowanceCharge(
                    isCharge: false, amount: part.discount, baseAmount: part.charged,
                    percent: line.discountPercent, reason: texts.discount,
                    reasonCode: Self.discountCode))
        }
        return allowances
    }

    private func price(of line: RecurringInvoiceLine) -> FixedDecimal? {
        priceFactors.reduce(line.unitPrice) { $0?.multipliedIfFits(by: $1) }
    }

    /// UNCL 5189: discount.
    private static let discountCode = "95"

    private mutating func vatParts(of code: String) -> [VATRates.Part]? {
        let parts = vatRates.parts(of: code, during: delivery) { rate in
            hasReverseCharge && rate.category.code == "S" ? .reverseCharge : rate.category
        }
        if parts == nil { faults.append(AgreementTexts.vatRate(code, on: delivery.start)) }
        return parts
    }

    /// `line` is nil for the introduction.
    private mutating func rendered(_ template: String, line: Int?) -> String {
        let rendered = text.render(template)
        faults += rendered.unknown.map { AgreementTexts.unknownVariable($0, line: line) }
        return rendered.text
    }
}
