/// What is asked of a server; a value, so a second try sends the very same bytes.
package struct HTTPRequest: Hashable, Sendable {
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
    package var body: [UInt8]?
    /// How long the whole exchange may take; nil for the client's own limit.
    package var timeoutSeconds: Double?
    /// After this no byte of it is sent any more; nil where nothing ends.
    ///
    /// An answer to what was sent whole before is waited for all the same.
    package var deadline: ContinuousClock.Instant?
    /// The largest answer that is read; nil for the client's own limit.
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
    /// The method and the server; path and query may hold an address.
    package var description: String {
        let origin = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        return "\(method.rawValue) \(origin.prefix(3).joined(separator: "/"))"
    }
    package var debugDescription: String { description }
}
