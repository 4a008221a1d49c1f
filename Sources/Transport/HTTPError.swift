import CLibCurl
import Glibc

/// An exchange without a complete response.
package struct HTTPError: Error, Hashable {
    /// How far the request had got.
    package enum Phase: Sendable {
        /// Certainly nothing of the body was sent, and the server can't have acted: safe to retry.
        case beforeBody
        /// The server may have received it, in whole or in part: whether it acted is not known.
        case afterBody
    }

    /// The kind of failure, as far as it shows whether a request may have arrived.
    package enum Kind: Sendable {
        /// The request can't be sent as it is: a bad URL or header, or http to a remote host.
        case invalidRequest
        /// The server's name could not be resolved.
        case resolve
        /// No connection could be made.
        case connect
        /// TLS could not be negotiated.
        case tls
        /// The server's certificate is not trusted, or the trusted authorities can't be read.
        case untrusted
        /// One of the client's or the request's time limits was exceeded.
        case timeout
        /// The connection broke.
        case reset
        /// The response ended before its declared length.
        case truncated
        /// The response exceeds `responseBytesMax`.
        case tooLarge
        /// The response is not HTTP.
        case malformed
        /// The request's deadline passed before it was sent in full.
        case overdue
        /// Aborted at a stop, for lack of memory or by an internal error of libcurl.
        case aborted
    }

    package var phase: Phase
    package var kind: Kind
    /// One line for the log, without secrets and without the path.
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
    /// The kind of error that a failure of libcurl's is.
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

/// The process-wide part of libcurl, initialised once before the first handle.
enum CurlLibrary {
    /// libcurl's own signal handling is off, since it conflicts with that of others, so SIGPIPE is
    /// ours to ignore: a server that hangs up while we write must be an error, not the end of the
    /// program.
    private static let isReady: Bool = {
        signal(SIGPIPE, SIG_IGN)
        return curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK
    }()

    static func begin() {
        precondition(isReady, "libcurl could not be initialised")
    }
}
