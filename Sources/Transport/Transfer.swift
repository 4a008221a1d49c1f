import CLibCurl

/// Owns a libcurl easy handle and what a running exchange needs; used again for the next one.
final class Transfer {
    let easy: UnsafeMutableRawPointer
    let errorText: UnsafeMutablePointer<CChar>
    var headerList: UnsafeMutablePointer<curl_slist>?

    var request = HTTPRequest(.get, "")
    var responseBytesMax = 0
    /// How often libcurl has begun to send the request, and how much of the body it has taken.
    var attempts = 0
    var bodyBytesGiven = 0
    var headerBytes: [UInt8] = []
    var body: [UInt8] = []
    var isTooLarge = false

    init(_ options: HTTPClientOptions) {
        CurlLibrary.begin()
        guard let easy = curl_easy_init() else { preconditionFailure("out of memory") }
        self.easy = easy
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        setCallbacks()
        setPolicy(options)
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(headerList)
        errorText.deallocate()
    }

    static func owner(of easy: UnsafeMutableRawPointer) -> Transfer {
        var pointer: UnsafeMutableRawPointer?
        budstikke_private(easy, &pointer)
        guard let pointer else { preconditionFailure("a transfer without an owner") }
        return from(pointer)
    }

    static func from(_ pointer: UnsafeMutableRawPointer) -> Transfer {
        Unmanaged<Transfer>.fromOpaque(pointer).takeUnretainedValue()
    }

    /// What the ended exchange brought; lets go of the request's bytes.
    func takeResult(_ code: CURLcode) -> Result<HTTPResponse, HTTPError> {
        defer {
            request = HTTPRequest(.get, "")
            body = []
        }
        guard code == CURLE_OK else { return .failure(failure(code)) }
        var status = 0
        budstikke_status(easy, &status)
        return .success(HTTPResponse(status: status, headerBytes: headerBytes, body: body))
    }

    /// What an exchange is that was broken off; lets go of the request's bytes.
    func giveUp(_ kind: HTTPError.Kind, _ reason: String) -> HTTPError {
        defer {
            request = HTTPRequest(.get, "")
            body = []
        }
        return HTTPError(kind, phase, reason)
    }

    private func failure(_ code: CURLcode) -> HTTPError {
        if code == CURLE_ABORTED_BY_CALLBACK, isPastDeadline {
            return HTTPError(.overdue, phase, HTTPError.overdueReason)
        }
        if isTooLarge {
            return HTTPError(
                .tooLarge, phase, "the answer is larger than \(responseBytesMax) bytes")
        }
        return HTTPError(code.kind, phase, reason(code))
    }

    private func reason(_ code: CURLcode) -> String {
        switch code {
        case CURLE_SEND_FAIL_REWIND, CURLE_ABORTED_BY_CALLBACK:
            return "the connection died before the answer"
        default:
            let detail = String(cString: errorText)
            let text = detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
            return text.split(whereSeparator: \.isNewline).joined(separator: " ")
        }
    }

    /// Whether the request must not be sent any more.
    var isPastDeadline: Bool { request.isPastDeadline }

    /// Whether the deadline passed while something of the request was still to be sent.
    var isOverdue: Bool {
        guard isPastDeadline else { return false }
        var bytesSent: curl_off_t = 0
        budstikke_body_bytes_sent(easy, &bytesSent)
        return attempts == 0 || bytesSent < request.body?.count ?? 0
    }

    private var phase: HTTPError.Phase { mayHaveBeenReceived ? .afterBody : .beforeBody }

    private var hasBody: Bool {
        request.body?.isEmpty == false
    }

    private var mayHaveBeenReceived: Bool {
        hasBody ? bodyBytesGiven > 0 : attempts > 0
    }

    /// Whether the request may be sent, asked each time that a connection stands for it.
    ///
    /// What may have reached a server is not sent a second time, whatever libcurl thinks of it;
    /// only reading and deleting do no harm twice.
    var mayBegin: Bool {
        !mayHaveBeenReceived || request.method == .get || request.method == .delete
    }
}
