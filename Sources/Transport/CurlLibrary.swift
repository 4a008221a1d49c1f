import CLibCurl
import Glibc

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
