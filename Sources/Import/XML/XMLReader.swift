/// Reads the XML that business documents are written in: XML 1.0 with namespaces, without a DTD.
///
/// Our own, and small, because it can do less than a general parser: no entity but the five that
/// are built in, no other file, no network, every size bounded, a line for each element, and a
/// strict no to whatever is not well-formed. Elements come as a tree; comments and processing
/// instructions are passed over.
struct XMLReader {
    let bytes: ArraySlice<UInt8>
    var index: Int
    var line = 1
    /// The advice for what a well-behaved program never writes.
    static let makeAnew = "Make the file anew in the program that it came from"

    private var elementCount = 0
    private var open: [XMLOpenElement] = []

    private init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        index = bytes.startIndex
    }

    /// The root of the document; one element may be named whose text may be as long as the file.
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
            throw fault("goes on after its last element", XMLReader.makeAnew)
        }
        return root
    }

    /// Comments, processing instructions and white space outside the root element.
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

    /// Reads one piece of what stands between two tags, or the tag.
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
            throw fault("has an end tag </\(tag)> that is not closed", XMLReader.makeAnew)
        }
        guard element.tag == tag else {
            throw fault(
                "closes <\(element.tag)> of line \(element.node.line) with </\(tag)>",
                XMLReader.makeAnew)
        }
        advance(1)
    }
}

/// An element whose end tag has not come yet.
private struct XMLOpenElement {
    let node: XMLNode
    let tag: String
    let prefixes: XMLPrefixes
}

/// Refuses what a file declares before any of it is parsed as XML.
///
/// A document type declaration is refused wherever it stands, in comments too: it is how entities
/// are defined, which can grow without bound or read other files, and no UBL document has one.
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

    /// Whether it begins with the word, in capitals or not.
    private static func begins(_ content: ArraySlice<UInt8>, with word: String) -> Bool {
        content.prefix(word.utf8.count).elementsEqual(word.utf8, by: { $0 | 0x20 == $1 | 0x20 })
    }
}

/// How large and how deep an XML file may be.
///
/// An invoice is far below each; what lies above is an attack or another kind of file, and is
/// refused before it can cost memory or time.
enum XMLLimits {
    /// Three of the largest attachments that mail lets through, in base64.
    static let byteCountMax = 50_000_000
    /// UBL's deepest element lies at a tenth of this.
    static let depthMax = 64
    /// Some five thousand invoice lines.
    static let elementCountMax = 200_000
    /// UBL has at most six on an element.
    static let attributeCountMax = 32
    /// Names and attribute values: codes, schemes, file names.
    static let attributeByteCountMax = 16_384
    static let nameByteCountMax = 256
    /// Text outside embedded files: a note of some ten pages.
    static let textByteCountMax = 65_536
}

/// Where an element stands: its name, and the places above it.
///
/// Held by the element, and holding no element, so that a path can be told as long as anyone
/// has it.
final class XMLPlace {
    let name: String
    let namespace: String
    let parent: XMLPlace?
    /// Counted from 1 among its namesakes.
    let ordinal: Int
    private var namesakes: [String: Int] = [:]

    init(name: String, namespace: String, under parent: XMLPlace?) {
        self.name = name
        self.namespace = namespace
        self.parent = parent
        ordinal = (parent?.namesakes[name] ?? 0) + 1
        parent?.namesakes[name] = ordinal
    }

    /// Whether another of the same name stands beside it.
    var hasNamesake: Bool {
        (parent?.namesakes[name] ?? 1) > 1
    }
}
