import CLibCurl

/// Where a mail server stands and how it is spoken to: `smtp://relay.example:587`.
///
/// `smtps` and `imaps` are TLS from the first byte (RFC 8314); `smtp` and `imap` go over to TLS by
/// STARTTLS and never go on without it, but to a loopback host, which is spoken to in the clear
/// where that is allowed.
package struct MailServer: Hashable, Sendable {
    /// What a server is spoken to for.
    package enum Service: String, Sendable {
        case smtp, imap
    }

    /// When TLS begins.
    package enum Security: Sendable {
        case tls, startTLS, loopback
    }

    /// Who may be spoken to without TLS.
    package enum InTheClear: Sendable {
        case loopback
        /// Not even loopback: a relay may be reached through a port of this machine's, and demand
        /// STARTTLS all the same.
        case nobody
    }

    package let service: Service
    package let security: Security
    package let host: String
    /// The mailbox of an IMAP address, as it stands behind the host; INBOX where there is none.
    package let mailbox: String
    /// Scheme, host and port, with nothing behind them.
    let origin: String

    /// Reads an address with libcurl's own parser, so that what is checked is what is connected to.
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

/// How a mail server is reached: as whom, and how long anything may take.
package struct MailLogin: Sendable {
    package var server: MailServer
    /// nil speaks without logging in.
    package var user: String?
    var password: String
    package var connectTimeoutSeconds: Double
    /// For one whole exchange once connected: a submission, a page.
    package var timeoutSeconds: Double
    /// A PEM file of authorities to trust instead of the system's.
    package var authorityFile: String?
    /// The name in EHLO; the host's own where there is none.
    package var helloName: String?
    /// How long ago the program was asked to stop; nil while it was not.
    ///
    /// A conversation has `HTTPClient.stopSeconds` to end by itself and is given up then.
    package var secondsSinceStop: @Sendable () -> Double?

    package init(
        server: MailServer, user: String? = nil, password: String = "",
        connectTimeoutSeconds: Double = 10, timeoutSeconds: Double = 60,
        authorityFile: String? = nil, helloName: String? = nil,
        secondsSinceStop: @escaping @Sendable () -> Double? = { nil }
    ) {
        self.server = server
        self.user = user
        self.password = password
        self.connectTimeoutSeconds = connectTimeoutSeconds
        self.timeoutSeconds = timeoutSeconds
        self.authorityFile = authorityFile
        self.helloName = helloName
        self.secondsSinceStop = secondsSinceStop
    }

    /// Throws where the time that a stop leaves has run out.
    func checkStop() throws(MailError) {
        guard let seconds = secondsSinceStop(), seconds >= HTTPClient.stopSeconds else { return }
        throw MailError(.overdue, "given up, since the program is to stop")
    }
}

extension MailLogin: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { server.origin }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}

/// Why a conversation with a mail server could not be held or finished.
package struct MailError: Error, Hashable {
    /// What went wrong, as far as it decides what to do next.
    package enum Kind: Sendable {
        /// What was asked can't be asked of any server: a bad address, stray line ends.
        case invalid
        /// This server does not offer what it would need: size, SMTPUTF8, 8BITMIME, AUTH.
        case unsupported
        /// It may not be larger than the server says.
        case tooLarge
        case resolve
        case connect
        /// TLS came to nothing, and may come to something next time.
        case tls
        /// The server offers no TLS, or can't prove who it is: nothing is said to it.
        case untrusted
        /// The server refuses user or password, or us altogether.
        case login
        case timeout
        /// The deadline passed, or the program is to stop, before the end of the message was sent.
        case overdue
        /// The connection ended.
        case closed
        /// The server answered with something that is not its protocol, or more than is read.
        case malformed
        /// The server said no; its reply stands beside.
        case refused
    }

    package var kind: Kind
    /// One line, without secrets.
    package var reason: String
    /// The no that an SMTP server gave while the connection was opened.
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

/// The no that a server gave while a connection was opened: to a log-in, or to us altogether.
struct MailRefusal: Hashable {
    /// The server's line, without IMAP's tag.
    let text: String
    /// Whether the same may be taken later: the server can't reach whom it asks (RFC 4954 § 6,
    /// RFC 5530 § 3).
    let isTransient: Bool
    /// The same as SMTP's reply, all its lines on one.
    let reply: SMTPReply?

    /// RFC 5321 § 4.5.3.1.5 lets a line have 512 bytes; of a longer one the beginning is read.
    private static let lineBytesMax = 4_096

    /// The last lines of an opening, where they are a no.
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
