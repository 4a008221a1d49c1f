import CLibCurl
package import Wire

/// The address of a mail server and how to connect to it: `smtp://relay.example:587`.
///
/// `smtps` and `imaps` use TLS from the first byte (RFC 8314); `smtp` and `imap` upgrade by
/// STARTTLS and never go on without it, except to a loopback host, where plain text may be allowed.
package struct MailServer: Hashable, Sendable {
    /// The protocol that a server is used for.
    package enum Service: String, Sendable {
        case smtp, imap
    }

    /// When TLS begins.
    package enum Security: Sendable {
        case tls, startTLS
        /// No TLS, to a host on this machine.
        case loopback
    }

    /// Which hosts may be connected to without TLS.
    package enum InTheClear: Sendable {
        case loopback
        /// Not even loopback: a relay may be reached through a port of this machine, and require
        /// STARTTLS all the same.
        case nobody
    }

    package let service: Service
    package let security: Security
    package let host: String
    /// The mailbox of an IMAP URL, from its path; INBOX where it has none.
    package let mailbox: String
    /// Scheme, host and port, without a path.
    let origin: String

    /// Parses a URL with libcurl's own parser, so that what is checked is what is connected to;
    /// throws `invalid` where it is not a server's address.
    package init(
        _ url: String, _ service: Service, inTheClear: InTheClear = .loopback
    ) throws(MailError) {
        guard let handle = curl_url() else { preconditionFailure("out of memory") }
        defer { curl_url_cleanup(handle) }
        func part(_ part: CURLUPart) -> String? { URLCheck.part(part, of: handle) }
        guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            curl_url_set(handle, CURLUPART_URL, url, 0) == CURLUE_OK,
            let host = part(CURLUPART_HOST), let scheme = part(CURLUPART_SCHEME),
            scheme == service.rawValue || scheme == service.rawValue + "s"
        else { throw MailError(.invalid, "not an address as \(service)s://host:port") }
        guard part(CURLUPART_USER) == nil, part(CURLUPART_PASSWORD) == nil else {
            throw MailError(.invalid, "an address must not hold a user or password")
        }
        guard part(CURLUPART_QUERY) == nil, part(CURLUPART_FRAGMENT) == nil else {
            throw MailError(.invalid, "an address must not hold a query or fragment")
        }
        let path = part(CURLUPART_PATH)?.drop { $0 == "/" } ?? ""
        guard service == .imap || path.isEmpty else {
            throw MailError(.invalid, "nothing may stand behind the host and port")
        }
        // The name is written into a command between quotes.
        guard path.utf8.allSatisfy({ !"\"\\%*".utf8.contains($0) }) else {
            throw MailError(.invalid, "the mailbox's name may not hold quotes, % or *")
        }
        self.service = service
        self.host = host
        mailbox = path.isEmpty ? "INBOX" : String(path)
        let isSecure = scheme.hasSuffix("s")
        let isClear = inTheClear == .loopback && URLCheck.isLoopback(host)
        security = isSecure ? .tls : isClear ? .loopback : .startTLS
        origin = "\(scheme)://\(host)" + (part(CURLUPART_PORT).map { ":\($0)" } ?? "")
    }
}

/// How to log in to a mail server, and the time limits.
package struct MailLogin: Sendable {
    package var server: MailServer
    /// Nil connects without logging in.
    package var user: String?
    var password: String
    package var connectTimeoutSeconds: Double
    /// The longest time for one exchange once connected: a submission, a page.
    package var timeoutSeconds: Double
    /// A PEM file of certificate authorities to trust instead of the system's; nil for the
    /// system's.
    package var authorityFile: String?
    /// The name in EHLO; nil for this host's own.
    package var helloName: String?
    /// After it a conversation has `HTTPClient.stopSeconds` to end by itself and is given up then.
    package var stop: any StopRequest

    package init(
        server: MailServer, user: String? = nil, password: String = "",
        connectTimeoutSeconds: Double = 10, timeoutSeconds: Double = 60,
        authorityFile: String? = nil, helloName: String? = nil,
        stop: any StopRequest = NeverStopped()
    ) {
        self.server = server
        self.user = user
        self.password = password
        self.connectTimeoutSeconds = connectTimeoutSeconds
        self.timeoutSeconds = timeoutSeconds
        self.authorityFile = authorityFile
        self.helloName = helloName
        self.stop = stop
    }

    /// Throws where the time left after a stop has run out.
    func checkStop() throws(MailError) {
        guard let seconds = stop.secondsSinceRequest, seconds >= HTTPClient.stopSeconds else {
            return
        }
        throw MailError(.overdue, "given up, since the program is to stop")
    }
}

extension MailLogin: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { server.origin }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}

/// Why an exchange with a mail server could not begin or finish.
package struct MailError: Error, Hashable {
    /// The kind of failure, as far as it decides what to do next.
    package enum Kind: Sendable {
        /// The request can't be made of any server: a bad address, stray line ends.
        case invalid
        /// The server lacks what the request needs: size, SMTPUTF8, 8BITMIME, AUTH.
        case unsupported
        /// The message exceeds the size that the server accepts.
        case tooLarge
        /// The server's name could not be resolved.
        case resolve
        /// No connection could be made.
        case connect
        /// TLS could not be negotiated, but may be next time.
        case tls
        /// The server offers no TLS, or its certificate is not trusted: nothing is sent to it.
        case untrusted
        /// The server rejects the user or the password, or this client altogether.
        case login
        /// The connection or the exchange exceeded its time limit.
        case timeout
        /// The deadline passed, or the program has to stop, before the end of the message was sent.
        case overdue
        /// The connection was closed.
        case closed
        /// The server's answer violates the protocol, or exceeds the limits.
        case malformed
        /// The server refused; its reply is included.
        case refused
    }

    package var kind: Kind
    /// One line for the log, without secrets.
    package var reason: String
    /// The refusal by which an SMTP server ended the opening of the connection; nil for other
    /// errors.
    package var reply: SMTPReply?

    package init(_ kind: Kind, _ reason: String, reply: SMTPReply? = nil) {
        self.kind = kind
        self.reason = reason
        self.reply = reply
    }
}

extension MailError: CustomStringConvertible {
    package var description: String { reason }
}

/// A server's refusal while a connection was opened: of a login, or of this client altogether.
struct MailRefusal: Hashable {
    /// The server's line, without an IMAP tag.
    let text: String
    /// Whether a retry may succeed, since the server can't reach its own directory of users (RFC
    /// 4954 § 6, RFC 5530 § 3).
    let isTransient: Bool
    /// The refusal as an SMTP reply, all its lines joined; nil for IMAP.
    let reply: SMTPReply?

    /// RFC 5321 § 4.5.3.1.5 limits a line to 512 bytes; of a longer one the beginning is read.
    private static let lineBytesMax = 4_096

    /// The last lines of an opening, where they are a refusal; nil where they are not.
    init?(opening: [UInt8]) {
        let lines = opening.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        let last = lines.last.map { String(decoding: $0.prefix(Self.lineBytesMax), as: UTF8.self) }
        guard let line = last else { return nil }
        let code = line.prefix(3)
        let same = lines.reversed().prefix { $0.prefix(3).elementsEqual(code.utf8) }.reversed()
        reply = SMTPReply(same.map { Array($0) })
        if let reply {
            guard reply.code >= 400 else { return nil }
            text = reply.description
            isTransient = reply.isTransient
            return
        }
        let words = line.split(separator: " ", maxSplits: 1)
        guard words.count == 2, ["NO ", "BAD ", "BYE "].contains(where: words[1].hasPrefix) else {
            return nil
        }
        text = String(words[1])
        isTransient =
            text.uppercased().contains("[UNAVAILABLE]") || text.uppercased().contains("[INUSE]")
    }
}
