import EHF
import TestSupport
import Testing

@testable import Invoicing

/// Invoices of many lines, held against amounts that are reckoned as plain fractions.
@Suite struct MoneyProperties {
    private struct Case {
        var agreement: RecurringInvoice
        var rates: [VATRate]
        var roundsToKrone: Bool
    }

    @Test func `lines, VAT and sums are to the øre what fractions make of them`() throws {
        try RandomCases.check(3_000) { random in
            let one = Self.random(&random)
            let period = one.agreement.period(1)
            let invoice = try Self.invoice(of: one, period)
            var lines: [String] = []
            var taxable: [Int64: Int128] = [:]
            for line in one.agreement.lines {
                let parts = PlainMoney.parts(
                    of: line, factor: one.agreement.priceFactor, share: period.share,
                    rates: Self.rates(of: line.vatCode, on: period.span, one.rates))
                for part in parts {
                    lines.append("\(part.net) \(part.rate)")
                    taxable[part.rate, default: 0] += part.net
                }
            }
            let vat = taxable.map { rate, sum in
                "\(rate) \(sum) \(PlainMoney.rounded(sum * Int128(rate), 100_000_000))"
            }
            let tax = taxable.reduce(Int128(0)) {
                $0 + PlainMoney.rounded($1.value * Int128($1.key), 100_000_000)
            }
            let inclusive = taxable.values.reduce(0, +) + tax
            let payable =
                one.roundsToKrone ? 100 * PlainMoney.rounded(inclusive, 100) : inclusive
            let what = "\(one.agreement), \(one.rates)"
            return .difference(
                "lines of \(what)", plain: lines, real: invoice.lines.map(Self.text))
                ?? .difference(
                    "VAT of \(what)", plain: vat.sorted(),
                    real: invoice.vatBreakdown.map(Self.text).sorted())
                ?? .difference(
                    "sums of \(what)", plain: "\(tax) \(inclusive) \(payable)",
                    real: "\(invoice.totals.vatTotal.hundredths)"
                        + " \(invoice.totals.taxInclusive.hundredths)"
                        + " \(invoice.totals.payable.hundredths)")
                ?? .difference(
                    "EHF of \(what)", plain: [], real: EHFRules.violations(in: invoice))
        }
    }

    private static func text(_ line: InvoiceLine) -> String {
        "\(line.netAmount.hundredths) \(line.vat.rate?.millionths ?? 0)"
    }

    private static func text(_ vat: VATSubtotal) -> String {
        "\(vat.category.rate?.millionths ?? 0) \(vat.taxableAmount.hundredths)"
            + " \(vat.taxAmount.hundredths)"
    }

    /// The rate of each day, by looking through all of them for each day.
    private static func rates(
        of code: String, on span: DatePeriod, _ rates: [VATRate]
    ) -> [Int64] {
        (0..<span.dayCount).map { offset in
            let day = span.start.adding(days: offset)
            var newest: VATRate?
            for rate in rates where rate.code == code && rate.validFrom <= day {
                if newest.map({ $0.validFrom < rate.validFrom }) ?? true { newest = rate }
            }
            return newest?.category.rate?.millionths ?? -1
        }
    }

    private static func invoice(of one: Case, _ period: DuePeriod) throws -> Invoice {
        let seller = Seller(
            party: Invoice.lawful.seller, accounts: [PaymentAccount(number: "12345678903")],
            kidAgreement: KIDAgreement(algorithm: .mod10, customerDigits: 5, invoiceDigits: 6),
            roundsToKrone: one.roundsToKrone)
        return try InvoiceBuilder(
            seller: seller, vatRates: VATRates(one.rates), today: period.date
        ).draft(
            of: one.agreement, for: period,
            to: Customer(number: "101", party: Invoice.lawful.buyer, buyerReference: "Ola")
        ).flatMap { $0.numbered(42) }.get()
    }

    private static func random(_ random: inout SeededNumbers) -> Case {
        let anchor = day("2026-01-01").adding(days: random.int(0...400))
        let interval = random.element([Interval.monthly, .weekly, .quarterly, .yearly, .daily])
        var agreement = RecurringInvoice(
            number: "A", recurrence: Recurrence(anchor: anchor, interval: interval),
            firstPeriodPolicy: random.element([.full, .byDays]), lastPeriodPolicy: .byDays,
            priceFactor: FixedDecimal(millionths: Int64(random.int(1...3_000_000))),
            lines: (0..<random.int(1...19)).map { _ in line(&random) })
        let days = agreement.recurrence.span(ofPeriod: 1).dayCount
        let start = random.int(0...days - 1)
        if random.isOnce(in: 2) { agreement.recurrence.start = anchor.adding(days: start) }
        if random.isOnce(in: 3) {
            agreement.endDate = anchor.adding(days: random.int(start...days - 1))
        }
        return Case(
            agreement: agreement, rates: rates(&random), roundsToKrone: random.isOnce(in: 3))
    }

    private static func line(_ random: inout SeededNumbers) -> RecurringInvoiceLine {
        let isWhole = random.isOnce(in: 2)
        return RecurringInvoiceLine(
            description: "x",
            quantity: isWhole
                ? FixedDecimal(Int64(random.int(1...100)))
                : FixedDecimal(millionths: Int64(random.int(1...500_000_000))),
            unitPrice: FixedDecimal(
                millionths: Int64(
                    random.int(random.isOnce(in: 6) ? -90_000_000...0 : 0...9_000_000_000))),
            discountPercent: random.isOnce(in: 3)
                ? FixedDecimal(millionths: Int64(random.int(0...100_000_000))) : 0,
            vatCode: random.element(["1", "2", "3"]))
    }

    /// Three codes, each with a few changes within the two years.
    private static func rates(_ random: inout SeededNumbers) -> [VATRate] {
        ["1", "2", "3"].flatMap { code in
            [day("2005-01-01")].map { VATRate(code: code, category: .standard(25), validFrom: $0) }
                + Set((0..<random.int(0...4)).map { _ in random.int(0...800) }).map { offset in
                    VATRate(
                        code: code,
                        category: .standard(FixedDecimal(Int64(random.element([12, 15, 23, 25])))),
                        validFrom: day("2026-01-01").adding(days: offset))
                }
        }
    }
}
