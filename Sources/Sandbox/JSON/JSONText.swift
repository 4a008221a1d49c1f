/// The inside of a JSON string (RFC 8259 § 7): its escapes and its UTF-8.
enum JSONText {
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
