import TestSupport
import Testing

@testable import Invoicing

@Suite struct KIDTests {
    @Test(arguments: [
        (KIDAlgorithm.mod10, 5, 6, "101", 42, "001010000428"),
        (.mod10, 0, 6, "", 123_456, "1234566"),
        (.mod10, 6, 0, "123456", 1, "1234566"),
        (.mod11, 0, 7, "", 1_234_567, "12345674"),
        (.mod11, 0, 1, "", 6, "6-"),
    ])
    func `a KID is its parts and a check character`(
        algorithm: KIDAlgorithm, customerDigits: Int, invoiceDigits: Int, customer: String,
        invoice: Int64, expected: String
    ) throws {
        let agreement = KIDAgreement(
            algorithm: algorithm, customerDigits: customerDigits, invoiceDigits: invoiceDigits)
        let kid = try agreement.kid(customer: customer, invoice: invoice).get()
        #expect(kid?.text == expected)
        #expect(KID.isValid(expected, by: algorithm))
    }

    @Test func `an agreement without a KID makes none`() throws {
        #expect(try KIDAgreement.noKID.kid(customer: "x", invoice: 1).get() == nil)
    }

    @Test(arguments: [
        (3, 6, "1010", 1), (3, 6, "A10", 1),
        (3, 6, "", 1), (3, 3, "101", 1_000),
        (3, 3, "101", -1), (0, 0, "", 1),
        (20, 5, "1", 1), (-1, 5, "1", 1),
        (Int.max, Int.max, "1", 1),
    ])
    func `what does not fit is a fault and never cut`(
        customerDigits: Int, invoiceDigits: Int, customer: String, invoice: Int64
    ) {
        let agreement = KIDAgreement(
            algorithm: .mod10, customerDigits: customerDigits, invoiceDigits: invoiceDigits)
        #expect(throws: Fault.self) {
            try agreement.kid(customer: customer, invoice: invoice).get()
        }
        guard case .failure(let fault) = agreement.kid(customer: customer, invoice: invoice)
        else { return }
        #expect(fault.code == .kidUnusable)
        #expect(Set([fault.words.nb, fault.words.nn, fault.words.en]).count == 3)
    }

    @Test func `KIDs of different invoices differ and all have one length`() throws {
        let agreement = KIDAgreement(algorithm: .mod11, customerDigits: 5, invoiceDigits: 6)
        var random = SeededNumbers(seed: 6)
        var made: [String: String] = [:]
        for _ in 0..<100_000 {
            let (customer, invoice) = (random.int(1...99_999), random.int(1...999_999))
            let kid = try agreement.kid(customer: "\(customer)", invoice: Int64(invoice)).get()
            let text = try #require(kid?.text)
            #expect(text.count == 12 && KID.isValid(text, by: .mod11))
            #expect(
                made.updateValue("\(customer)/\(invoice)", forKey: text) ?? "\(customer)/\(invoice)"
                    == "\(customer)/\(invoice)")
        }
    }

    @Test(arguments: ["", "1", "1234567", "12345678901234567890123456", "12a4", "-1", "1--"])
    func `what is no KID is refused`(text: String) {
        #expect(KID(text) == nil)
    }

    @Test func `a KID is read with spaces`() {
        #expect(KID("123 456 6")?.text == "1234566")
    }
}
