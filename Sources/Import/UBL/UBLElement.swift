import Invoicing

/// An element of a UBL document with access to its contents by name.
///
/// Names are those of the schema without prefix: basic components (`cbc`) are values, aggregate
/// components (`cac`) are elements; their order in the file does not matter. Whatever is accessed
/// is marked as read.
struct UBLElement {
    let node: XMLNode
    let findings: UBLFindings

    init(_ node: XMLNode, _ findings: UBLFindings) {
        self.node = node
        self.findings = findings
        node.isRead = true
    }

    var line: Int {
        node.line
    }

    /// The path from the root in the notation of XPath: `/Invoice/cac:InvoiceLine[2]/cbc:ID`.
    var path: String {
        var steps: [String] = []
        var current: XMLPlace? = node.place
        while let place = current {
            let name = UBLNamespace.prefix(of: place.namespace) + place.name
            steps.append(place.hasNamesake ? "\(name)[\(place.ordinal)]" : name)
            current = place.parent
        }
        return "/" + steps.reversed().joined(separator: "/")
    }
}

extension UBLElement {
    /// The first aggregate with that path; nil for none.
    func element(_ path: String...) -> UBLElement? {
        var current: UBLElement? = self
        for name in path {
            current = current?.first(UBLNamespace.aggregate, name)
        }
        return current
    }

    /// All aggregates with that name.
    func elements(_ name: String) -> [UBLElement] {
        all(UBLNamespace.aggregate, name)
    }

    /// The first basic component with that name, with or without a value; nil for none.
    func component(_ name: String) -> UBLElement? {
        first(UBLNamespace.basic, name)
    }

    /// All basic components with that name.
    func components(_ name: String) -> [UBLElement] {
        all(UBLNamespace.basic, name)
    }

    private func first(_ namespace: String, _ name: String) -> UBLElement? {
        node.children.first { $0.name == name && $0.namespace == namespace }
            .map { UBLElement($0, findings) }
    }

    private func all(_ namespace: String, _ name: String) -> [UBLElement] {
        node.children.filter { $0.name == name && $0.namespace == namespace }
            .map { UBLElement($0, findings) }
    }
}

extension UBLElement {
    /// The element's own text without white space around it; nil where nothing is left.
    var text: String? {
        let text = trimmed(node.text)
        return text.isEmpty ? nil : text
    }

    func attribute(_ name: String) -> String? {
        guard let text = node.attributes[name].map(trimmed), !text.isEmpty else { return nil }
        return text
    }

    /// The text of the first component with that name; nil where it is missing or empty.
    func text(_ name: String) -> String? {
        component(name)?.text
    }

    /// The texts of all components with that name, without empty ones.
    func texts(_ name: String) -> [String] {
        components(name).compactMap(\.text)
    }

    /// A text that the standard requires; a missing one is a fault, and an empty text.
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

    /// A day; a time zone after it is ignored, since a day on an invoice is the seller's own.
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

    /// A true or false in XML Schema's notation.
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
