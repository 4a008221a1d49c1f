import HTTPTypes
import Hummingbird
import NIOCore

/// An answer before it is on the wire, so that a fault can still spoil it.
struct Answer: Hashable, Sendable {
    var status: HTTPResponse.Status
    var headers = HTTPFields()
    var body: [UInt8] = []

    init(status: HTTPResponse.Status) {
        self.status = status
    }

    /// An answer of one JSON value.
    init(status: HTTPResponse.Status = .ok, json: JSONValue) {
        self.init(status: status)
        headers[.contentType] = "application/json"
        body = json.bytes
    }

    var response: Response {
        Response(
            status: status, headers: headers,
            body: body.isEmpty ? .init() : .init(byteBuffer: ByteBuffer(bytes: body)))
    }
}

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

extension HTTPField.Name {
    /// SendGrid's id of a send request.
    static let messageID = vendor("X-Message-Id")
    static let postmarkToken = vendor("X-Postmark-Server-Token")
    static let rateLimitLimit = vendor("X-RateLimit-Limit")
    static let rateLimitRemaining = vendor("X-RateLimit-Remaining")
    /// When the limit is lifted, in Unix seconds.
    static let rateLimitReset = vendor("X-RateLimit-Reset")

    private static func vendor(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else {
            preconditionFailure("\(name) is a valid name of a header field")
        }
        return name
    }
}
