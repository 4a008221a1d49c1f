/// An element of a parsed XML file, with its position and whether a reader has accessed it.
///
/// A class, since whatever was not read in the end is reported: nothing in a file is dropped
/// silently. It never leaves this module.
final class XMLNode {
    let place: XMLPlace
    /// The attributes without a prefix: UBL has no others with a meaning.
    let attributes: [String: String]
    /// The line of its start tag.
    let line: Int
    /// All character data directly within it, joined.
    var text = ""
    var children: [XMLNode] = []
    /// Whether a reader has accessed it.
    var isRead = false

    init(place: XMLPlace, attributes: [String: String], line: Int) {
        self.place = place
        self.attributes = attributes
        self.line = line
    }

    /// The local name.
    var name: String {
        place.name
    }

    /// The namespace's URI; empty for none.
    var namespace: String {
        place.namespace
    }

    /// The topmost elements below this one that no reader has accessed, in the order of the file.
    var unread: [XMLNode] {
        children.flatMap { $0.isRead ? $0.unread : [$0] }
    }
}

/// The namespace prefixes in scope of an element (Namespaces in XML 1.0).
struct XMLPrefixes {
    /// The default namespace has the empty prefix; `xml` is bound by the standard.
    private var namespaces = ["xml": "http://www.w3.org/XML/1998/namespace"]

    /// Adds the `xmlns` attributes of an element.
    mutating func declare(_ attributes: [XMLAttribute], line: Int) throws(TextFault) {
        for attribute in attributes {
            if attribute.name == "xmlns" {
                namespaces[""] = attribute.value
            } else if attribute.name.hasPrefix("xmlns:") {
                guard !attribute.value.isEmpty else {
                    throw TextFault(
                        line: line, message: "takes back the prefix \(attribute.name)",
                        advice: XMLReader.recreate)
                }
                namespaces[String(attribute.name.dropFirst("xmlns:".count))] = attribute.value
            }
        }
    }

    /// The namespace and local name of a tag.
    func resolve(_ tag: String, line: Int) throws(TextFault) -> (namespace: String, local: String) {
        let parts = tag.split(separator: ":", omittingEmptySubsequences: false)
        switch parts.count {
        case 1:
            return (namespaces[""] ?? "", tag)
        case 2 where !parts[0].isEmpty && !parts[1].isEmpty:
            guard let namespace = namespaces[String(parts[0])] else {
                throw TextFault(
                    line: line, message: "uses the prefix \(parts[0]) without declaring it",
                    advice: XMLReader.recreate)
            }
            return (namespace, String(parts[1]))
        default:
            throw TextFault(
                line: line, message: "has a name with stray colons: \(tag)",
                advice: XMLReader.recreate)
        }
    }

    /// The attributes without a prefix; for those with one, the prefix must be declared.
    func plain(_ attributes: [XMLAttribute], line: Int) throws(TextFault) -> [String: String] {
        var plain: [String: String] = [:]
        for attribute in attributes where attribute.name != "xmlns" {
            if attribute.name.contains(":") {
                guard !attribute.name.hasPrefix("xmlns:") else { continue }
                _ = try resolve(attribute.name, line: line)
            } else {
                plain[attribute.name] = attribute.value
            }
        }
        return plain
    }
}

/// An attribute as written, with references resolved.
struct XMLAttribute {
    let name: String
    let value: String
}
