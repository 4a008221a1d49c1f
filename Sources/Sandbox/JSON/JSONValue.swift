/// A JSON value (RFC 8259) whose objects keep the order of their members.
///
/// The sandbox reads requests of many megabytes of which it wants a few hundred bytes, and writes
/// rows whose order of members people read; neither is what `Codable` is for.
enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    /// A string too long to be kept: how many bytes stand between its quotes.
    case elided(byteCount: Int)
    case list([JSONValue])
    case object([Member])

    /// A name and its value in an object.
    struct Member: Hashable, Sendable {
        var name: String
        var value: JSONValue
    }
}

extension JSONValue {
    /// The last member of that name; nil where this is no object or has none.
    subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }

    var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    var integer: Int64? {
        guard case .integer(let integer) = self else { return nil }
        return integer
    }

    var list: [JSONValue]? {
        guard case .list(let values) = self else { return nil }
        return values
    }

    var members: [Member]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    /// Whether it is a string of at least one character, kept or elided.
    var isFilledText: Bool {
        switch self {
        case .text(let text): !text.isEmpty
        case .elided(let byteCount): byteCount > 0
        default: false
        }
    }

    /// The bytes between the quotes of a string, as they stood in the request where it is elided.
    var textByteCount: Int? {
        switch self {
        case .text(let text): text.utf8.count
        case .elided(let byteCount): byteCount
        default: nil
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .text(value) }
    init(integerLiteral value: Int64) { self = .integer(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(nilLiteral: ()) { self = .null }
    init(arrayLiteral elements: JSONValue...) { self = .list(elements) }
    init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member(name: $0, value: $1) })
    }
}

extension JSONValue {
    /// The value as JSON without white space, so that one value is one line.
    ///
    /// An elided string has nothing to write and becomes null; a number that JSON cannot hold too.
    var bytes: [UInt8] {
        var output: [UInt8] = []
        write(to: &output)
        return output
    }

    /// Writes the value at the end of `output`.
    func write(to output: inout [UInt8]) {
        switch self {
        case .null, .elided: output += "null".utf8
        case .bool(let value): output += (value ? "true" : "false").utf8
        case .integer(let value): output += String(value).utf8
        case .number(let value): output += (value.isFinite ? String(value) : "null").utf8
        case .text(let value): Self.write(value, to: &output)
        case .list(let values):
            output.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                value.write(to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let members):
            output.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                Self.write(member.name, to: &output)
                output.append(UInt8(ascii: ":"))
                member.value.write(to: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
    }

    private static func write(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): output += #"\""#.utf8
            case UInt8(ascii: "\\"): output += #"\\"#.utf8
            case UInt8(ascii: "\n"): output += #"\n"#.utf8
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                output += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}

/// The inside of a JSON string (RFC 8259 § 7): its escapes and its UTF-8.
enum JSONEscapes {
    /// Decodes the bytes between the quotes; `start` is where they stand, for the error.
    static func decode(
        _ bytes: Slice<UnsafeRawBufferPointer>, at start: Int
    ) throws(JSONError) -> String {
        guard bytes.contains(where: { $0 == UInt8(ascii: "\\") || $0 < 0x20 }) else {
            return try text(of: bytes, at: start)
        }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte >= 0x20 else { throw JSONError(position: start) }
            if byte == UInt8(ascii: "\\") {
                try decodeEscape(&rest, into: &decoded, at: start)
            } else {
                decoded.append(byte)
            }
        }
        return try text(of: decoded, at: start)
    }

    private static func text(
        of bytes: some Collection<UInt8>, at start: Int
    ) throws(JSONError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw JSONError(position: start)
        }
        return text
    }

    private static func decodeEscape(
        _ rest: inout Slice<UnsafeRawBufferPointer>, into decoded: inout [UInt8], at start: Int
    ) throws(JSONError) {
        switch rest.popFirst() {
        case UInt8(ascii: "\""): decoded.append(UInt8(ascii: "\""))
        case UInt8(ascii: "\\"): decoded.append(UInt8(ascii: "\\"))
        case UInt8(ascii: "/"): decoded.append(UInt8(ascii: "/"))
        case UInt8(ascii: "b"): decoded.append(0x08)
        case UInt8(ascii: "f"): decoded.append(0x0C)
        case UInt8(ascii: "n"): decoded.append(0x0A)
        case UInt8(ascii: "r"): decoded.append(0x0D)
        case UInt8(ascii: "t"): decoded.append(0x09)
        case UInt8(ascii: "u"):
            let scalar = try decodeScalar(&rest, at: start)
            decoded.append(contentsOf: String(Character(scalar)).utf8)
        default: throw JSONError(position: start)
        }
    }

    /// Reads the digits after `\u`, and the second half where they are the first of a pair.
    private static func decodeScalar(
        _ rest: inout Slice<UnsafeRawBufferPointer>, at start: Int
    ) throws(JSONError) -> Unicode.Scalar {
        let unit = try decodeUnit(&rest, at: start)
        guard (0xD800...0xDBFF).contains(unit) else {
            guard let scalar = Unicode.Scalar(unit) else { throw JSONError(position: start) }
            return scalar
        }
        guard rest.popFirst() == UInt8(ascii: "\\"), rest.popFirst() == UInt8(ascii: "u") else {
            throw JSONError(position: start)
        }
        let second = try decodeUnit(&rest, at: start)
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (second - 0xDC00))
        else { throw JSONError(position: start) }
        return scalar
    }

    private static func decodeUnit(
        _ rest: inout Slice<UnsafeRawBufferPointer>, at start: Int
    ) throws(JSONError) -> UInt32 {
        let digits = rest.prefix(4)
        rest = rest.dropFirst(4)
        let text = String(decoding: digits, as: UTF8.self)
        guard digits.count == 4, text.allSatisfy(\.isHexDigit), let unit = UInt32(text, radix: 16)
        else { throw JSONError(position: start) }
        return unit
    }
}
