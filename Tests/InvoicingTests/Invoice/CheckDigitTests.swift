import TestSupport
import Testing

@testable import Invoicing

@Suite struct CheckDigitTests {
    @Test(arguments: [("123456", 6), ("1234567", 4), ("10100000042", 8), ("7992739871", 3)])
    func `MOD10 is Luhn's`(digits: String, check: Int) {
        #expect(CheckDigit.mod10(digits) == check)
    }

    @Test(arguments: [
        ("123456", 0), ("1234567", 4), ("12345678", 5), ("98807791", 7), ("8601111794", 7),
        ("1234567890", 3),
    ])
    func `MOD11 has the weights 2 to 7 from the right`(digits: String, check: Int) {
        #expect(CheckDigit.mod11(digits) == check)
    }

    @Test func `MOD11 has no digit where it would be ten`() {
        // 6 × 2 = 12, which leaves 1.
        #expect(CheckDigit.mod11("6") == nil)
    }

    @Test(arguments: ["123 456 785", "123456785", "NO123456785MVA", "NO 123 456 785 MVA"])
    func `organisation numbers are read as people write them`(text: String) {
        #expect(OrganisationNumber(text)?.digits == "123456785")
        #expect(OrganisationNumber(text)?.formatted == "123 456 785")
    }

    @Test(arguments: ["", "123456784", "12345678", "1234567850", "12345678A", "１２３４５６７８５"])
    func `other organisation numbers are refused`(text: String) {
        #expect(OrganisationNumber(text) == nil)
    }

    @Test(arguments: ["12345678903", "1234.56.78903", "1234 56 78903"])
    func `account numbers are read as people write them`(text: String) {
        #expect(AccountNumber(text)?.formatted == "1234.56.78903")
    }

    @Test(arguments: ["", "12345678904", "1234567890", "NO9386011117947", "1234.56.7890x"])
    func `other account numbers are refused`(text: String) {
        #expect(AccountNumber(text) == nil)
    }

    @Test func `an account number has its IBAN`() {
        #expect(AccountNumber("8601 11 17947")?.iban.formatted == "NO93 8601 1117 947")
    }

    @Test(arguments: [
        "NO9386011117947", "NO93 8601 1117 947", "no93 8601 1117 947",
        "GB82 WEST 1234 5698 7654 32", "DE89370400440532013000", "SE4550000000058398257466",
    ])
    func `valid IBANs are read`(text: String) {
        #expect(IBAN(text) != nil)
    }

    @Test(arguments: [
        "", "NO9386011117948", "GB82 WEST 1234 5698 7654 33", "IBAN32423940", "NO938601111794",
        "9386011117947NO", "DE89370400440532013000DE89370400440532013000", "DE8937040044053201300Ø",
    ])
    func `other IBANs are refused`(text: String) {
        #expect(IBAN(text) == nil)
    }

    @Test func `one wrong digit or two swapped are found`() {
        var random = SeededNumbers(seed: 4)
        for _ in 0..<100_000 {
            let body = String(
                (0..<random.int(3...20)).map { _ in Character("\(random.int(0...9))") })
            let mod10 = body + "\(CheckDigit.mod10(body))"
            #expect(KID.isValid(mod10, by: .mod10))
            var digits = Array(mod10)
            let place = random.int(0...digits.count - 1)
            let value = digits[place].wholeNumberValue!
            digits[place] = Character("\((value + random.int(1...9)) % 10)")
            #expect(!KID.isValid(String(digits), by: .mod10))

            guard let check = CheckDigit.mod11(body) else { continue }
            var mod11 = Array(body + "\(check)")
            #expect(KID.isValid(String(mod11), by: .mod11))
            let left = random.int(0...mod11.count - 2)
            guard mod11[left] != mod11[left + 1] else { continue }
            mod11.swapAt(left, left + 1)
            #expect(!KID.isValid(String(mod11), by: .mod11))
        }
    }

    @Test func `account numbers round trip through their IBAN`() {
        var random = SeededNumbers(seed: 5)
        for _ in 0..<20_000 {
            let body = String(random.int(1_000_000_000...9_999_999_999))
            guard let check = CheckDigit.mod11(body),
                let account = AccountNumber("\(body)\(check)")
            else { continue }
            #expect(IBAN(account.iban.formatted) == account.iban)
            #expect(AccountNumber(account.formatted) == account)
        }
    }
}
