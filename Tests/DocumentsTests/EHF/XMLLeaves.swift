@testable import Import
@testable import Invoicing

/// The values of an XML file: each element that holds no other as its path, attributes and text.
struct XMLLeaves {
    let lines: [String]

    init(_ bytes: [UInt8]) throws {
        let root = try XMLReader.read(bytes, longTextName: "EmbeddedDocumentBinaryObject")
        lines = Self.lines(of: root, path: "")
    }

    /// Those that the other file has not, or has fewer times.
    func missing(in other: XMLLeaves) -> [String] {
        var counts: [String: Int] = [:]
        for line in other.lines { counts[line, default: 0] += 1 }
        return lines.filter { line in
            counts[line, default: 0] -= 1
            return counts[line, default: 0] < 0
        }
    }

    private static func lines(of node: XMLNode, path: String) -> [String] {
        let path = "\(path)/\(node.name)"
        guard node.children.isEmpty else {
            return node.children.flatMap { lines(of: $0, path: path) }
        }
        let attributes = node.attributes.sorted { $0.key < $1.key }
            .map { "[\($0.key)=\($0.value)]" }.joined()
        return [path + attributes + " " + value(of: node)]
    }

    /// A number as the number that it is: 25.00 and 25 are one.
    private static func value(of node: XMLNode) -> String {
        let text = node.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let kinds = ["Amount", "Quantity", "Percent", "Numeric"]
        guard kinds.contains(where: node.name.hasSuffix) else { return text }
        return FixedDecimal(text)?.description ?? text
    }
}
