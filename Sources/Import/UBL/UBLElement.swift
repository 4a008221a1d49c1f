/// An element of a UBL document, asked by name for what it holds.
///
/// Names are those of the schema without prefix: basic components (`cbc`) are values, aggregate
/// components (`cac`) are elements; the order in the file does not matter. Whatever is asked for
/// counts as taken.
struct UBLElement {
    let node: XMLNode
    let findings: UBLFindings

    init(_ node: XMLNode, _ findings: UBLFindings) {
        self.node = node
        self.findings = findings
        node.isTaken = true
    }

    var line: Int {
        node.line
    }

    /// From the root down, as XPath writes it: `/Invoice/cac:InvoiceLine[2]/cbc:ID`.
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
    /// The first aggregate down the path.
    func element(_ path: String...) -> UBLElement? {
        var current: UBLElement? = self
        for name in path {
            current = current?.first(UBLNamespace.aggregate, name)
        }
        return current
    }

    /// All aggregates of the name.
    func elements(_ name: String) -> [UBLElement] {
        all(UBLNamespace.aggregate, name)
    }

    /// The first basic component of the name, whether it has a value or not.
    func component(_ name: String) -> UBLElement? {
        first(UBLNamespace.basic, name)
    }

    /// All basic components of the name.
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
