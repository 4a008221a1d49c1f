import Invoicing

/// An element of a document to be written; one without content can't be made.
///
/// Peppol forbids empty elements (PEPPOL-EN16931-R008), so a blank value and a group of nothing
/// are nil, and whoever puts elements together need not ask.
struct EHFElement {
    private let name: String
    private let attributes: [(name: String, value: String)]
    private let content: Content

    private enum Content {
        case text(String)
        case elements([EHFElement])
    }

    /// A basic component, without its blank attributes; nil where the text is nil or blank.
    static func value(
        _ name: String, _ text: String?, _ attributes: (name: String, value: String?)...
    ) -> EHFElement? {
        guard let text, !text.allSatisfy(\.isWhitespace) else { return nil }
        let stated = attributes.compactMap { attribute in
            attribute.value.flatMap { value in
                value.allSatisfy(\.isWhitespace) ? nil : (name: attribute.name, value: value)
            }
        }
        return EHFElement(name: "cbc:" + name, attributes: stated, content: .text(text))
    }

    /// An aggregate component; nil where nothing in it has content.
    static func group(_ name: String, _ elements: [EHFElement?]) -> EHFElement? {
        let elements = elements.compactMap(\.self)
        guard !elements.isEmpty else { return nil }
        return EHFElement(name: "cac:" + name, attributes: [], content: .elements(elements))
    }

    /// The whole document, with its XML declaration.
    static func document(
        _ name: String, namespaces: [(name: String, value: String)], _ elements: [EHFElement?]
    ) -> [UInt8] {
        let root = EHFElement(
            name: name, attributes: namespaces, content: .elements(elements.compactMap(\.self)))
        var bytes = Array(#"<?xml version="1.0" encoding="UTF-8"?>"#.utf8)
        root.write(to: &bytes, depth: 0)
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    private func write(to bytes: inout [UInt8], depth: Int) {
        Self.startLine(&bytes, depth)
        bytes += "<\(name)".utf8
        for attribute in attributes {
            bytes += " \(attribute.name)=\"".utf8
            Self.escape(attribute.value, to: &bytes, isAttribute: true)
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(UInt8(ascii: ">"))
        switch content {
        case .text(let text): Self.escape(text, to: &bytes, isAttribute: false)
        case .elements(let elements):
            for element in elements { element.write(to: &bytes, depth: depth + 1) }
            Self.startLine(&bytes, depth)
        }
        bytes += "</\(name)>".utf8
    }

    private static func startLine(_ bytes: inout [UInt8], _ depth: Int) {
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
    }

    /// Leaves out what XML 1.0 has no way to write: most control characters, U+FFFE and U+FFFF.
    ///
    /// A line break in an attribute, and a carriage return anywhere, would be read as another
    /// character if it were not a reference.
    private static func escape(_ text: String, to bytes: inout [UInt8], isAttribute: Bool) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": bytes += "&amp;".utf8
            case "<": bytes += "&lt;".utf8
            case ">": bytes += "&gt;".utf8
            case "\"" where isAttribute: bytes += "&quot;".utf8
            case "\t" where isAttribute, "\n" where isAttribute, "\r":
                bytes += "&#\(scalar.value);".utf8
            case "\t", "\n": bytes.append(UInt8(scalar.value))
            case "\u{0}"..<" ", "\u{fffe}", "\u{ffff}": continue
            default: bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            }
        }
    }
}
