import TestSupport

@testable import Invoicing

/// Agreements of every sort, and of each the invoice of one of its periods, as the nightly job
/// makes it.
extension EHFGenerator {
    mutating func agreementInvoice(_ number: Int) throws -> Invoice {
        let agreement = self.agreement(number)
        let period = agreement.period(1 + Int(next(below: 3)))
        let rates = ["EUR", "SEK", "USD"].map {
            ExchangeRate(
                currency: CurrencyCode(rawValue: $0), date: period.date,
                kroner: EHFSample.number("11.7345"), source: "Norges Bank")
        }
        let builder = InvoiceBuilder(
            seller: seller(), vatRates: VATRates(VATRate.norwegian), today: period.date,
            exchangeRates: ExchangeRates(rates))
        return try builder.draft(of: agreement, for: period, to: customer())
            .flatMap { $0.numbered(Int64(number)) }.get()
    }

    private mutating func oneOf<Value>(_ values: Value...) -> Value {
        values[Int(next(below: UInt64(values.count)))]
    }

    /// From zero to, and without, so many whole ones.
    private mutating func number(below limit: UInt64) -> FixedDecimal {
        FixedDecimal(millionths: Int64(next(below: limit * 1_000_000)))
    }

    private mutating func seller() -> Seller {
        Seller(
            party: EHFSample.seller,
            accounts: [
                PaymentAccount(number: "1234.56.78903"),
                PaymentAccount(number: "NO93 8601 1117 947", bic: "DNBANOKK"),
            ],
            kidAgreement: oneOf(
                .noKID, KIDAgreement(algorithm: .mod10, customerDigits: 5, invoiceDigits: 6),
                KIDAgreement(algorithm: .mod11, customerDigits: 0, invoiceDigits: 8)),
            roundsToKrone: happens(in: 2))
    }

    private mutating func customer() -> Customer {
        Customer(
            number: "101", party: EHFSample.buyer, language: oneOf(.nb, .nn, .en),
            buyerReference: "Kari", hasReverseCharge: happens(in: 5),
            deliveryAddress: maybe(Address(street: "Kaia 4", city: "Bodø")))
    }

    private mutating func agreement(_ number: Int) -> RecurringInvoice {
        let january = EHFSample.day("2026-01-01")
        var agreement = RecurringInvoice(
            number: "A-\(number)",
            recurrence: Recurrence(
                anchor: january, interval: oneOf(.weekly, .monthly, .quarterly, .yearly),
                start: maybe(january.adding(days: Int(next(below: 7))))),
            firstPeriodPolicy: oneOf(.byDays, .full),
            priceFactor: oneOf(.one, EHFSample.number("1.033333")),
            lines: (0...next(below: 6)).map { _ in agreementLine() },
            text: maybe("Gjelder {{month}} {{year}}"),
            currency: oneOf(nil, CurrencyCode(rawValue: oneOf("EUR", "SEK", "USD"))))
        agreement.references.purchaseOrder = maybe("B-17")
        if happens(in: 3) {
            agreement.lastPeriodPolicy = .byDays
            agreement.endDate = agreement.recurrence.date(ofPeriod: 3).adding(days: 3)
        }
        return agreement
    }

    /// One in eight takes off, with a price below zero.
    private mutating func agreementLine() -> RecurringInvoiceLine {
        let price = number(below: 5_000)
        return RecurringInvoiceLine(
            description: oneOf("Leie {{month}}", "Avtale & \"søm\" <1>"),
            quantity: oneOf(.one, number(below: 20)), unit: oneOf("MON", "EA", "HUR"),
            unitPrice: happens(in: 8) ? price.negatedIfFits ?? price : price,
            discountPercent: oneOf(.zero, .zero, number(below: 100)),
            vatCode: oneOf("3", "31", "32", "33", "5", "51", "52", "6"),
            itemNumber: maybe("V-1"))
    }
}
