import Invoicing

/// A column of a set-up file: its name, and what may stand in it.
package struct SetupColumn: Sendable {
    package enum Kind: Sendable {
        case text
        case integer(ClosedRange<Int>)
        case decimal
        case date
        case boolean
        case choice([String])
        case organisationNumber
        case accountNumber
        case currency
        case colour
        /// Seconds, or with a unit: `4h,24h`; as PostgreSQL's array literal.
        case delays
        /// A file beside the one that names it.
        case file
    }

    package let name: String
    package let kind: Kind
    package let isRequired: Bool
    package let isKey: Bool

    static func key(_ name: String, _ kind: Kind = .text) -> SetupColumn {
        SetupColumn(name: name, kind: kind, isRequired: true, isKey: true)
    }

    static func needed(_ name: String, _ kind: Kind = .text) -> SetupColumn {
        SetupColumn(name: name, kind: kind, isRequired: true, isKey: false)
    }

    static func optional(_ name: String, _ kind: Kind = .text) -> SetupColumn {
        SetupColumn(name: name, kind: kind, isRequired: false, isKey: false)
    }

    /// Longer than any name, address or text of an e-mail has reason to be.
    static let charactersMax = 20_000

    /// The value as it is stored, or what is wrong with it and what to write instead.
    func value(of text: String) -> Result<String, ValueFault> {
        guard text.count <= Self.charactersMax else {
            return .failure(
                ValueFault("is longer than \(Self.charactersMax) characters", "shorten it"))
        }
        switch kind {
        case .text, .file: return .success(text)
        case .integer(let range):
            guard let number = Int(text), range.contains(number) else {
                return .failure(
                    ValueFault(
                        "is not a whole number",
                        "write \(range.lowerBound) to \(range.upperBound)"))
            }
            return .success(String(number))
        case .decimal:
            guard let number = FixedDecimal(text) else {
                let advice = text.contains(",") ? "write a point, not a comma" : "write 1250.50"
                return .failure(ValueFault("is not a number", advice))
            }
            return .success(number.description)
        case .date:
            guard let date = CivilDate(text) else {
                return .failure(ValueFault("is not a date", "write 2026-11-24"))
            }
            return .success(date.description)
        case .boolean:
            guard let flag = Self.flags[text.lowercased()] else {
                return .failure(ValueFault("is neither yes nor no", "write true or false"))
            }
            return .success(flag)
        case .choice(let choices):
            guard choices.contains(text) else {
                return .failure(
                    ValueFault(
                        "is not one that is known", "write \(choices.joined(separator: ", "))"))
            }
            return .success(text)
        case .organisationNumber:
            guard let number = OrganisationNumber(text) else {
                return .failure(
                    ValueFault(
                        "is no organisation number", "write nine digits; the last checks the rest"))
            }
            return .success(number.digits)
        case .accountNumber:
            guard let number = AccountNumber(text) else {
                return .failure(
                    ValueFault(
                        "is no account number", "write eleven digits; the last checks the rest"))
            }
            return .success(number.digits)
        case .currency:
            guard text.count == 3, text.allSatisfy({ ("A"..."Z").contains($0) }) else {
                return .failure(ValueFault("is no currency", "write three letters, as NOK"))
            }
            return .success(text)
        case .colour:
            guard text.count == 7, text.first == "#", text.dropFirst().allSatisfy(\.isHexDigit)
            else { return .failure(ValueFault("is no colour", "write it as #1f3a5f")) }
            return .success(text)
        case .delays: return Self.delays(text)
        }
    }

    private static let flags = [
        "true": "true", "yes": "true", "ja": "true", "1": "true",
        "false": "false", "no": "false", "nei": "false", "0": "false",
    ]

    private static func delays(_ text: String) -> Result<String, ValueFault> {
        var seconds: [Int] = []
        for part in text.split(separator: ",") {
            let part = part.filter { $0 != " " }
            let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
            let unit = part.last.flatMap { units[$0] }
            let number = Int(unit == nil ? part : String(part.dropLast()))
            guard let number, number > 0, number <= 10_000_000 else {
                return .failure(ValueFault("is no list of delays", "write 4h,24h"))
            }
            seconds.append(number * (unit ?? 1))
        }
        return .success("{\(seconds.map(String.init).joined(separator: ","))}")
    }
}

/// What is wrong with a value, and what to do.
struct ValueFault: Error {
    var message: String
    var advice: String

    init(_ message: String, _ advice: String) {
        self.message = message
        self.advice = advice
    }
}
