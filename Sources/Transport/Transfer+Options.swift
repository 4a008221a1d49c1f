import CLibCurl

/// What libcurl is told: once for the handle, and for each request.
extension Transfer {
    func setPolicy(_ options: HTTPClientOptions) {
        let numbers: [(CURLoption, Int)] = [
            (CURLOPT_NOSIGNAL, 1), (CURLOPT_FOLLOWLOCATION, 0), (CURLOPT_PATH_AS_IS, 1),
            (CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1),
            (CURLOPT_TCP_KEEPALIVE, 1), (CURLOPT_TCP_NODELAY, 1),
            (CURLOPT_SSL_VERIFYPEER, 1), (CURLOPT_SSL_VERIFYHOST, 2),
            (CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2),
            // A key is for the server, not for the proxy on the way.
            (CURLOPT_HEADEROPT, budstikke_header_separate),
            (CURLOPT_SUPPRESS_CONNECT_HEADERS, 1),
            (CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(options.connectTimeoutSeconds)),
            (CURLOPT_LOW_SPEED_LIMIT, options.lowSpeedBytesPerSecond),
            (CURLOPT_LOW_SPEED_TIME, options.lowSpeedSeconds),
            // An invoice with its document goes out in one or two writes.
            (CURLOPT_UPLOAD_BUFFERSIZE, 128 << 10),
        ]
        for (option, value) in numbers { budstikke_set_long(easy, option, value) }
        let texts: [(CURLoption, String)] = [
            (CURLOPT_USERAGENT, options.userAgent), (CURLOPT_PROTOCOLS_STR, "http,https"),
            // The empty string keeps libcurl from asking the environment for a proxy.
            (CURLOPT_PROXY, ""),
            (CURLOPT_NOPROXY, "localhost,127.0.0.0/8,::1"),
        ]
        for (option, value) in texts { budstikke_set_string(easy, option, value) }
        if let authorityFile = options.authorityFile {
            budstikke_set_string(easy, CURLOPT_CAINFO, authorityFile)
            // Else the folder of the system's authorities would be trusted beside it.
            budstikke_set_string(easy, CURLOPT_CAPATH, nil)
        }
    }

    /// Makes the handle ready for a request.
    func prepare(_ request: HTTPRequest, options: HTTPClientOptions) {
        self.request = request
        responseBytesMax = request.responseBytesMax ?? options.responseBytesMax
        (attempts, bodyBytesGiven, isTooLarge) = (0, 0, false)
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
            // `Name:` would take the header away; `Name;` sends it empty.
            let value = header.value
            let line = value.isEmpty ? "\(header.name);" : "\(header.name): \(value)"
            headerList = curl_slist_append(headerList, line)
        }
        // Never wait for leave to send the body: a server that is silent would cost a second.
        headerList = curl_slist_append(headerList, "Expect:")
        budstikke_set_list(easy, CURLOPT_HTTPHEADER, headerList)
    }

    /// Zero would mean without limit.
    private static func milliseconds(_ seconds: Double) -> Int {
        max(1, Int((seconds * 1000).rounded(.up)))
    }
}
