import CLibCurl
import Glibc

/// An exchange that brought no whole answer.
package struct HTTPError: Error, Hashable {
    /// How far the request had come.
    package enum Phase: Sendable {
        /// Certainly nothing of the body left, and the server can't have acted: safe to send again.
        case beforeBody
        /// The server may have received it, whole or in part: nobody knows whether it acted.
        case afterBody
    }

    /// What went wrong, as far as it decides whether a request may have arrived.
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

extension CURLcode {
    /// What a failure of libcurl's is to us.
    var kind: HTTPError.Kind {
        switch self {
        case CURLE_URL_MALFORMAT, CURLE_BAD_FUNCTION_ARGUMENT: .invalidRequest
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .resolve
        case CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED, CURLE_PROXY: .connect
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS:
            .untrusted
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_CIPHER:
            .tls
        case CURLE_OPERATION_TIMEDOUT: .timeout
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_SEND_FAIL_REWIND,
            CURLE_ABORTED_BY_CALLBACK:
            .reset
        case CURLE_PARTIAL_FILE: .truncated
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING,
            CURLE_HTTP2, CURLE_HTTP2_STREAM:
            .malformed
        default: .aborted
        }
    }
}

/// The process-wide part of libcurl, begun once before the first handle.
enum CurlLibrary {
    /// libcurl's own signal handling is off (it is not safe beside others'), which leaves SIGPIPE
    /// to us: a server that hangs up while we write must be an error, not the end of the program.
    private static let isReady: Bool = {
        signal(SIGPIPE, SIG_IGN)
        return curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK
    }()

    static func begin() {
        precondition(isReady, "libcurl could not be initialised")
    }
}
