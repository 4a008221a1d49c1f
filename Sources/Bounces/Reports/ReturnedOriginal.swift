import Wire

/// What a mail that came back shows of the one that we sent.
struct ReturnedOriginal {
    /// Which dispatch it is about: by the address that the mail came to, else by the copy in it.
    let mark: VERPToken?
    /// The mail came to the return path of one of our messages.
    let isToMark: Bool
    /// The Message-ID of the copy.
    let messageID: String?
    /// Whom we had sent to.
    let recipient: String?

    /// Where a server writes down the address that a mail was delivered to.
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
        // Only an id that we could have given is worth asking our own rows for.
        messageID = headers?["message-id"].flatMap { id in
            id.hasPrefix("<") && id.hasSuffix(">") && id.utf8.count <= 300
                && id.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? id : nil
        }
        recipient = headers?["to"].flatMap { AddressScan.addresses(in: $0, max: 1).first?.text }
    }

    /// The mark in the first of the addresses that has one.
    private static func mark(in addresses: [String], _ returnPath: ReturnPath) -> VERPToken? {
        for address in addresses {
            if let mark = returnPath.mark(in: AddressTag.peeled(address)) { return mark }
        }
        return nil
    }

    /// The first addresses that the mail says it was delivered to.
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
