import CLibCurl

/// A request to a server; a value, so that a retry sends the very same bytes.
package struct HTTPRequest: Hashable, Sendable {
    /// The request method (RFC 9110 § 9).
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case delete = "DELETE"
    }

    package var method: Method
    /// An absolute URL, https or, to a loopback host, http; already percent-encoded.
    package var url: String
    package var headers: [HTTPHeader]
    /// The content; nil sends none.
    package var body: [UInt8]?
    /// The longest time for the whole exchange; nil for the client's own limit.
    package var timeoutSeconds: Double?
    /// After this no more bytes of the request are sent; nil for no deadline.
    ///
    /// The response to a request sent in full before it is still waited for.
    package var deadline: ContinuousClock.Instant?
    /// The largest response body that is read; nil for the client's own limit.
    package var responseBytesMax: Int?

    package init(
        _ method: Method, _ url: String, headers: [HTTPHeader] = [], body: [UInt8]? = nil,
        timeoutSeconds: Double? = nil, deadline: ContinuousClock.Instant? = nil,
        responseBytesMax: Int? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeoutSeconds = timeoutSeconds
        self.deadline = deadline
        self.responseBytesMax = responseBytesMax
    }
}

extension HTTPRequest {
    var isPastDeadline: Bool { deadline.map { ContinuousClock.now >= $0 } ?? false }
}

extension HTTPRequest: CustomStringConvertible, CustomDebugStringConvertible {
    /// The method and the server; path and query are left out, since they may hold an address.
    package var description: String {
        let origin = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        return "\(method.rawValue) \(origin.prefix(3).joined(separator: "/"))"
    }
    package var debugDescription: String { description }
}

/// A complete response of a server, as it was sent: nothing decoded, no redirect followed.
package struct HTTPResponse: Hashable, Sendable {
    package var status: Int
    /// The header fields in the order received, names as the server spells them.
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

    /// Reads raw header lines, the status line first.
    init(status: Int, headerBytes: [UInt8], body: [UInt8]) {
        self.status = status
        self.body = body
        fields = headerBytes.split(separator: UInt8(ascii: "\n")).compactMap(Self.field)
    }

    /// The value of the first header field of this name, in any case; nil where there is none.
    package func header(_ name: String) -> String? {
        let key = name.lowercased()
        return fields.first { $0.name.lowercased() == key }?.value
    }

    private static func field(_ line: ArraySlice<UInt8>) -> Field? {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
            // As all names are; comparing other text would involve Unicode normalisation.
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

/// A header field of a request; a secret one keeps its value out of every description.
package struct HTTPHeader: Hashable, Sendable {
    package let name: String
    let value: String
    private let isSecret: Bool

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
        isSecret = false
    }

    /// A field whose value, such as a key, appears in no description.
    package init(_ name: String, secret: String) {
        self.name = name
        value = secret
        isSecret = true
    }

    /// Whether name and value are valid on one line (RFC 9110 § 5.1 and § 5.5).
    ///
    /// Otherwise a value could add header fields of its own, or a body.
    var isSafe: Bool {
        !name.isEmpty && name.utf8.allSatisfy(Self.isNameByte)
            && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

extension HTTPHeader: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "\(name): \(isSecret ? "•••" : value)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}

/// Checks a URL with libcurl's own parser, so that what is checked is what is connected to.
enum URLCheck {
    /// Why no request may be sent to a URL; nil where it may.
    ///
    /// A key must not cross a network in the clear, so plain http is for loopback hosts only.
    static func refusal(of url: String) -> String? {
        guard let handle = curl_url() else { return "out of memory" }
        defer { curl_url_cleanup(handle) }
        guard !url.utf8.contains(0), curl_url_set(handle, CURLUPART_URL, url, 0) == CURLUE_OK,
            let host = part(CURLUPART_HOST, of: handle)
        else { return "not a URL" }
        guard part(CURLUPART_USER, of: handle) == nil,
            part(CURLUPART_PASSWORD, of: handle) == nil
        else { return "a URL must not hold a user or password" }
        switch part(CURLUPART_SCHEME, of: handle) {
        case "https": return nil
        case "http" where isLoopback(host): return nil
        case "http": return "plain http is for loopback hosts only; use https"
        default: return "only https is spoken"
        }
    }

    static func part(_ part: CURLUPart, of handle: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, part, &text, 0) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }

    /// libcurl itself resolves `localhost` to loopback (RFC 6761 § 6.3), and normalises addresses.
    static func isLoopback(_ host: String) -> Bool {
        if host.lowercased() == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
