import Invoicing
import Testing

@testable import Documents

struct FormatsTests {
    private let norwegian = Formats(language: .nb)
    private let english = Formats(language: .en)

    @Test(arguments: [
        (Int64(0), "0,00", "0.00"), (5, "0,05", "0.05"), (-5, "−0,05", "−0.05"),
        (99_999, "999,99", "999.99"), (123_450, "1\u{A0}234,50", "1,234.50"),
        (-123_456_789_00, "−123\u{A0}456\u{A0}789,00", "−123,456,789.00"),
        (Int64.min, "−92\u{A0}233\u{A0}720\u{A0}368\u{A0}547\u{A0}758,08", nil),
    ])
    func `amounts have two decimals and groups of three`(
        hundredths: Int64, norwegian: String, english: String?
    ) {
        let money = Money(hundredths: hundredths)
        #expect(self.norwegian.amount(money) == norwegian)
        if let english { #expect(self.english.amount(money) == english) }
    }

    @Test(arguments: [
        ("1", "1", "1,00"), ("7.5", "7,5", "7,50"), ("0.1275", "0,1275", "0,1275"),
        ("-1234.333333", "−1\u{A0}234,333333", "−1\u{A0}234,333333"), ("0", "0", "0,00"),
    ])
    func `quantities have the decimals they need, prices two at least`(
        value: String, quantity: String, price: String
    ) throws {
        let decimal = try #require(FixedDecimal(value))
        #expect(norwegian.quantity(decimal) == quantity)
        #expect(norwegian.price(decimal) == price)
    }

    @Test func `a rate is written as the language does`() throws {
        let rate = try #require(FixedDecimal("11.11"))
        #expect(norwegian.percent(rate) == "11,11\u{A0}%")
        #expect(english.percent(rate) == "11.11%")
    }

    @Test(arguments: [
        ("11.423", 1, "11,4230 NOK per EUR", "11.4230 NOK per EUR"),
        ("9.876543", 100, "9,876543 NOK per 100 EUR", "9.876543 NOK per 100 EUR"),
        ("1.5", 10_000, "1,5000 NOK per 10 000 EUR", "1.5000 NOK per 10,000 EUR"),
    ])
    func `a rate of exchange has four decimals at least`(
        kroner: String, units: Int, norwegian: String, english: String
    ) throws {
        let rate = ExchangeRate(
            currency: CurrencyCode(rawValue: "EUR"), date: Sample.day("2026-11-23"),
            kroner: try #require(FixedDecimal(kroner)), units: units, source: "Norges Bank")
        #expect(self.norwegian.rate(rate).replacing("\u{A0}", with: " ") == norwegian)
        #expect(self.english.rate(rate).replacing("\u{A0}", with: " ") == english)
    }

    @Test func `an English date can't be read as another day`() {
        let day = Sample.day("2026-03-04")
        #expect(norwegian.date(day) == "04.03.2026")
        #expect(english.date(day) == "4\u{A0}Mar\u{A0}2026")
        #expect(
            english.period(DatePeriod(start: day, end: day))
                == "4\u{A0}Mar\u{A0}2026–4\u{A0}Mar\u{A0}2026")
    }

    @Test(arguments: [
        ("86011117947", "8601.11.17947"), ("8601.11.17947", "8601.11.17947"),
        ("8601 11 17947", "8601.11.17947"),
        ("NO9386011117947", "NO93\u{A0}8601\u{A0}1117\u{A0}947"),
        ("SE45 5000 0000 0583 9825 7466", "SE45\u{A0}5000\u{A0}0000\u{A0}0583\u{A0}9825\u{A0}7466"),
        ("12345", "12345"), ("", ""), ("hos meg", "hos meg"),
    ])
    func `accounts are written as people read them`(number: String, written: String) {
        #expect(IdentifierFormat.account(number) == written)
    }

    @Test(arguments: [
        ("123456785", "123\u{A0}456\u{A0}785"), ("123 456 785", "123\u{A0}456\u{A0}785"),
        ("DE123", "DE123"), ("", ""),
    ])
    func `organisation numbers stand in threes`(number: String, written: String) {
        #expect(IdentifierFormat.organisation(number) == written)
    }

    @Test(arguments: [
        ("NO123456785MVA", "123456785"), ("no 123 456 785 mva", "123456785"),
        ("NO12345678MVA", nil), ("SE123456785MVA", nil), ("NO123456785", nil),
    ])
    func `a Norwegian VAT number holds its organisation number`(number: String, digits: String?) {
        #expect(IdentifierFormat.organisationNumber(inVATNumber: number) == digits)
    }

    @Test(arguments: [
        ("101000000428", "86011117947", true), ("1010000004-", "86011117947", true),
        ("RF18539007547034", "86011117947", false), ("1", "86011117947", false),
        (String(repeating: "1", count: 26), "86011117947", false),
        ("101000000428", "DE89370400440532013000", false), ("-", "86011117947", false),
        ("101000000428", nil, false), ("101000000428", "NO9386011117947", true),
    ])
    func `only digits to a Norwegian account are a KID`(
        reference: String, account: String?, isKID: Bool
    ) {
        #expect(IdentifierFormat.isKID(reference, account: account) == isKID)
    }

    @Test(arguments: [
        ("HUR", "1", Language.nb, "time"), ("HUR", "7.5", .nb, "timer"),
        ("MON", "1", .en, "month"), ("EA", "1", .nn, "stk"), ("ZZ", "2", .nb, "ZZ"),
    ])
    func `units are words, and one of them is one`(
        code: String, quantity: String, language: Language, text: String
    ) throws {
        let quantity = try #require(FixedDecimal(quantity))
        #expect(UnitTexts.text(code, quantity: quantity, language) == text)
    }
}
