/// Parses the XML of business documents: XML 1.0 with namespaces, without a DTD.
///
/// Our own, and small, because it does less than a general parser: no entities but the five
/// built-in ones, no other file, no network, limits for every size, a line number for each element,
/// and rejection of anything that is not well-formed. The result is a tree of elements; comments
/// and processing instructions are skipped.
struct XMLReader {
    let bytes: ArraySlice<UInt8>
    var index: Int
    var line = 1
    /// The advice for what a well-behaved program never writes.
    static let recreate = "Make the file anew in the program that it came from"

    private var elementCount = 0
    private var open: [XMLOpenElement] = []

    private init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        index = bytes.startIndex
    }

    /// The root of the document; the text of one named element may be as long as the file.
    static func read(_ bytes: [UInt8], longTextName: String = "") throws(TextFault) -> XMLNode {
        let content = try TextBytes.checked(bytes, byteCountMax: XMLLimits.byteCountMax)
        try XMLDeclarations.refuse(in: content)
        var reader = XMLReader(content)
        return try reader.readDocument(longTextName: longTextName)
    }

    private mutating func readDocument(longTextName: String) throws(TextFault) -> XMLNode {
        try readDeclaration()
        try skipMiscellany()
        guard at("<"), let root = try readStartTag(under: nil) else {
            throw fault("is no XML: there is no element", "Import an XML file")
        }
        while let current = open.last {
            try readContent(of: current.node, isLong: current.node.name == longTextName)
        }
        try skipMiscellany()
        guard index == bytes.endIndex else {
            throw fault("goes on after its last element", XMLReader.recreate)
        }
        return root
    }

    /// Skips comments, processing instructions and white space outside the root element.
    private mutating func skipMiscellany() throws(TextFault) {
        while true {
            skipSpace()
            if at("<!--") {
                try skipComment()
            } else if at("<?") {
                try skipInstruction()
            } else {
                return
            }
        }
    }

    /// Reads one piece of content between two tags, or the tag.
    private mutating func readContent(of node: XMLNode, isLong: Bool) throws(TextFault) {
        guard index < bytes.endIndex else {
            throw fault(
                "ends inside <\(node.name)> of line \(node.line): the file is cut off",
                "Fetch the file again and import it whole")
        }
        if at("</") {
            try readEndTag()
        } else if at("<!--") {
            try skipComment()
        } else if at("<![CDATA[") {
            try readCharacterData(into: node, isLong: isLong)
        } else if at("<?") {
            try skipInstruction()
        } else if at("<") {
            _ = try readStartTag(under: node)
        } else {
            try readText(into: node, isLong: isLong)
        }
    }

    private mutating func readStartTag(under parent: XMLNode?) throws(TextFault) -> XMLNode? {
        let startLine = line
        advance(1)
        let tag = try readName()
        let (attributes, isEmpty) = try readAttributes(of: tag)
        elementCount += 1
        guard elementCount <= XMLLimits.elementCountMax, open.count < XMLLimits.depthMax else {
            throw fault(
                "has more than \(XMLLimits.elementCountMax) elements, or more than "
                    + "\(XMLLimits.depthMax) inside each other",
                "Split the file; one file holds one invoice")
        }
        var prefixes = open.last?.prefixes ?? XMLPrefixes()
        try prefixes.declare(attributes, line: startLine)
        let name = try prefixes.resolve(tag, line: startLine)
        let place = XMLPlace(
            name: name.local, namespace: name.namespace, under: parent?.place)
        let node = XMLNode(
            place: place, attributes: try prefixes.plain(attributes, line: startLine),
            line: startLine)
        parent?.children.append(node)
        if !isEmpty { open.append(XMLOpenElement(node: node, tag: tag, prefixes: prefixes)) }
        return node
    }

    private mutating func readEndTag() throws(TextFault) {
        advance(2)
        let tag = try readName()
        skipSpace()
        guard at(">"), let element = open.popLast() else {
            throw fault("has an end tag </\(tag)> that is not closed", XMLReader.recreate)
        }
        guard element.tag == tag else {
            throw fault(
                "closes <\(element.tag)> of line \(element.node.line) with </\(tag)>",
                XMLReader.recreate)
        }
        advance(1)
    }
}

/// An element whose end tag has not been read yet.
private struct XMLOpenElement {
    let node: XMLNode
    let tag: String
    let prefixes: XMLPrefixes
}

/// Rejects declarations in a file before any of it is parsed as XML.
///
/// A document type declaration is rejected wherever it is, even in a comment: it defines entities,
/// which can grow without limit or read other files, and no UBL document has one.
enum XMLDeclarations {
    static func refuse(in content: ArraySlice<UInt8>) throws(TextFault) {
        var start = content.startIndex
        while let index = content[start...].firstIndex(of: UInt8(ascii: "<")) {
            start = index + 1
            guard start < content.endIndex, content[start] == UInt8(ascii: "!") else { continue }
            for word in words where begins(content[(start + 1)...], with: word) {
                throw TextFault(
                    line: TextBytes.line(of: index, in: content),
                    message: "holds a \(word) declaration, which may hide anything",
                    advice: "Take the declaration out; a UBL invoice has none")
            }
        }
    }

    private static let words = ["DOCTYPE", "ENTITY"]

    /// Whether it begins with the word, in any case.
    private static func begins(_ content: ArraySlice<UInt8>, with word: String) -> Bool {
        content.prefix(word.utf8.count).elementsEqual(word.utf8, by: { $0 | 0x20 == $1 | 0x20 })
    }
}

/// The limits for the size and depth of an XML file.
///
/// An invoice is far below each of them; anything beyond is an attack or another kind of file, and
/// is rejected before it can cost memory or time.
enum XMLLimits {
    /// Three of the largest attachments that fit a mail, in base64.
    static let byteCountMax = 50_000_000
    /// UBL's deepest element is at a tenth of this.
    static let depthMax = 64
    /// Some five thousand invoice lines.
    static let elementCountMax = 200_000
    /// UBL has at most six on an element.
    static let attributeCountMax = 32
    /// The limit for attribute values: codes, schemes, file names.
    static let attributeByteCountMax = 16_384
    static let nameByteCountMax = 256
    /// Text outside embedded files: a note of some ten pages.
    static let textByteCountMax = 65_536
}

/// The position of an element: its name, and the positions above it.
///
/// The element owns it, and it owns no element, so that a path can be stated as long as anyone has
/// it.
final class XMLPlace {
    let name: String
    let namespace: String
    let parent: XMLPlace?
    /// Counted from 1 among siblings of the same name.
    let ordinal: Int
    private var namesakes: [String: Int] = [:]

    init(name: String, namespace: String, under parent: XMLPlace?) {
        self.name = name
        self.namespace = namespace
        self.parent = parent
        ordinal = (parent?.namesakes[name] ?? 0) + 1
        parent?.namesakes[name] = ordinal
    }

    /// Whether it has a sibling of the same name.
    var hasNamesake: Bool {
        (parent?.namesakes[name] ?? 1) > 1
    }
}
