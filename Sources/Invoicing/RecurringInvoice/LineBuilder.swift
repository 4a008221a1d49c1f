/// Makes the lines of one invoice and gathers what is wrong with them.
struct LineBuilder {
    let text: PeriodText
    let language: Language
    let vatRates: VATRates
    /// The day whose VAT rates hold.
    let vatDate: CivilDate
    /// What each price is multiplied by, one after the other.
    let priceFactors: [FixedDecimal]
    /// The part of the period that is charged; nil for all of it.
    let share: PeriodShare?
    let hasReverseCharge: Bool
    private(set) var faults: [Fault] = []

    init(
        text: PeriodText, language: Language, vatRates: VATRates, vatDate: CivilDate,
        priceFactors: [FixedDecimal], share: PeriodShare?, hasReverseCharge: Bool
    ) {
        self.text = text
        self.language = language
        self.vatRates = vatRates
        self.vatDate = vatDate
        self.priceFactors = priceFactors
        self.share = share
        self.hasReverseCharge = hasReverseCharge
    }

    /// The line of the invoice; nil, and faults, where it can't be made.
    mutating func line(_ line: RecurringInvoiceLine, number: Int) -> InvoiceLine? {
        let name = rendered(line.description)
        if line.description.allSatisfy(\.isWhitespace) {
            fail(
                .documentFailed,
                "line \(number): no description (bokføringsforskriften § 5-1-1 no. 3)")
        }
        let vat = vatCategory(of: line.vatCode)
        guard let amounts = amounts(of: line, number: number), let vat else { return nil }
        return InvoiceLine(
            id: String(number), name: name, quantity: amounts.quantity, unit: line.unit,
            unitPrice: amounts.price, allowances: amounts.allowances, vat: vat,
            netAmount: amounts.gross + amounts.allowances.map(\.signedAmount).sum(),
            sellerItemNumber: line.itemNumber)
    }

    /// The text on the invoice; nil where it is blank.
    mutating func note(_ template: String) -> String? {
        let note = rendered(template)
        return note.allSatisfy(\.isWhitespace) ? nil : note
    }

    private struct Amounts {
        var quantity: FixedDecimal
        var price: FixedDecimal
        var gross: Money
        var allowances: [AllowanceCharge] = []
    }

    /// The price keeps six decimals after each factor; quantity × price, the part of a broken
    /// period and the discount are each rounded once, to hundredths.
    ///
    /// What a broken period is short of is taken off the line as an allowance that says its days,
    /// not by a smaller quantity or price: neither would be exact, and the customer sees the price
    /// that holds from the next period on.
    private mutating func amounts(of line: RecurringInvoiceLine, number: Int) -> Amounts? {
        guard (0...100).contains(line.discountPercent) else {
            fail(.documentFailed, "line \(number): a discount of \(line.discountPercent) %")
            return nil
        }
        guard let price = price(of: line),
            let gross = Money.product(of: line.quantity, and: price)
        else {
            fail(.documentFailed, "line \(number): the amount is too large")
            return nil
        }
        var amounts = Amounts(quantity: line.quantity, price: price, gross: gross)
        if price < .zero, let quantity = line.quantity.negatedIfFits,
            let positive = price.negatedIfFits
        {
            // EN 16931 has no prices below zero (BR-27): what is taken off is a negative quantity.
            (amounts.quantity, amounts.price) = (quantity, positive)
        }
        let charged = share?.of(gross) ?? gross
        if let share, charged != gross {
            amounts.allowances.append(
                AllowanceCharge(
                    isCharge: false, amount: gross - charged,
                    reason: InvoiceTexts(language).brokenPeriod(share)))
        }
        if line.discountPercent != .zero {
            amounts.allowances.append(
                AllowanceCharge(
                    isCharge: false, amount: charged.percent(line.discountPercent),
                    baseAmount: charged, percent: line.discountPercent,
                    reason: InvoiceTexts(language).discount, reasonCode: Self.discountCode))
        }
        return amounts
    }

    private func price(of line: RecurringInvoiceLine) -> FixedDecimal? {
        priceFactors.reduce(line.unitPrice) { $0?.multipliedIfFits(by: $1) }
    }

    /// UNCL 5189: discount.
    private static let discountCode = "95"

    private mutating func vatCategory(of code: String) -> VATCategory? {
        guard let rate = vatRates.rate(of: code, on: vatDate) else {
            fail(.vatRateUnknown, "VAT code \(code.prefix(40)) on \(vatDate)")
            return nil
        }
        let category = rate.category
        return hasReverseCharge && category.code == "S" ? .reverseCharge : category
    }

    private mutating func rendered(_ template: String) -> String {
        let rendered = text.render(template)
        for name in rendered.unknown { fail(.templateVariableUnknown, name) }
        return rendered.text
    }

    private mutating func fail(_ code: FaultCode, _ detail: String) {
        faults.append(Fault(code, detail))
    }
}
