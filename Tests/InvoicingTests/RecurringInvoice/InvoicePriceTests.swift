import EHF
import Testing

@testable import Invoicing

/// What index, broken period and foreign currency make of an invoice's lines and sums.
@Suite struct InvoicePriceTests {
    private var seller = Seller(
        party: Invoice.lawful.seller, accounts: [PaymentAccount(number: "12345678903")],
        kidAgreement: KIDAgreement(algorithm: .mod10, customerDigits: 5, invoiceDigits: 6))
    private var customer = Customer(number: "101", party: Invoice.lawful.buyer)
    private var agreement = RecurringInvoice(
        number: "A-1",
        recurrence: Recurrence(
            anchor: day("2026-03-01"), interval: .monthly, start: day("2026-03-17")),
        firstPeriodPolicy: .byDays,
        lines: [
            RecurringInvoiceLine(
                description: "Leie {{from}}–{{to}}, {{period}}", unitPrice: 1_000, vatCode: "3")
        ])
    private var rates: [ExchangeRate] = []
    private var values = IndexValues()

    private func draft(period: Int = 1) -> Result<InvoiceDraft, Faults> {
        let period = agreement.period(period)
        return InvoiceBuilder(
            seller: seller, vatRates: VATRates(VATRate.norwegian), today: period.date,
            exchangeRates: ExchangeRates(rates), indexValues: values
        ).draft(of: agreement, for: period, to: customer)
    }

    private func invoice(period: Int = 1) throws -> Invoice {
        try draft(period: period).flatMap { $0.numbered(42) }.get()
    }

    private func faults(period: Int = 1) -> [Fault] {
        switch draft(period: period) {
        case .success: []
        case .failure(let faults): faults.list
        }
    }

    @Test func `a broken period says its true dates and what is taken off`() throws {
        let invoice = try invoice()
        let line = invoice.lines[0]
        #expect(line.name == "Leie 17.03.2026–31.03.2026, 17.03.2026–31.03.2026")
        #expect(invoice.period == DatePeriod(start: day("2026-03-17"), end: day("2026-03-31")))
        // 1000 × 15 / 31 = 483.870…
        #expect(line.quantity == 1 && line.unitPrice == 1_000)
        #expect(line.allowances.map(\.amount) == [Money("516.13")!])
        #expect(line.allowances.map(\.reason) == ["15 av 31 dager"])
        #expect(line.netAmount == Money("483.87"))
        #expect(invoice.totals.vatTotal == Money("120.97"))
        let next = try self.invoice(period: 2)
        #expect(next.lines[0].allowances.isEmpty && next.lines[0].netAmount == Money("1000"))
    }

    @Test(arguments: [
        ("1", "0.01", "0"), ("1", "999999.99", "0"), ("12345.678901", "0.333333", "12.5"),
        ("3", "-30", "10"), ("-7.5", "99.99", "33.333333"), ("1000000", "1234.567891", "0"),
    ])
    mutating func `its lines add up as EHF asks`(
        quantity: String, price: String, discount: String
    ) throws {
        agreement.lines.append(
            RecurringInvoiceLine(
                description: "Vare", quantity: FixedDecimal(quantity)!,
                unitPrice: FixedDecimal(price)!, discountPercent: FixedDecimal(discount)!,
                vatCode: "31"))
        let invoice = try invoice()
        for line in invoice.lines {
            let gross = try #require(Money.product(of: line.quantity, and: line.unitPrice))
            #expect(line.netAmount == gross + line.allowances.map(\.signedAmount).sum())
        }
        let sums = ["BR-CO", "R04", "R12", "BR-2", "BR-4", "BR-DEC"]
        let violations = EHFRules.violations(in: invoice.completedForEHF).filter { violation in
            sums.contains { violation.rule.contains($0) }
        }
        #expect(violations.isEmpty, "\(violations)")
    }

    @Test mutating func `the discount is off what is left of a broken period`() throws {
        agreement.lines[0].discountPercent = 10
        customer.language = .en
        let line = try invoice().lines[0]
        #expect(line.allowances.map(\.reason) == ["15 of 31 days", "Discount"])
        #expect(line.allowances.map(\.amount) == [Money("516.13")!, Money("48.39")!])
        #expect(line.netAmount == Money("435.48"))
    }

    /// A lease at the prices of October 2024, adjusted each April.
    private mutating func followIndex(noticeDays: Int = 0) {
        agreement.priceIndex = PriceIndexClause(
            index: "KPI", base: day("2024-10-01"), baseValue: 135, adjustMonth: 4,
            noticeDays: noticeDays)
    }

    @Test mutating func `the index comes on top of the price factor, at the period's date`() throws
    {
        followIndex()
        agreement.priceFactor = FixedDecimal("1.1")!
        values["KPI", IndexMonth(of: day("2025-10-01"))] = FixedDecimal("139.05")
        agreement.firstPeriodPolicy = .full
        #expect(try invoice().lines[0].unitPrice == 1_100)
        // 1000 × 1.1 × 1.03.
        #expect(try invoice(period: 2).lines[0].unitPrice == 1_133)
    }

    @Test mutating func `a value that is missing stops the invoice and is named`() {
        followIndex()
        #expect(faults().isEmpty, "nothing is adjusted before April")
        let faults = faults(period: 2)
        #expect(faults.map(\.code) == [.indexValueMissing])
        #expect(faults[0].detail.contains("KPI of 2025-10"), "\(faults)")
    }

    @Test mutating func `a raise without notice leaves the old price, and is said`() throws {
        followIndex(noticeDays: 30)
        values["KPI", IndexMonth(of: day("2025-10-01"))] = FixedDecimal("139.05")
        let draft = try draft(period: 2).get()
        #expect(draft.unnumbered.lines[0].unitPrice == 1_000)
        #expect(
            draft.awaitedPriceIncrease
                == AwaitedPriceIncrease(
                    adjustsOn: day("2026-04-01"), oldFactor: 1, newFactor: FixedDecimal("1.03")!))
        agreement.priceIndex?.notices = [
            PriceNotice(adjustsOn: day("2026-04-01"), sentOn: day("2026-03-02"))
        ]
        #expect(try invoice(period: 2).lines[0].unitPrice == 1_030)
    }

    @Test mutating func `VAT is in kroner whatever the books are kept in`() throws {
        seller.currency = CurrencyCode(rawValue: "EUR")
        #expect(faults().map(\.code) == [.exchangeRateMissing])
        rates = [
            ExchangeRate(
                currency: seller.currency, date: day("2026-03-13"), kroner: 11, source: "ECB")
        ]
        let invoice = try invoice()
        #expect(invoice.currency == seller.currency && invoice.taxCurrency == .nok)
        #expect(invoice.taxCurrencyVATTotal == Money("1330.67"))
        rates[0].date = day("2026-03-09")
        #expect(faults().map(\.code) == [.exchangeRateMissing], "eight days are too old")
        agreement.lines[0].vatCode = "52"
        #expect(faults().isEmpty, "without VAT there is none to state")
    }
}
