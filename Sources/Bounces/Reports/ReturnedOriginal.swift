import Wire

/// What a returned mail shows of the one that we sent.
struct ReturnedOriginal {
    /// The dispatch that it is about: by the address to which the mail was sent, else by the copy
    /// in it; nil where neither shows it.
    let mark: VERPToken?
    /// Whether the mail was sent to the return path of one of our messages.
    let isToMark: Bool
    /// The Message-ID in the copy; nil where there is none of ours.
    let messageID: String?
    /// Our recipient; nil where the copy does not show it.
    let recipient: String?

    /// Where a server records the address to which a mail was delivered.
    private static let deliveryHeaders = [
        "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to",
    ]

    /// `report` is the mail itself, or the one that a gateway has wrapped in it; `words` are those
    /// of the server that wrote it.
    init(_ mail: MailPart, report: MailPart, words: ServerWords, returnPath: ReturnPath) {
        let delivered = Self.mark(
            in: Self.deliveredTo(mail.headers) + Self.deliveredTo(report.headers), returnPath)
        let headers = report.returnedHeaders ?? words.copy
        let sent = headers?[BounceMail.markHeader.lowercased()].flatMap { returnPath.mark($0) }
        let returned = headers?["return-path"].flatMap {
            Self.mark(in: AddressScan.candidates(in: $0), returnPath)
        }
        isToMark = delivered != nil
        mark = delivered ?? sent ?? returned
        // Only an id that could be ours is worth a look into our own rows.
        messageID = headers?["message-id"].flatMap { id in
            id.utf8.first == UInt8(ascii: "<") && id.utf8.last == UInt8(ascii: ">")
                && id.utf8.count <= 300
                && id.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? id : nil
        }
        recipient = headers?["to"].flatMap { AddressScan.addresses(in: $0, max: 1).first?.text }
    }

    /// The mark in the first address that has one.
    private static func mark(in addresses: [String], _ returnPath: ReturnPath) -> VERPToken? {
        for address in addresses {
            if let mark = returnPath.mark(in: AddressTag.peeled(address)) { return mark }
        }
        return nil
    }

    /// The first addresses to which the mail says it was delivered.
    private static func deliveredTo(_ headers: MailHeaders) -> [String] {
        var addresses: [String] = []
        for name in deliveryHeaders {
            for value in headers.all(name) where addresses.count < AddressScan.addressesMax {
                addresses += AddressScan.candidates(in: value)
            }
        }
        return addresses
    }
}

/// Lines of a mail's header within a server's words.
struct HeaderBlock {
    enum Kind {
        /// The header of the returned mail: what follows is ours too.
        case copy
        /// The same, unless the server has not stated the cause yet.
        case likelyCopy
        /// A few fields that identify the mail; the server's words continue.
        case summary
    }

    let kind: Kind
    let headers: MailHeaders
    let lines: Int

    private static let linesMax = 300

    /// The block that begins at a line, even if indented or quoted; nil where none does.
    init?(_ lines: ArraySlice<ArraySlice<UInt8>>) {
        guard let first = lines.first, let name = Self.name(Self.unquoted(first)),
            Self.traces.contains(name) || Self.usual.contains(name)
        else { return nil }
        var names: [String] = []
        var count = 0
        for line in lines.prefix(Self.linesMax) {
            let text = Self.unquoted(line)
            if let name = Self.name(text) {
                // A second mail, or not a header.
                if Self.usual.contains(name), names.contains(name) { break }
                names.append(name)
            } else {
                guard text.first.map(MailLines.isBlank) ?? false,
                    !MailLines.trimmed(text).isEmpty
                else { break }
            }
            count += 1
        }
        let usual = Set(names).intersection(Self.usual)
        let isAtEdge = !(first.first.map(MailLines.isBlank) ?? false)
        if names.contains(where: { Self.traces.contains($0) }) {
            kind = .copy
        } else if isAtEdge, usual.count >= 3 || usual.contains("message-id") && usual.count >= 2 {
            kind = .likelyCopy
        } else {
            guard usual.count >= 2 || ["subject", "message-id", "date"].contains(name) else {
                return nil
            }
            kind = .summary
        }
        self.lines = count
        let text = lines.prefix(count).map { Self.flush(Self.unquoted($0)) }
        headers = MailHeaders(Array(text.joined(separator: [0x0A]))[...])
    }

    /// Fields that only mail servers write.
    private static let traces: Set<String> = [
        "received", "return-path", "mime-version", "dkim-signature", "authentication-results",
        "received-spf", "domainkey-signature", "arc-seal", "arc-message-signature",
        "arc-authentication-results", "x-received", "delivered-to", "content-type",
        "content-transfer-encoding", BounceMail.markHeader.lowercased(),
    ]

    /// Fields that people use too.
    private static let usual: Set<String> = [
        "from", "to", "cc", "subject", "date", "sent", "message-id", "reply-to", "sender",
    ]

    private static func name(_ line: ArraySlice<UInt8>) -> String? {
        MailLines.fieldName(MailLines.trimmed(line))
    }

    /// A field of an indented block without the indentation; a continuation line keeps a space.
    private static func flush(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        name(line) == nil ? line : MailLines.trimmed(line)
    }

    /// Without the mark of a quotation.
    static func unquoted(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let first = line.first, first == UInt8(ascii: ">") || first == UInt8(ascii: "|"),
            !line.starts(with: ">>>".utf8)
        else { return line }
        let rest = line.dropFirst()
        return rest.first == 0x20 ? rest.dropFirst() : rest
    }
}
