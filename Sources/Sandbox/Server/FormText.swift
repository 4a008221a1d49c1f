/// Percent-encoding in a request line (RFC 3986 § 2.1).
enum FormText {
    /// Decodes a segment of a path; nil where an escape is broken or the result no UTF-8.
    static func decode(path text: String) -> String? {
        decode(text.utf8, plusIsSpace: false)
    }

    /// Decodes a query into its names and values; a plus sign stands for a space.
    ///
    /// That is how servers read a query (HTML forms), so a client that does not encode the plus
    /// sign of an address asks for another address than it thinks.
    static func decode(query text: String) -> [String: String]? {
        var values: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decode(parts[0].utf8, plusIsSpace: true),
                let value = decode((parts.count == 2 ? parts[1] : "").utf8, plusIsSpace: true)
            else { return nil }
            values[name] = value
        }
        return values
    }

    /// A value of a query: every byte but letters, digits and `-._~` as `%2B`.
    static func encode(query text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
                || "-._~".utf8.contains(byte)
            let hexadecimal = String(byte, radix: 16, uppercase: true)
            return isPlain
                ? String(UnicodeScalar(byte))
                : "%\(hexadecimal.count < 2 ? "0" : "")\(hexadecimal)"
        }.joined()
    }

    private static func decode(_ text: some Collection<UInt8>, plusIsSpace: Bool) -> String? {
        var bytes: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                let digits = String(decoding: rest.prefix(2), as: UTF8.self)
                guard digits.count == 2, digits.allSatisfy(\.isHexDigit),
                    let value = UInt8(digits, radix: 16)
                else { return nil }
                bytes.append(value)
                rest = rest.dropFirst(2)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
