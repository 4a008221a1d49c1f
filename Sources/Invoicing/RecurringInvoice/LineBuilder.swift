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

/// What is charged of the first period where the agreement starts in the middle of it.
package enum FirstPeriodPolicy: String, Codable, Sendable, CaseIterable {
    /// The whole price.
    case full
    /// The part that its days are of the period's.
    case byDays = "days"
    /// Nothing: the next period is the first that is invoiced.
    case next
}

/// What is charged of the last period where the agreement ends in the middle of it.
package enum LastPeriodPolicy: String, Codable, Sendable, CaseIterable {
    /// The whole price, of the whole period: the end says only when no new period begins.
    case full
    /// The part that its days, to the end of the agreement, are of the period's.
    case byDays = "days"
}

/// The part of a period that is charged: so many of its days.
package struct PeriodShare: Hashable, Codable, Sendable {
    /// The days that are charged; 1 or more, and fewer than `dayCount`.
    package let days: Int
    /// The days of the whole period, by the calendar.
    package let dayCount: Int

    /// The part, or nil where it is nothing or the whole.
    package init?(_ days: Int, of dayCount: Int) {
        guard 0 < days, days < dayCount else { return nil }
        self.days = days
        self.dayCount = dayCount
    }

    /// The part of an amount, rounded once to hundredths, half away from zero.
    package func of(_ amount: Money) -> Money {
        Money(
            hundredths: roundedQuotient(Int128(amount.hundredths) * Int128(days), Int128(dayCount)))
    }
}

extension RecurringInvoice {
    /// The period as it is invoiced: the days that are delivered, and the part that is charged.
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

    /// Whether the period is begun in its middle and, by the agreement, not charged at all.
    func isBrokenAndFree(_ number: Int) -> Bool {
        firstPeriodPolicy == .next && number == recurrence.firstNumber
            && recurrence.span(ofPeriod: number) != recurrence.wholeSpan(ofPeriod: number)
    }

    /// The last day that is dealt with once all periods before this one are; nil where none is.
    package func lastDay(before number: Int) -> CivilDate? {
        number > nextPeriodNumber ? period(number - 1).span.end : nil
    }
}

/// Splits an amount and its discount by days, so that the parts add up to the whole.
///
/// What is charged up to and including each part is rounded once, half away from zero, and the part
/// is the difference to the one before; so is its discount. No part is more than an øre from its
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

    /// The parts that have so many days each.
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
