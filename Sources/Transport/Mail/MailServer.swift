import CLibCurl

/// Where a mail server stands and how it is spoken to: `smtp://relay.example:587`.
///
/// `smtps` and `imaps` are TLS from the first byte (RFC 8314); `smtp` and `imap` go over to TLS by
/// STARTTLS and never go on without it, but to a loopback host, which is spoken to in the clear
/// where that is allowed.
package struct MailServer: Hashable, Sendable {
    package enum Service: String, Sendable {
        case smtp, imap
    }

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
