import Foundation
import TestSupport
import Testing

@testable import Invoicing

@Suite struct InvoiceSumsTests {
    /// Foundation's Decimal, which shares nothing with our integers, reckons the same invoices.
    @Test func `a hundred thousand lines add up to the øre`() throws {
        var random = SeededNumbers(seed: 8)
        let codes = ["3", "31", "32", "33", "5", "6"]
        for _ in 0..<10_000 {
            let agreement = RecurringInvoice(
                number: "A", recurrence: Recurrence(anchor: day("2026-11-01"), interval: .monthly),
                priceFactor: FixedDecimal(millionths: Int64(random.int(500_000...2_000_000))),
                lines: (0..<10).map { _ in
                    RecurringInvoiceLine(
                        description: "x",
                        quantity: FixedDecimal(
                            millionths: Int64(random.int(-5_000_000...50_000_000))),
                        unitPrice: FixedDecimal(millionths: Int64(random.int(0...9_999_999_999))),
                        discountPercent: FixedDecimal(Int64(random.int(0...3) * 10)),
                        vatCode: codes[random.int(0...5)])
                })
            try check(invoice(of: agreement), against: agreement)
        }
    }

    private func invoice(of agreement: RecurringInvoice) throws -> Invoice {
        var buyer = Customer(number: "1", party: Invoice.lawful.buyer)
        buyer.dueDays = 14
        let builder = InvoiceBuilder(
            seller: Seller(
                party: Invoice.lawful.seller, accounts: Invoice.lawful.payment.accounts,
                roundsToKrone: true),
            vatRates: VATRates(VATRate.norwegian), today: day("2026-11-24"))
        let span = agreement.recurrence.span(ofPeriod: 1)
        return try builder.draft(
            of: agreement, for: DuePeriod(number: 1, date: span.start, span: span), to: buyer
        ).flatMap { $0.numbered(1) }.get()
    }

    private func check(_ invoice: Invoice, against agreement: RecurringInvoice) throws {
        var sums: [VATCategory: Decimal] = [:]
        for (line, source) in zip(invoice.lines, agreement.lines) {
            let price = rounded(decimal(source.unitPrice) * decimal(agreement.priceFactor), 6)
            let gross = rounded(price * decimal(source.quantity), 2)
            let discount = rounded(gross * decimal(source.discountPercent) / 100, 2)
            #expect(decimal(line.netAmount) == gross - discount)
            sums[line.vat, default: 0] += gross - discount
        }
        let totals = invoice.totals
        #expect(invoice.vatBreakdown.count == sums.count)
        for subtotal in invoice.vatBreakdown {
            let taxable = try #require(sums[subtotal.category])
            let rate = try #require(subtotal.category.rate)
            #expect(decimal(subtotal.taxableAmount) == taxable)
            #expect(decimal(subtotal.taxAmount) == rounded(taxable * decimal(rate) / 100, 2))
        }
        #expect(decimal(totals.taxExclusive) == sums.values.reduce(0, +))
        #expect(totals.taxExclusive == invoice.vatBreakdown.map(\.taxableAmount).sum())
        #expect(totals.vatTotal == invoice.vatBreakdown.map(\.taxAmount).sum())
        #expect(totals.taxInclusive == totals.taxExclusive + totals.vatTotal)
        #expect(totals.payable == totals.taxInclusive + totals.rounding)
        #expect(decimal(totals.payable) == rounded(decimal(totals.taxInclusive), 0))
    }

    private func decimal(_ money: Money) -> Decimal {
        Decimal(money.hundredths) / 100
    }

    private func decimal(_ number: FixedDecimal) -> Decimal {
        Decimal(number.millionths) / 1_000_000
    }

    /// `plain` rounds halves away from zero.
    private func rounded(_ number: Decimal, _ places: Int) -> Decimal {
        var (number, result) = (number, Decimal())
        NSDecimalRound(&result, &number, places, .plain)
        return result
    }
}
