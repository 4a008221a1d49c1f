import EHF
import TestSupport
import Testing

@testable import Invoicing

/// VAT by the delivery: merverdiavgiftsloven § 22-1.
@Suite struct DeliveryVATTests {
    private static let rates = VATRates([
        VATRate(code: "3", category: .standard(25), validFrom: day("2005-01-01")),
        VATRate(code: "3", category: .standard(23), validFrom: day("2027-01-01")),
        VATRate(code: "V", category: .standard(25), validFrom: day("2005-01-01")),
        VATRate(code: "V", category: .standard(15), validFrom: day("2025-05-01")),
        VATRate(code: "6", category: .exempt, validFrom: day("2005-01-01")),
    ])
    private var customer = Customer(
        number: "101", party: Invoice.lawful.buyer, buyerReference: "Ola")

    private func invoice(
        of anchor: String, _ interval: Interval = .monthly, on today: String,
        billing: Billing = .advance(daysBefore: 0), start: String? = nil, end: String? = nil,
        lines: [RecurringInvoiceLine]
    ) throws -> Invoice {
        let agreement = RecurringInvoice(
            number: "A-1",
            recurrence: Recurrence(
                anchor: day(anchor), interval: interval, start: start.map(day)),
            billing: billing, endDate: end.map(day), firstPeriodPolicy: .byDays,
            lastPeriodPolicy: .byDays, lines: lines)
        let builder = InvoiceBuilder(
            seller: Seller(
                party: Invoice.lawful.seller, accounts: [PaymentAccount(number: "12345678903")],
                kidAgreement: KIDAgreement(
                    algorithm: .mod10, customerDigits: 5, invoiceDigits: 6)),
            vatRates: Self.rates, today: day(today))
        return try builder.draft(of: agreement, for: agreement.period(1), to: customer)
            .flatMap { $0.numbered(42) }.get()
    }

    private func line(
        _ code: String = "3", price: FixedDecimal = 1_000, quantity: FixedDecimal = 1,
        discount: FixedDecimal = 0
    ) -> RecurringInvoiceLine {
        RecurringInvoiceLine(
            description: "Leie {{month_year}}", quantity: quantity, unitPrice: price,
            discountPercent: discount, vatCode: code)
    }

    @Test(arguments: [
        // January prepared in December; December in January, in arrears or late.
        ("2027-01-01", "2026-12-10", Billing.advance(daysBefore: 30), 23),
        ("2026-12-01", "2027-01-01", .arrears(daysAfter: 0), 25),
        ("2026-12-01", "2027-01-20", .advance(daysBefore: 0), 25),
        ("2027-01-01", "2027-01-01", .advance(daysBefore: 0), 23),
    ])
    func `the rate is that of the delivery, whenever it is invoiced`(
        anchor: String, today: String, billing: Billing, percent: Int64
    ) throws {
        let invoice = try invoice(of: anchor, on: today, billing: billing, lines: [line()])
        #expect(invoice.lines.map(\.vat) == [.standard(FixedDecimal(percent))])
        #expect(invoice.lines[0].period == nil && invoice.lines[0].allowances.isEmpty)
        #expect(invoice.totals.vatTotal == Money(hundredths: percent * 1_000))
    }

    @Test func `a period over a change of rate is split by days, a line each`() throws {
        let invoice = try invoice(
            of: "2026-12-16", on: "2026-12-16", lines: [line("6", price: 10), line()])
        #expect(invoice.lines.map(\.id) == ["1", "2", "3"])
        #expect(invoice.lines.map(\.name) == Array(repeating: "Leie desember 2026", count: 3))
        #expect(invoice.lines.map(\.vat) == [.exempt, .standard(25), .standard(23)])
        #expect(
            invoice.lines.map(\.period) == [
                nil, DatePeriod(start: day("2026-12-16"), end: day("2026-12-31")),
                DatePeriod(start: day("2027-01-01"), end: day("2027-01-15")),
            ])
        // 1000 × 16 / 31 and 1000 × 15 / 31.
        #expect(invoice.lines.map(\.netAmount) == ["10", "516.13", "483.87"].map { Money($0)! })
        #expect(invoice.lines.dropFirst().allSatisfy { $0.unitPrice == 1_000 && $0.quantity == 1 })
        #expect(
            invoice.lines.map { $0.allowances.map(\.reason) } == [
                [], ["16 av 31 dager"], ["15 av 31 dager"],
            ])
        #expect(
            invoice.vatBreakdown.map { "\($0.category.code) \($0.taxableAmount) \($0.taxAmount)" }
                == ["S 516.13 129.03", "S 483.87 111.29", "E 10.00 0.00"])
        #expect(invoice.totals.taxExclusive == Money("1010"))
        #expect(EHFRules.violations(in: invoice) == [])
    }

    @Test func `what is broken is split within its own days`() throws {
        let invoice = try invoice(
            of: "2026-12-16", on: "2026-12-20", start: "2026-12-20", end: "2027-01-10",
            lines: [line(discount: 10)])
        #expect(
            invoice.lines.map { $0.allowances.map(\.reason) } == [
                ["22 av 31 dager", "12 av 22 dager", "Rabatt"],
                ["22 av 31 dager", "10 av 22 dager", "Rabatt"],
            ])
        // 1000 × 22 / 31 = 709.68, less 70.97.
        #expect(invoice.totals.taxExclusive == Money("638.71"))
        #expect(EHFRules.violations(in: invoice) == [])
    }

    @Test mutating func `a rate that makes no difference splits nothing`() throws {
        customer.hasReverseCharge = true
        let invoice = try invoice(of: "2026-12-16", on: "2026-12-16", lines: [line()])
        #expect(invoice.lines.map(\.vat) == [.reverseCharge] && invoice.lines[0].period == nil)
    }

    @Test func `however it is split, the parts add up to the whole`() {
        RandomCases.check(5_000) { random in
            let amount = Money(hundredths: Int64(random.int(-10_000_000...10_000_000)))
            let percent = FixedDecimal(millionths: Int64(random.int(0...100_000_000)))
            let days = (0..<random.int(1...5)).map { _ in random.int(1...400) }
            let parts = PartShares(amount, discountPercent: percent).split(by: days)
            let all = days.reduce(0, +)
            let what = "\(amount) less \(percent) % by \(days)"
            // A discount may be two øre from its percentage (PEPPOL-EN16931-R040).
            let isNear = zip(parts, days).allSatisfy { part, days in
                let exact = Double(amount.hundredths) * Double(days) / Double(all)
                let off = part.charged.percent(percent).hundredths - part.discount.hundredths
                return abs(Double(part.charged.hundredths) - exact) <= 1 && abs(off) <= 2
            }
            return .difference(what, plain: amount, real: parts.map(\.charged).sum())
                ?? .difference(
                    what, plain: amount.percent(percent), real: parts.map(\.discount).sum())
                ?? .difference("nearness of \(what)", plain: true, real: isNear)
        }
    }
}
