import Foundation
import TestSupport
import Testing

@testable import Invoicing

@Suite struct FixedDecimalTests {
    @Test(arguments: [
        ("1.5", 1_500_000, "1.5"), ("-0.333333", -333_333, "-0.333333"), ("25", 25_000_000, "25"),
        ("0.1000000000", 100_000, "0.1"), ("-0", 0, "0"), ("007", 7_000_000, "7"),
        ("1.", 1_000_000, "1"), ("9223372036854.775807", .max, "9223372036854.775807"),
    ])
    func `numbers are read and written plainly`(text: String, millionths: Int64, written: String) {
        #expect(FixedDecimal(text)?.millionths == millionths)
        #expect(FixedDecimal(millionths: millionths).description == written)
    }

    @Test(arguments: [
        "", ".", "+", "0.1234567", "9223372036854.775808", "1_000", " 1", "1 ", "½", "-.",
        "1\u{301}",
    ])
    func `what does not fit is refused`(text: String) {
        #expect(FixedDecimal(text) == nil)
    }

    @Test func `every number is read back from its text`() {
        var random = SeededNumbers(seed: 9)
        for _ in 0..<100_000 {
            let bits = random.int(1...62)
            let magnitude = Int64(random.next() >> (64 - UInt64(bits)))
            let number = FixedDecimal(millionths: random.int(0...1) == 0 ? magnitude : -magnitude)
            #expect(FixedDecimal(number.description) == number)
        }
    }

    @Test func `products are those of Foundation's Decimal, halves away from zero`() {
        var random = SeededNumbers(seed: 10)
        for _ in 0..<100_000 {
            let left = FixedDecimal(millionths: Int64(random.int(-2_000_000_000...2_000_000_000)))
            let right = FixedDecimal(millionths: Int64(random.int(-2_000_000_000...2_000_000_000)))
            var exact = Decimal(left.millionths) * Decimal(right.millionths) / 1_000_000
            var rounded = Decimal()
            NSDecimalRound(&rounded, &exact, 0, .plain)
            #expect(Decimal((left * right).millionths) == rounded)
        }
    }

    @Test(
        arguments: [
            (5, 10, 1), (-5, 10, -1), (5, -10, -1), (-5, -10, 1), (4, 10, 0), (15, 10, 2),
            (0, 3, 0),
            (7, 2, 4), (-7, 2, -4), (1, 3, 0), (2, 3, 1),
        ] as [(Int128, Int128, Int64)])
    func `quotients round half away from zero`(dividend: Int128, divisor: Int128, quotient: Int64) {
        #expect(roundedQuotient(dividend, divisor) == quotient)
    }

    @Test func `a quotient beyond Int64 is nil`() {
        #expect(roundedQuotientIfFits(Int128(Int64.max) * 2 + 1, 2) == nil)
        #expect(roundedQuotientIfFits(Int128(Int64.max) * 2, 2) == .max)
        #expect(roundedQuotientIfFits(Int128(Int64.min), 1) == .min)
    }
}
