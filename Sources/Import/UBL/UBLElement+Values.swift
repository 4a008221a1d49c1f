import Invoicing

extension UBLElement {
    /// The element's own text without the white space around it; nil where nothing is left.
    var text: String? {
        let text = trimmed(node.text)
        return text.isEmpty ? nil : text
    }

    func attribute(_ name: String) -> String? {
        guard let text = node.attributes[name].map(trimmed), !text.isEmpty else { return nil }
        return text
    }

    /// The text of the first component of the name; nil where it is missing or empty.
    func text(_ name: String) -> String? {
        component(name)?.text
    }

    /// The texts of all components of the name that have one.
    func texts(_ name: String) -> [String] {
        components(name).compactMap(\.text)
    }

    /// A text that the standard requires; missing, it is a fault and an empty text.
    func requiredText(_ name: String, _ term: String) -> String {
        if let text = text(name) { return text }
        faultMissing(name, term)
        return ""
    }

    func faultMissing(_ name: String, _ term: String, isAggregate: Bool = false) {
        let place = component(name) ?? self
        findings.fault(
            place, "has no \((isAggregate ? "cac:" : "cbc:") + name) (\(term)), which is required",
            advice: "Let the program that made the file fill it in, and import it again")
    }

    /// The component with its scheme.
    func identifier(_ name: String, scheme: String = "schemeID") -> Identifier? {
        guard let component = component(name), let text = component.text else { return nil }
        return Identifier(text, scheme: component.attribute(scheme))
    }

    /// A day; a zone after it is passed over, for a day on an invoice is the seller's own.
    func date(_ name: String) -> CivilDate? {
        guard let component = component(name), let text = component.text else { return nil }
        let day = String(text.prefix(10))
        guard let date = CivilDate(day), Self.isZone(text.dropFirst(10)) else {
            findings.fault(
                component, value: text, "is no date",
                advice: "Write it as year-month-day: 2026-11-24")
            return nil
        }
        return date
    }

    private static func isZone(_ text: Substring) -> Bool {
        guard !text.isEmpty, text != "Z" else { return true }
        let bytes = Array(text.utf8)
        return bytes.count == 6 && (bytes[0] == 43 || bytes[0] == 45) && bytes[3] == 58
            && [1, 2, 4, 5].allSatisfy { TextBytes.isDigit(bytes[$0]) }
    }

    /// A true or false as XML Schema writes them.
    func requiredBool(_ name: String, _ term: String) -> Bool {
        let text = requiredText(name, term)
        switch text {
        case "true", "1": return true
        case "false", "0", "": return false
        default:
            findings.fault(
                component(name) ?? self, value: text, "is neither true nor false",
                advice: "Write true for a charge and false for an allowance")
            return false
        }
    }
}
