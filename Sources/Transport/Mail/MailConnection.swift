import CLibCurl
import Glibc

/// A connection to a mail server that libcurl has opened, secured and authenticated.
///
/// libcurl resolves, connects, starts TLS, verifies the certificate, reads the server's
/// capabilities and logs in (`CURLOPT_CONNECT_ONLY`); after that this type reads and writes the
/// lines. libcurl's own SMTP hides SIZE, drops the connection after each rejected recipient, and a
/// line end in an address can inject commands; its own IMAP does not return the literals of several
/// messages, and marks what it fetches as read. And nothing is ever repeated, since only this type
/// writes.
final class MailConnection {
    private let login: MailLogin
    private let easy: UnsafeMutableRawPointer
    private let errorText: UnsafeMutablePointer<CChar>
    private var descriptor = CURL_SOCKET_BAD
    /// What the server said while the connection was made: lines with their ends.
    private(set) var opening: [UInt8] = []
    private var received: [UInt8] = []
    private var readPosition = 0

    /// The limit for that; a greeting, capabilities and a login take some 2 kB.
    private static let openingBytesMax = 64 << 10
    private static let chunkBytes = 64 << 10

    init(_ login: MailLogin) throws(MailError) {
        try login.checkStop()
        CurlLibrary.begin()
        guard let easy = curl_easy_init() else { preconditionFailure("out of memory") }
        self.login = login
        self.easy = easy
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        setOptions(login)
        let code = curl_easy_perform(easy)
        guard code == CURLE_OK else { throw failure(code) }
        budstikke_socket(easy, &descriptor)
        guard descriptor != CURL_SOCKET_BAD else {
            throw MailError(.closed, "the connection ended at once")
        }
    }

    deinit {
        // Sends QUIT or LOGOUT as well.
        curl_easy_cleanup(easy)
        errorText.deallocate()
    }

    private func setOptions(_ login: MailLogin) {
        budstikke_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
        budstikke_set_pointer(
            easy, CURLOPT_HEADERDATA, Unmanaged.passUnretained(self).toOpaque())
        budstikke_set_data_callback(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, owner in
            owner.map {
                Unmanaged<MailConnection>.fromOpaque($0).takeUnretainedValue()
                    .receiveOpening(bytes, size * count)
            } ?? 0
        }
        // A login may be slow: servers delay the answer to a wrong password, Dovecot up to 15
        // seconds.
        let seconds =
            login.user == nil
            ? login.connectTimeoutSeconds : max(login.connectTimeoutSeconds, login.timeoutSeconds)
        let timeout = max(1, Int((seconds * 1000).rounded(.up)))
        let usesStartTLS = login.server.security == .startTLS
        let numbers: [(CURLoption, Int)] = [
            (CURLOPT_NOSIGNAL, 1), (CURLOPT_CONNECT_ONLY, 1),
            (CURLOPT_TCP_KEEPALIVE, 1), (CURLOPT_TCP_NODELAY, 1),
            (CURLOPT_SSL_VERIFYPEER, 1), (CURLOPT_SSL_VERIFYHOST, 2),
            (CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2),
            (
                CURLOPT_USE_SSL,
                Int(usesStartTLS ? CURLUSESSL_ALL.rawValue : CURLUSESSL_NONE.rawValue)
            ),
            (CURLOPT_CONNECTTIMEOUT_MS, timeout), (CURLOPT_TIMEOUT_MS, timeout),
        ]
        for (option, value) in numbers { budstikke_set_long(easy, option, value) }
        budstikke_set_string(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps,imap,imaps")
        budstikke_set_string(easy, CURLOPT_PROXY, "")
        // libcurl uses the path of an SMTP URL as the name in EHLO.
        let hello = login.helloName.map { "/\($0)" } ?? ""
        budstikke_set_string(easy, CURLOPT_URL, login.server.origin + hello)
        if let user = login.user {
            budstikke_set_string(easy, CURLOPT_USERNAME, user)
            budstikke_set_string(easy, CURLOPT_PASSWORD, login.password)
        }
        if let authorityFile = login.authorityFile {
            budstikke_set_string(easy, CURLOPT_CAINFO, authorityFile)
            // Otherwise the system's directory of authorities would be trusted as well.
            budstikke_set_string(easy, CURLOPT_CAPATH, nil)
        }
    }

    private func receiveOpening(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        guard opening.count + count <= Self.openingBytesMax else { return 0 }
        opening.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
        return count
    }

    /// Why the connection was not made, in the server's own last words where it refused.
    private func failure(_ code: CURLcode) -> MailError {
        let detail = String(cString: errorText)
        let text = detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        let host = login.server.host
        let refusal = MailRefusal(opening: opening)
        switch code {
        case CURLE_LOGIN_DENIED, CURLE_AUTH_ERROR:
            return MailError(
                refusal?.isTransient == true ? .closed : .login, refusal?.text ?? line,
                reply: refusal?.reply)
        case CURLE_USE_SSL_FAILED:
            return MailError(.untrusted, "\(host) offers no STARTTLS")
        case CURLE_PEER_FAILED_VERIFICATION:
            return MailError(.untrusted, "the certificate of \(host) is not trusted: \(line)")
        case CURLE_SSL_CACERT_BADFILE:
            return MailError(.untrusted, "the file of authorities can't be used: \(line)")
        case CURLE_WEIRD_SERVER_REPLY, CURLE_REMOTE_ACCESS_DENIED:
            return MailError(.refused, refusal?.text ?? line, reply: refusal?.reply)
        default: break
        }
        switch code.kind {
        case .resolve: return MailError(.resolve, line)
        case .connect: return MailError(.connect, line)
        case .tls: return MailError(.tls, line)
        case .timeout: return MailError(.timeout, line)
        case .invalidRequest: return MailError(.invalid, line)
        default: return MailError(.closed, line)
        }
    }

    // MARK: Lines

    /// Whether the server has hung up, or sent something unsolicited, such as `421`.
    var isStale: Bool {
        var count = 0
        var byte: UInt8 = 0
        return readPosition < received.count
            || curl_easy_recv(easy, &byte, 1, &count) != CURLE_AGAIN
    }

    func send(_ bytes: [UInt8], by deadline: ContinuousClock.Instant) throws(MailError) {
        var sent = 0
        while sent < bytes.count {
            // The process may have been suspended since the last chunk.
            guard ContinuousClock.now < deadline else {
                throw MailError(.timeout, "the time ran out while we wrote")
            }
            var count = 0
            let code = bytes.withUnsafeBytes {
                curl_easy_send(easy, $0.baseAddress?.advanced(by: sent), bytes.count - sent, &count)
            }
            switch code {
            case CURLE_OK: sent += count
            case CURLE_AGAIN: try wait(for: POLLOUT, by: deadline)
            default: throw MailError(.closed, "the connection died while we wrote")
            }
        }
    }

    /// Reads a line without its end, of at most a number of bytes.
    func line(bytesMax: Int, by deadline: ContinuousClock.Instant) throws(MailError) -> [UInt8] {
        var searched = readPosition
        while true {
            if let end = received[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                var line = received[readPosition..<end]
                readPosition = end + 1
                if line.last == UInt8(ascii: "\r") { line.removeLast() }
                return Array(line)
            }
            guard received.count - readPosition <= bytesMax else {
                throw MailError(.malformed, "a line of the server's has no end")
            }
            let before = readPosition
            searched = received.count
            try fill(by: deadline)
            searched -= before - readPosition
        }
    }

    func bytes(_ count: Int, by deadline: ContinuousClock.Instant) throws(MailError) -> [UInt8] {
        while received.count - readPosition < count { try fill(by: deadline) }
        defer { readPosition += count }
        return Array(received[readPosition..<readPosition + count])
    }

    /// Reads more bytes, after dropping those already used.
    private func fill(by deadline: ContinuousClock.Instant) throws(MailError) {
        received.removeSubrange(..<readPosition)
        readPosition = 0
        while true {
            var chunk = [UInt8](repeating: 0, count: Self.chunkBytes)
            var count = 0
            switch curl_easy_recv(easy, &chunk, chunk.count, &count) {
            case CURLE_OK where count > 0:
                received += chunk[..<count]
                return
            case CURLE_AGAIN: try wait(for: POLLIN, by: deadline)
            default: throw MailError(.closed, "the server closed the connection")
            }
        }
    }

    /// Waits a second at a time, so that a stop is noticed.
    private func wait(for event: Int32, by deadline: ContinuousClock.Instant) throws(MailError) {
        var entry = pollfd(fd: descriptor, events: Int16(event), revents: 0)
        while true {
            try login.checkStop()
            let left = ContinuousClock.now.duration(to: deadline).components
            let milliseconds = left.seconds * 1_000 + left.attoseconds / 1_000_000_000_000_000
            guard milliseconds > 0 else {
                throw MailError(.timeout, "the server did not answer in time")
            }
            if poll(&entry, 1, Int32(min(milliseconds + 1, 1_000))) != 0 { return }
        }
    }
}
