import Invoicing

extension UBLElement {
    /// An amount in the document's currency, with at most two decimals (BR-DEC).
    func money(_ name: String) -> Money? {
        guard let component = component(name) else { return nil }
        component.check(currency: findings.currency)
        return component.money
    }

    /// An amount that the standard requires; a missing one is a fault, and zero.
    func requiredMoney(_ name: String, _ term: String) -> Money {
        guard text(name) != nil else {
            faultMissing(name, term)
            return .zero
        }
        return money(name) ?? .zero
    }

    /// The element's own text as an amount.
    var money: Money? {
        guard let text, let number = UBLNumber(text) else {
            faultNumber(example: "1234.50")
            return nil
        }
        guard let decimal = FixedDecimal(number.shortened) else {
            faultSize()
            return nil
        }
        guard !number.isShortened, decimal.millionths % 10_000 == 0 else {
            findings.fault(
                self, value: text, "has more than two decimals, which no amount may have",
                advice: "Round it to two decimals where the file is made")
            return nil
        }
        return Money(hundredths: decimal.millionths / 10_000)
    }

    /// A quantity, a price or a percentage.
    ///
    /// More than six decimals are rounded, with a remark: `UBLLineReader` checks that the line
    /// still results in its amount.
    func decimal(_ name: String) -> FixedDecimal? {
        guard let component = component(name) else { return nil }
        guard let text = component.text, let number = UBLNumber(text) else {
            component.faultNumber(example: "12.5")
            return nil
        }
        guard let decimal = number.rounded else {
            component.faultSize()
            return nil
        }
        if number.isShortened {
            findings.remark(
                component, value: text, "is rounded to six decimals, \(decimal)",
                advice: "Nothing needs to be done unless the sums are refused")
        }
        return decimal
    }

    func requiredDecimal(_ name: String, _ term: String) -> FixedDecimal {
        guard text(name) != nil else {
            faultMissing(name, term)
            return .zero
        }
        return decimal(name) ?? .zero
    }

    /// A price: a decimal with a currency.
    func price(_ name: String) -> FixedDecimal? {
        component(name)?.check(currency: findings.currency)
        return decimal(name)
    }

    func requiredPrice(_ name: String, _ term: String) -> FixedDecimal {
        guard text(name) != nil else {
            faultMissing(name, term)
            return .zero
        }
        return price(name) ?? .zero
    }

    private func check(currency: String) {
        guard let stated = attribute("currencyID") else {
            findings.fault(
                self, value: node.text, "does not say its currency",
                advice: "Let the file state currencyID=\"\(currency)\"")
            return
        }
        guard stated != currency, !currency.isEmpty else { return }
        findings.fault(
            self, value: stated, "is in another currency than the document's \(currency)",
            advice: "Only the VAT total in the tax currency may be; correct the file")
    }

    private func faultNumber(example: String) {
        findings.fault(
            self, value: node.text, "is no number",
            advice: "Write digits with a point before the decimals: \(example)")
    }

    private func faultSize() {
        findings.fault(
            self, value: node.text, "is larger than nine thousand milliard, the most that is kept",
            advice: "See whether the number is right; split the invoice if it is")
    }
}

/// A number in XML Schema's notation for decimals, of any length, rounded to six decimals.
struct UBLNumber {
    /// The number without the decimals after the sixth.
    let shortened: String
    /// Whether any of those was not zero.
    let isShortened: Bool
    /// Whether the first of those was five or more.
    private let isRoundedUp: Bool

    /// Optional sign, digits, optional point and digits; nil for anything else.
    init?(_ text: String) {
        let unsigned = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
        let parts = unsigned.split(
            separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, Self.isDigits(whole), parts.allSatisfy(Self.isDigits),
            unsigned.utf8.contains(where: { $0 != UInt8(ascii: ".") })
        else { return nil }
        let decimals = parts.count == 2 ? parts[1] : ""
        let rest = decimals.dropFirst(6)
        let sign = text.hasPrefix("-") ? "-" : ""
        shortened = "\(sign)\(whole).\(decimals.prefix(6))0"
        isShortened = rest.contains { $0 != "0" }
        isRoundedUp = rest.first.map { $0 >= "5" } ?? false
    }

    /// Rounded half away from zero to six decimals; nil beyond 9 × 10^9.
    var rounded: FixedDecimal? {
        guard let decimal = FixedDecimal(shortened) else { return nil }
        guard isRoundedUp else { return decimal }
        let step: Int64 = shortened.hasPrefix("-") ? -1 : 1
        let (sum, isOverflow) = decimal.millionths.addingReportingOverflow(step)
        return isOverflow ? nil : FixedDecimal(millionths: sum)
    }

    private static func isDigits(_ text: Substring) -> Bool {
        text.utf8.allSatisfy(TextBytes.isDigit)
    }
}
