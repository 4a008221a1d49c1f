import CLibCurl

/// Owns a libcurl easy handle and the state of a running exchange; reused for the next one.
final class Transfer {
    let easy: UnsafeMutableRawPointer
    let errorText: UnsafeMutablePointer<CChar>
    var headerList: UnsafeMutablePointer<curl_slist>?

    var request = HTTPRequest(.get, "")
    var responseBytesMax = 0
    /// How often libcurl has begun to send the request, and how much of the body it has read.
    var attempts = 0
    var bodyBytesRead = 0
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

    /// The result of the ended exchange; releases the request's bytes.
    func finish(_ code: CURLcode) -> Result<HTTPResponse, HTTPError> {
        defer {
            request = HTTPRequest(.get, "")
            body = []
        }
        guard code == CURLE_OK else { return .failure(failure(code)) }
        var status = 0
        budstikke_status(easy, &status)
        return .success(HTTPResponse(status: status, headerBytes: headerBytes, body: body))
    }

    /// The error of an aborted exchange; releases the request's bytes.
    func abort(_ kind: HTTPError.Kind, _ reason: String) -> HTTPError {
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

    /// Whether the deadline passed before the request was sent in full.
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
        hasBody ? bodyBytesRead > 0 : attempts > 0
    }

    /// Whether the request may be sent, checked each time that a connection is ready for it.
    ///
    /// What may have reached a server is not sent a second time, whatever libcurl thinks; only GET
    /// and DELETE are harmless twice.
    var mayBegin: Bool {
        !mayHaveBeenReceived || request.method == .get || request.method == .delete
    }
}

/// libcurl's options: once for the handle, and for each request.
extension Transfer {
    func setPolicy(_ options: HTTPClientOptions) {
        let numbers: [(CURLoption, Int)] = [
            (CURLOPT_NOSIGNAL, 1), (CURLOPT_FOLLOWLOCATION, 0), (CURLOPT_PATH_AS_IS, 1),
            (CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1),
            (CURLOPT_TCP_KEEPALIVE, 1), (CURLOPT_TCP_NODELAY, 1),
            (CURLOPT_SSL_VERIFYPEER, 1), (CURLOPT_SSL_VERIFYHOST, 2),
            (CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2),
            // Keys are for the server, not for a proxy on the way.
            (CURLOPT_HEADEROPT, budstikke_header_separate),
            (CURLOPT_SUPPRESS_CONNECT_HEADERS, 1),
            (CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(options.connectTimeoutSeconds)),
            (CURLOPT_LOW_SPEED_LIMIT, options.lowSpeedBytesPerSecond),
            (CURLOPT_LOW_SPEED_TIME, options.lowSpeedSeconds),
            // An invoice with its document is sent in one or two writes.
            (CURLOPT_UPLOAD_BUFFERSIZE, 128 << 10),
        ]
        for (option, value) in numbers { budstikke_set_long(easy, option, value) }
        let texts: [(CURLoption, String)] = [
            (CURLOPT_USERAGENT, options.userAgent), (CURLOPT_PROTOCOLS_STR, "http,https"),
            // The empty string keeps libcurl from reading a proxy from the environment.
            (CURLOPT_PROXY, ""),
            (CURLOPT_NOPROXY, "localhost,127.0.0.0/8,::1"),
        ]
        for (option, value) in texts { budstikke_set_string(easy, option, value) }
        if let authorityFile = options.authorityFile {
            budstikke_set_string(easy, CURLOPT_CAINFO, authorityFile)
            // Otherwise the system's directory of authorities would be trusted as well.
            budstikke_set_string(easy, CURLOPT_CAPATH, nil)
        }
    }

    /// Prepares the handle for a request.
    func prepare(_ request: HTTPRequest, options: HTTPClientOptions) {
        self.request = request
        responseBytesMax = request.responseBytesMax ?? options.responseBytesMax
        (attempts, bodyBytesRead, isTooLarge) = (0, 0, false)
        headerBytes.removeAll(keepingCapacity: true)
        body = []
        errorText.pointee = 0

        budstikke_set_string(easy, CURLOPT_URL, request.url)
        let timeout = request.timeoutSeconds ?? options.timeoutSeconds
        budstikke_set_long(easy, CURLOPT_TIMEOUT_MS, Self.milliseconds(timeout))
        if let body = request.body {
            budstikke_set_long(easy, CURLOPT_POST, 1)
            budstikke_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, body.count)
        } else {
            budstikke_set_long(easy, CURLOPT_HTTPGET, 1)
        }
        budstikke_set_string(easy, CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        setHeaders(request.headers)
    }

    private func setHeaders(_ headers: [HTTPHeader]) {
        curl_slist_free_all(headerList)
        headerList = nil
        for header in headers {
            // `Name:` would remove the header; `Name;` sends it empty.
            let value = header.value
            let line = value.isEmpty ? "\(header.name);" : "\(header.name): \(value)"
            headerList = curl_slist_append(headerList, line)
        }
        // Never wait for permission to send the body: a silent server would cost a second.
        headerList = curl_slist_append(headerList, "Expect:")
        budstikke_set_list(easy, CURLOPT_HTTPHEADER, headerList)
    }

    /// At least 1, since 0 would mean no limit.
    private static func milliseconds(_ seconds: Double) -> Int {
        max(1, Int((seconds * 1000).rounded(.up)))
    }
}

/// The callbacks that libcurl makes while an exchange runs.
extension Transfer {
    /// More header than any honest server sends; libcurl 7.88 has no limit of its own.
    private static let headerBytesMax = 64 << 10

    func setCallbacks() {
        let owner = Unmanaged.passUnretained(self).toOpaque()
        for option in [
            CURLOPT_PRIVATE, CURLOPT_READDATA, CURLOPT_WRITEDATA, CURLOPT_HEADERDATA,
            CURLOPT_PREREQDATA,
        ] {
            budstikke_set_pointer(easy, option, owner)
        }
        budstikke_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
        budstikke_set_data_callback(easy, CURLOPT_READFUNCTION) { buffer, size, count, owner in
            owner.map { Transfer.from($0).sendBody(buffer, size * count) } ?? 0
        }
        budstikke_set_data_callback(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, owner in
            owner.map { Transfer.from($0).receiveBody(bytes, size * count) } ?? 0
        }
        budstikke_set_data_callback(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, owner in
            owner.map { Transfer.from($0).receiveHeader(bytes, size * count) } ?? 0
        }
        // libcurl by itself repeats a POST when a kept-alive connection dies before the response.
        // It rewinds the body to do so: a body that can't be rewound is sent once.
        budstikke_set_seek_callback(easy) { _, _, _ in CURL_SEEKFUNC_FAIL }
        budstikke_set_prereq_callback(easy) { owner, _, _, _, _ in
            owner.map { Transfer.from($0).begin() } ?? CURL_PREREQFUNC_ABORT
        }
    }

    private func begin() -> Int32 {
        guard mayBegin, !isPastDeadline else { return CURL_PREREQFUNC_ABORT }
        attempts += 1
        return CURL_PREREQFUNC_OK
    }

    private func sendBody(_ buffer: UnsafeMutablePointer<CChar>?, _ room: Int) -> Int {
        guard let buffer, let body = request.body else { return 0 }
        guard !isPastDeadline else { return Int(CURL_READFUNC_ABORT) }
        let end = min(body.count, bodyBytesRead + room)
        body.withUnsafeBytes { bytes in
            UnsafeMutableRawBufferPointer(start: buffer, count: room)
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[bodyBytesRead..<end]))
        }
        defer { bodyBytesRead = end }
        return end - bodyBytesRead
    }

    /// Stores bytes of the response; returning fewer than were offered makes libcurl abort.
    private func receiveBody(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        guard body.count + count <= responseBytesMax else {
            isTooLarge = true
            return 0
        }
        body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
        return count
    }

    private func receiveHeader(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        let line = UnsafeRawBufferPointer(start: bytes, count: count)
        // An interim response (100) or a proxy's has a header of its own: the last one counts.
        if line.starts(with: "HTTP/".utf8) { headerBytes.removeAll(keepingCapacity: true) }
        guard headerBytes.count + count <= Self.headerBytesMax else {
            isTooLarge = true
            return 0
        }
        headerBytes.append(contentsOf: line)
        return count
    }
}
