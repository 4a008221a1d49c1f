/// Creates the lines of one invoice and collects their faults.
struct LineBuilder {
    let text: PeriodText
    let language: Language
    let vatRates: VATRates
    /// The days of the delivery, which determine the VAT rates.
    let delivery: DatePeriod
    /// The factors by which each price is multiplied, in turn.
    let priceFactors: [FixedDecimal]
    /// The part of the period that is charged; nil for the full period.
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

    /// The lines of the invoice for a line of the agreement, numbered from `id` on.
    ///
    /// One line, or one for each rate where the VAT rate changes within the delivery; none, and
    /// faults, where it can't be created.
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

    /// The introduction on the invoice; nil where it is blank.
    mutating func note(_ template: String) -> String? {
        let note = rendered(template, line: nil)
        return note.allSatisfy(\.isWhitespace) ? nil : note
    }

    private struct Amounts {
        var quantity: FixedDecimal
        var price: FixedDecimal
        /// Quantity × price.
        var gross: Money
        /// The part of it that is charged for the days of the period.
        var charged: Money
    }

    /// The price keeps six decimals after each factor; quantity × price and the share of a partial
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
            // EN 16931 allows no negative prices (BR-27): a deduction has a negative quantity.
            (amounts.quantity, amounts.price) = (quantity, positive)
        }
        return amounts
    }

    /// The deductions for a partial period and for the days at another VAT rate, and the discount.
    ///
    /// The days are deducted as allowances that state them, not by a smaller quantity or price:
    /// neither would be exact, and the customer sees the price of full periods.
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

/// What is charged for the first period where the agreement starts in the middle of it.
package enum FirstPeriodPolicy: String, Codable, Sendable, CaseIterable {
    /// The full price.
    case full
    /// The share of its days in the full period.
    case byDays = "days"
    /// Nothing: the next period is the first to be invoiced.
    case next
}

/// What is charged for the last period where the agreement ends in the middle of it.
package enum LastPeriodPolicy: String, Codable, Sendable, CaseIterable {
    /// The full price of the full period: the end only determines when no new period begins.
    case full
    /// The share of its days, until the end of the agreement, in the full period.
    case byDays = "days"
}

/// The part of a period that is charged: a number of its days.
package struct PeriodShare: Hashable, Codable, Sendable {
    /// The days that are charged; at least 1, and fewer than `dayCount`.
    package let days: Int
    /// The days of the full period by the calendar.
    package let dayCount: Int

    /// Nil where the part is nothing or the whole.
    package init?(_ days: Int, of dayCount: Int) {
        guard 0 < days, days < dayCount else { return nil }
        self.days = days
        self.dayCount = dayCount
    }

    /// The share of an amount, rounded once to hundredths, half away from zero.
    package func of(_ amount: Money) -> Money {
        Money(
            hundredths: roundedQuotient(Int128(amount.hundredths) * Int128(days), Int128(dayCount)))
    }
}

extension RecurringInvoice {
    /// The period as invoiced: the days that are delivered, and the part that is charged.
    package func period(_ number: Int) -> DuePeriod {
        let whole = recurrence.wholeSpan(ofPeriod: number)
        var span = recurrence.span(ofPeriod: number)
        if lastPeriodPolicy == .byDays, let endDate, span.contains(endDate) { span.end = endDate }
        var charged = span
        if firstPeriodPolicy == .full { charged.start = whole.start }
        return DuePeriod(
            number: number, date: span.start, span: span,
            share: PeriodShare(charged.dayCount, of: whole.dayCount))
    }

    /// Whether the period begins in its middle and, by the agreement, is not charged at all.
    func isBrokenAndFree(_ number: Int) -> Bool {
        firstPeriodPolicy == .next && number == recurrence.firstNumber
            && recurrence.span(ofPeriod: number) != recurrence.wholeSpan(ofPeriod: number)
    }

    /// The last day that is settled once all periods before this one are; nil where none is.
    package func lastDay(before number: Int) -> CivilDate? {
        number > nextPeriodNumber ? period(number - 1).span.end : nil
    }
}

/// Splits an amount and its discount by days so that the parts add up to the whole.
///
/// The amount up to and including each part is rounded once, half away from zero, and the part is
/// the difference from the previous one; likewise its discount. No part differs from its exact
/// share by more than an øre.
/// exact share.
struct PartShares {
    let amount: Money
    let discountPercent: FixedDecimal

    /// The share of one part.
    struct Part: Hashable {
        /// Before the discount.
        var charged: Money
        var discount: Money
    }

    init(_ amount: Money, discountPercent: FixedDecimal) {
        self.amount = amount
        self.discountPercent = discountPercent
    }

    /// The parts for the given numbers of days.
    func split(by days: [Int]) -> [Part] {
        let dayCount = days.reduce(0, +)
        var (daysBefore, before) = (0, Part(charged: .zero, discount: .zero))
        return days.map { days in
            daysBefore += days
            let charged = PeriodShare(daysBefore, of: dayCount)?.of(amount) ?? amount
            let upToHere = Part(charged: charged, discount: charged.percent(discountPercent))
            defer { before = upToHere }
            return Part(
                charged: upToHere.charged - before.charged,
                discount: upToHere.discount - before.discount)
        }
    }
}
