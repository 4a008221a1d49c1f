import Foundation
import Testing

@testable import Invoicing

@Suite struct MoneyTests {
    @Test(arguments: [
        ("0", 0, "0.00"), ("1", 100, "1.00"), ("-1.5", -150, "-1.50"), ("0.05", 5, "0.05"),
        ("-0.05", -5, "-0.05"), ("1234567.89", 123_456_789, "1234567.89"),
        ("12.3400", 1_234, "12.34"), ("+7", 700, "7.00"), (".5", 50, "0.50"),
    ])
    func `amounts are read and written plainly`(text: String, hundredths: Int64, written: String) {
        #expect(Money(text) == Money(hundredths: hundredths))
        #expect(Money(hundredths: hundredths).description == written)
    }

    @Test(arguments: [
        "", "-", ".", "1.005", "1,50", "1 000", "1e3", "--1", "0x10", "٣", "1.2.3", "NaN", "kr 1",
        "99999999999999999999",
    ])
    func `what is no amount is refused`(text: String) {
        #expect(Money(text) == nil)
    }

    @Test(arguments: [
        (149, 100), (150, 200), (-150, -200), (-149, -100), (0, 0), (100, 100), (-50, -100),
    ])
    func `halves round away from zero`(hundredths: Int64, rounded: Int64) {
        #expect(Money(hundredths: hundredths).roundedToUnit == Money(hundredths: rounded))
    }

    @Test func `a price is per its base quantity`() {
        let amount = Money(quantity: 10, price: FixedDecimal("4.99")!, per: 3)
        #expect(amount == Money("16.63"))
        #expect(Money(quantity: -1, price: FixedDecimal("0.005")!) == Money("-0.01"))
    }

    @Test func `a product that is too large is nil and no trap`() {
        #expect(Money.product(of: 1_000_000, and: 1_000_000) == .ceiling)
        #expect(Money.product(of: 1_000_001, and: 1_000_000) == nil)
        #expect(Money.product(of: -1_000_001, and: 1_000_000) == nil)
        let largest = FixedDecimal(millionths: .max)
        #expect(Money.product(of: largest, and: largest) == nil)
        #expect(largest.multipliedIfFits(by: largest) == nil)
        #expect(largest.multipliedIfFits(by: .one) == largest)
        #expect(Money(hundredths: .max).multipliedIfFits(by: 2) == nil)
    }

    @Test func `what goes beyond the largest amount stays there and never comes round`() {
        let (most, least) = (Money(hundredths: .max), Money(hundredths: .min))
        #expect(most + Money("0.01")! == most)
        #expect(least - Money("0.01")! == least)
        #expect(-least == most)
        #expect(least + least == least)
        #expect(Money.zero - least == most)
        #expect(most.percent(FixedDecimal(millionths: .max)) == most)
        #expect(least.roundedToUnit < .zero)
        #expect([most, most, Money("1")!].sum() == most)
        let largest = FixedDecimal(millionths: .max)
        #expect(largest * largest == largest)
        #expect(FixedDecimal(.max) == largest)
        #expect(Money(quantity: largest, price: largest) == most)
        // No text is read as that amount, so that nothing agrees with it.
        #expect(Money(most.description) == nil)
    }

    @Test func `amounts go through JSON as whole hundredths`() throws {
        let data = try JSONEncoder().encode([Money(hundredths: -150)])
        #expect(String(decoding: data, as: UTF8.self) == "[-150]")
        #expect(try JSONDecoder().decode([Money].self, from: data) == [Money("-1.5")])
    }
}
