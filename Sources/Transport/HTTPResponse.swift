/// A whole answer of a server, as it was sent: nothing decoded, nothing followed.
package struct HTTPResponse: Hashable, Sendable {
    package var status: Int
    package var headers: [(name: String, value: String)] {
        fields.map { ($0.name, $0.value) }
    }
    package var body: [UInt8]
    private var fields: [Field]

    private struct Field: Hashable, Sendable {
        var name: String
        var value: String
    }

    package init(status: Int, headers: [(String, String)] = [], body: [UInt8] = []) {
        self.status = status
        self.body = body
        fields = headers.map { Field(name: $0.0, value: $0.1) }
    }

    /// Reads the lines of a header as they came, the status line first.
    init(status: Int, headerBytes: [UInt8], body: [UInt8]) {
        self.status = status
        self.body = body
        fields = headerBytes.split(separator: UInt8(ascii: "\n")).compactMap(Self.field)
    }

    /// The value of the first header line of this name, in any case.
    package func header(_ name: String) -> String? {
        let key = name.lowercased()
        return fields.first { $0.name.lowercased() == key }?.value
    }

    private static func field(_ line: ArraySlice<UInt8>) -> Field? {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
            // As every name is; comparing other texts puts the marks of their letters in order.
            line[..<colon].allSatisfy({ $0 < 0x80 })
        else { return nil }
        return Field(
            name: String(decoding: line[..<colon], as: UTF8.self),
            value: String(decoding: trimmed(line[(colon + 1)...]), as: UTF8.self))
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isSpace: (UInt8) -> Bool = { $0 <= 0x20 }
        guard let last = bytes.lastIndex(where: { !isSpace($0) }) else { return [] }
        return bytes[...last].drop(while: isSpace)
    }
}
