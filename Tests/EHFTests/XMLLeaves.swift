@testable import Import
@testable import Invoicing

/// The values of a UBL file: each element that holds no other as its path, attributes and text.
///
/// An element is counted among its siblings of the same name, so that a value is found where it
/// belongs: on the right line, with the right party. Two differences are meant and are let by, see
/// `stated`.
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
        guard !node.children.isEmpty else {
            return [path + stated(of: node) + " " + value(of: node)]
        }
        var counts: [String: Int] = [:]
        return node.children.flatMap { child in
            counts[child.name, default: 0] += 1
            return lines(of: child, path: path + ".\(counts[child.name, default: 0])")
        }
    }

    /// The attributes, but for two: a VAT category names no code list, since there is one only and
    /// Peppol warns of the attribute (UBL-CR-679); and a base quantity that has no unit is given
    /// the line's, which it must have (PEPPOL-EN16931-R130).
    private static func stated(of node: XMLNode) -> String {
        node.attributes.sorted { $0.key < $1.key }
            .filter { name, value in
                (name, value) != ("schemeID", "UNCL5305")
                    && (node.name, name) != ("BaseQuantity", "unitCode")
            }
            .map { "[\($0.key)=\($0.value)]" }.joined()
    }

    /// A number as the number that it is: 25.00 and 25 are one.
    private static func value(of node: XMLNode) -> String {
        let text = node.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let kinds = ["Amount", "Quantity", "Percent", "Numeric"]
        guard kinds.contains(where: node.name.hasSuffix) else { return text }
        return FixedDecimal(text)?.description ?? text
    }
}
