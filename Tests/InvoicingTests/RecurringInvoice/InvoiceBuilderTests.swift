import EHF
import Foundation
import Testing

@testable import Invoicing

@Suite struct InvoiceBuilderTests {
    private var seller = Seller(
        party: Invoice.lawful.seller, accounts: [PaymentAccount(number: "12345678903")],
        kidAgreement: KIDAgreement(algorithm: .mod10, customerDigits: 5, invoiceDigits: 6))
    private var customer = Customer(number: "101", party: Invoice.lawful.buyer)
    private var agreement = RecurringInvoice(
        number: "A-1", recurrence: Recurrence(anchor: day("2026-11-01"), interval: .monthly),
        lines: [
            RecurringInvoiceLine(
                description: "Leie {{month}}", quantity: 2, unitPrice: 100, vatCode: "3")
        ])

    private func draft(on today: String = "2026-11-24", period number: Int = 1)
        -> Result<InvoiceDraft, Faults>
    {
        let builder = InvoiceBuilder(
            seller: seller, vatRates: VATRates(VATRate.norwegian), today: day(today))
        let period = DuePeriod(
            number: number, date: agreement.recurrence.date(ofPeriod: number),
            span: agreement.recurrence.span(ofPeriod: number))
        return builder.draft(of: agreement, for: period, to: customer)
    }

    private func invoice(on today: String = "2026-11-24", period: Int = 1) throws -> Invoice {
        try draft(on: today, period: period).flatMap { $0.numbered(42) }.get()
    }

    private func faults(on today: String = "2026-11-24") -> [Fault] {
        switch draft(on: today) {
        case .success: []
        case .failure(let faults): faults.list
        }
    }

    @Test func `an agreement becomes a whole invoice`() throws {
        let invoice = try invoice()
        #expect(invoice.number == "42" && invoice.type == .invoice)
        #expect(invoice.issueDate == day("2026-11-24") && invoice.dueDate == day("2026-12-08"))
        #expect(invoice.period == DatePeriod(start: day("2026-11-01"), end: day("2026-11-30")))
        #expect(invoice.payment.reference == "001010000428")
        #expect(invoice.payment.accounts == seller.accounts)
        #expect(invoice.lines.map(\.name) == ["Leie november"])
        #expect(invoice.lines.map(\.id) == ["1"])
        #expect(invoice.totals.lineTotal == Money("200"))
        #expect(invoice.totals.vatTotal == Money("50"))
        #expect(invoice.totals.payable == Money("250"))
        #expect(invoice.totals.rounding == .zero)
        #expect(invoice.seller == seller.party && invoice.buyer == customer.party)
        #expect(LegalContent.faults(in: invoice).isEmpty)
    }

    @Test(
        arguments: [
            (8, 20, 10, "2026-11-10"), (nil, 20, 10, "2026-11-22"), (nil, nil, 10, "2026-11-12"),
            (0, 20, 10, "2026-11-02"), (-5, nil, 10, "2026-11-02"),
        ] as [(Int?, Int?, Int, String)])
    mutating func `days to pay are the agreement's, the customer's or the seller's`(
        agreed: Int?, customers: Int?, sellers: Int, due: String
    ) throws {
        (agreement.dueDays, customer.dueDays, seller.dueDays) = (agreed, customers, sellers)
        #expect(try invoice(on: "2026-11-02").dueDate == day(due))
    }

    @Test mutating func `prepared ahead, the days to pay count from the period`() throws {
        agreement.dueDays = 14
        let ahead = try invoice(on: "2026-10-18")
        #expect(ahead.issueDate == day("2026-10-18") && ahead.dueDate == day("2026-11-15"))
    }

    @Test mutating func `the price factor and the discount are rounded once each`() throws {
        agreement.priceFactor = FixedDecimal("1.0333")!
        agreement.lines = [
            RecurringInvoiceLine(
                description: "Timer", quantity: FixedDecimal("7.5")!,
                unitPrice: FixedDecimal("1234.56")!, discountPercent: FixedDecimal("12.5")!,
                vatCode: "3")
        ]
        let line = try #require(try invoice().lines.first)
        #expect(line.unitPrice == FixedDecimal("1275.670848"))
        #expect(line.allowances.map(\.baseAmount) == [Money("9567.53")])
        #expect(line.allowances.map(\.amount) == [Money("1195.94")])
        #expect(line.allowances.map(\.percent) == [FixedDecimal("12.5")])
        #expect(line.allowances.map(\.reasonCode) == ["95"])
        #expect(line.netAmount == Money("8371.59"))
    }

    @Test mutating func `VAT is reckoned on the sum of each rate`() throws {
        // Three lines of 0.02 would have 0.03 line by line (0.005 each, up); their sum has 0.02.
        agreement.lines = ["3", "31", "3", "5", "3", "6"].map {
            RecurringInvoiceLine(
                description: "Liten", unitPrice: FixedDecimal("0.02")!, vatCode: $0)
        }
        let invoice = try invoice()
        #expect(
            invoice.vatBreakdown.map(\.category) == [
                .standard(25), .standard(15), .exempt, .zeroRated,
            ])
        #expect(invoice.vatBreakdown.map(\.taxAmount.hundredths) == [2, 0, 0, 0])
        #expect(
            invoice.vatBreakdown.map(\.exemptionReason) == [
                nil, nil, "Unntatt fra merverdiavgift", nil,
            ])
    }

    @Test mutating func `a code that has no rate on the first day of the delivery is said`() {
        agreement.lines[0].vatCode = "33"
        agreement.recurrence.anchor = day("2021-09-30")
        #expect(
            faults().map(\.words) == [
                Trilingual(
                    nb: "mva-kode 33, 30.09.2021", nn: "mva-kode 33, 30.09.2021",
                    en: "VAT code 33 on 2021-09-30")
            ])
    }

    @Test mutating func `under reverse charge the buyer reckons the VAT`() throws {
        customer.hasReverseCharge = true
        agreement.lines.append(
            RecurringInvoiceLine(description: "Husleie", unitPrice: 10, vatCode: "6"))
        let invoice = try invoice()
        #expect(invoice.vatBreakdown.map(\.category) == [.reverseCharge, .exempt])
        #expect(
            invoice.vatBreakdown[0].exemptionReason
                == "Omvendt avgiftsplikt - Merverdiavgift ikke beregnet")
        #expect(invoice.vatBreakdown[0].exemptionReasonCode == "VATEX-EU-AE")
        #expect(invoice.totals.vatTotal == .zero && invoice.totals.payable == Money("210"))
        customer.party.organisationNumber = nil
        #expect(faults().map(\.code) == [.customerIncomplete])
    }

    @Test(arguments: [
        ("100.40", "125.50", "126", "0.50"), ("100.39", "125.49", "125", "-0.49"),
        ("-100.40", "-125.50", "-126", "-0.50"), ("100", "125", "125", "0"),
    ])
    mutating func `what is to be paid is rounded to whole kroner`(
        price: String, inclusive: String, payable: String, rounding: String
    ) throws {
        seller.roundsToKrone = true
        agreement.lines[0].quantity = .one
        agreement.lines[0].unitPrice = FixedDecimal(price)!
        let totals = try invoice().totals
        #expect(totals.taxInclusive == Money(inclusive) && totals.payable == Money(payable))
        #expect(totals.rounding == Money(rounding))
    }

    @Test mutating func `a price below zero becomes a quantity below zero`() throws {
        agreement.lines.append(
            RecurringInvoiceLine(description: "Fratrekk", unitPrice: -30, vatCode: "3"))
        let line = try invoice().lines[1]
        #expect(line.quantity == -1 && line.unitPrice == 30 && line.netAmount == Money("-30"))
    }

    @Test mutating func `an invoice in foreign currency states its VAT in kroner`() throws {
        agreement.currency = CurrencyCode(rawValue: "EUR")
        seller.roundsToKrone = true
        #expect(faults().map(\.code) == [.exchangeRateMissing])
        let rate = ExchangeRate(
            currency: CurrencyCode(rawValue: "EUR"), date: day("2026-11-23"),
            kroner: FixedDecimal("11.7345")!, source: "Norges Bank")
        let builder = InvoiceBuilder(
            seller: seller, vatRates: VATRates(VATRate.norwegian), today: day("2026-11-24"),
            exchangeRates: ExchangeRates([rate]))
        let period = DuePeriod(
            number: 1, date: day("2026-11-01"), span: agreement.recurrence.span(ofPeriod: 1))
        let invoice = try builder.draft(of: agreement, for: period, to: customer).get().unnumbered
        #expect(invoice.currency.rawValue == "EUR" && invoice.taxCurrency == .nok)
        #expect(invoice.taxCurrencyVATTotal == Money("586.73"))
        #expect(invoice.taxCurrencyRate == rate)
        #expect(
            invoice.completedForEHF.notes == [
                "VAT in NOK by 11.7345 NOK per 1 EUR (Norges Bank 2026-11-23)"
            ])
        #expect(invoice.totals.rounding == .zero)
    }

    @Test mutating func `references and text come with it`() throws {
        agreement.text = "Gjelder {{period}}"
        customer.buyerReference = "Ola"
        customer.language = .en
        customer.deliveryAddress = Address(city: "Alta")
        #expect(try invoice().references.buyerReference == "Ola")
        #expect(try invoice().notes == ["Gjelder November 2026"])
        #expect(try invoice().delivery?.address?.city == "Alta")
        agreement.references.buyerReference = "Kari"
        agreement.text = " "
        #expect(try invoice().references.buyerReference == "Kari")
        #expect(try invoice().notes.isEmpty)
    }

    @Test mutating func `all that is wrong is found at once`() {
        seller.party.organisationNumber = nil
        customer.party.name = ""
        agreement.text = "{{nonsense}}"
        agreement.lines = [
            RecurringInvoiceLine(description: "{{mnd}}", unitPrice: 1, vatCode: "99"),
            RecurringInvoiceLine(description: " ", unitPrice: 1, vatCode: "3"),
            RecurringInvoiceLine(
                description: "x", unitPrice: 1, discountPercent: 101, vatCode: "98"),
            RecurringInvoiceLine(
                description: "x", quantity: 9_000_000_000, unitPrice: 9_000_000_000, vatCode: "3"),
        ]
        #expect(
            faults().map(\.inEnglish) == [
                Fault(
                    .documentFailed,
                    "line 2: no description (bokføringsforskriften § 5-1-1 no. 3);"
                        + " line 3: a discount of 101 %; it may be from 0 to 100;"
                        + " line 4: the amount is too large"),
                Fault(.lineVariableUnknown, "line 1: {{mnd}}; introduction: {{nonsense}}"),
                Fault(
                    .sellerIncomplete, "valid organisation number (bokføringsforskriften § 5-1-2)"),
                Fault(.customerIncomplete, "name (bokføringsforskriften § 5-1-2)"),
                Fault(
                    .vatRateUnknown,
                    "VAT code 99 on 2026-11-01; VAT code 98 on 2026-11-01"),
            ])
    }

    @Test mutating func `an agreement without lines, or with too many, is no invoice`() {
        let line = agreement.lines[0]
        agreement.lines = []
        #expect(faults().map(\.inEnglish) == [Fault(.documentFailed, "agreement A-1 has no lines")])
        agreement.lines = Array(repeating: line, count: 1_001)
        #expect(faults().map(\.code) == [.documentFailed])
        agreement.lines.removeLast()
        #expect(faults().isEmpty)
    }

    @Test mutating func `what people type never traps`() {
        let extremes = [Int64.min, -1_000_000, 0, 1_000_000, .max].map {
            FixedDecimal(millionths: $0)
        }
        for quantity in extremes {
            for price in extremes {
                for factor in extremes {
                    agreement.priceFactor = factor
                    agreement.lines = Array(
                        repeating: RecurringInvoiceLine(
                            description: "x", quantity: quantity, unitPrice: price,
                            discountPercent: 10, vatCode: "3"), count: 2)
                    #expect(faults().allSatisfy { $0.code == .documentFailed })
                }
            }
        }
    }

    @Test mutating func `a customer number outside the KID is found before there is a number`() {
        customer.number = "1234567"
        #expect(faults().map(\.code) == [.kidUnusable])
    }

    @Test func `an invoice number outside the KID fails and is never cut`() throws {
        let draft = try draft().get()
        #expect(throws: Faults.self) { try draft.numbered(1_000_000).get() }
        #expect(try draft.numbered(999_999).get().payment.reference?.count == 12)
    }
}
