/// An exchange that brought no whole answer.
package struct HTTPError: Error, Hashable {
    /// How far the request had come.
    package enum Phase: Sendable {
        /// Certainly nothing of the body left, and the server can't have acted: safe to send again.
        case beforeBody
        /// The server may have received it, whole or in part: nobody knows whether it acted.
        case afterBody
    }

    package enum Kind: Sendable {
        /// The request can't be sent as it is: a bad URL or header, http to a distant host.
        case invalidRequest
        case resolve
        case connect
        case tls
        /// The server can't prove who it is, or the authorities to trust can't be read.
        case untrusted
        case timeout
        /// The connection died.
        case reset
        /// The answer ended before its own length.
        case truncated
        case tooLarge
        /// The answer is not HTTP.
        case malformed
        /// Its deadline passed before all of it was sent.
        case overdue
        /// Given up at a stop; out of memory or a fault of libcurl's.
        case aborted
    }

    package var phase: Phase
    package var kind: Kind
    /// One line, without secrets and without the path.
    package var reason: String

    package init(_ kind: Kind, _ phase: Phase, _ reason: String) {
        self.kind = kind
        self.phase = phase
        self.reason = reason
    }
}

extension HTTPError {
    static var overdueReason: String { "its time had run out before all of it was sent" }
}

extension HTTPError: CustomStringConvertible {
    package var description: String { reason }
}
