import Invoicing

extension SetupRow {
    /// A country as ISO 3166-1 writes it, NO where it is empty.
    mutating func country(_ column: Column) -> String {
        code(column, length: 2, "a country code", example: "NO") ?? "NO"
    }

    /// A currency as ISO 4217 writes it, NOK where it is empty.
    mutating func currency(_ column: Column) -> CurrencyCode {
        code(column, length: 3, "a currency code", example: "NOK")
            .map(CurrencyCode.init(rawValue:)) ?? .nok
    }

    private mutating func code(
        _ column: Column, length: Int, _ name: String, example: String
    ) -> String? {
        guard let text = text(column) else { return nil }
        guard text.utf8.count == length, text.utf8.allSatisfy({ (65...90).contains($0) }) else {
            fault(column, "is not \(name)", advice: "Write \(length) capitals, as \(example)")
            return nil
        }
        return text
    }

    /// An organisation number; a Norwegian one is proved by its check digit, and given as digits.
    mutating func organisationNumber(_ column: Column, country: String) -> String? {
        guard let text = line(column, max: SetupLimits.keyCharactersMax) else { return nil }
        guard country == "NO" else { return text }
        guard let number = OrganisationNumber(text) else {
            fault(
                column, "is no organisation number: nine digits, the last a check digit",
                advice: "See Brønnøysundregistrene for the right one")
            return nil
        }
        return number.digits
    }

    mutating func accountNumber(_ column: Column) -> AccountNumber? {
        guard let text = text(column) else { return nil }
        guard let number = AccountNumber(text) else {
            fault(
                column, "is no account number: eleven digits, the last a check digit",
                advice: "Write it as the bank does, 1234.56.78903")
            return nil
        }
        return number
    }

    mutating func iban(_ column: Column) -> IBAN? {
        guard let text = text(column) else { return nil }
        guard let iban = IBAN(text) else {
            fault(
                column, "is no IBAN: its check digits are not right",
                advice: "Copy it from the bank")
            return nil
        }
        return iban
    }

    /// A bank's BIC (ISO 9362): eight or eleven capitals and digits.
    mutating func bic(_ column: Column) -> String? {
        guard let text = text(column) else { return nil }
        let isRight =
            [8, 11].contains(text.utf8.count)
            && text.utf8.prefix(6).allSatisfy { (65...90).contains($0) }
            && text.utf8.allSatisfy { (65...90).contains($0) || (48...57).contains($0) }
        guard isRight else {
            fault(column, "is no BIC", advice: "Write eight or eleven capitals, as DNBANOKK")
            return nil
        }
        return text
    }

    /// An electronic address with its scheme, `0192:987654325`.
    mutating func endpoint(_ column: Column) -> Identifier? {
        guard let text = line(column) else { return nil }
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, (2...4).contains(parts[0].count) else {
            fault(
                column, "is no electronic address with its scheme",
                advice: "Write the scheme first, as 0192:987654325")
            return nil
        }
        return Identifier(String(parts[1]), scheme: String(parts[0]))
    }
}
