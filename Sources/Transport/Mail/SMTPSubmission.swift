import CLibCurl
import Glibc

/// One message to one recipient for SMTP; a value, so that a retry sends the same bytes.
package struct SMTPSubmission: Hashable, Sendable {
    /// The return path, to which delivery reports are sent.
    package var sender: String
    /// The one recipient, an address without display name.
    package var recipient: String
    /// The message with CRLF after each line and dots not yet doubled (RFC 5322).
    package var message: [UInt8]
    /// The reports requested from the server, if it offers them (RFC 3461); nil requests none.
    package var reports: Reports?
    /// After this neither the message nor its end is sent; nil for no deadline.
    package var deadline: ContinuousClock.Instant?

    /// The delivery reports that are requested; they return the headers only.
    package struct Reports: Hashable, Sendable {
        /// Our own id of the message, which a report repeats (ENVID).
        package var envelopeID: String
        /// Whether successful delivery is to be reported too; failure and delay always are.
        package var includesSuccess: Bool

        package init(envelopeID: String, includesSuccess: Bool) {
            self.envelopeID = envelopeID
            self.includesSuccess = includesSuccess
        }
    }

    package init(
        sender: String, recipient: String, message: [UInt8], reports: Reports? = nil,
        deadline: ContinuousClock.Instant? = nil
    ) {
        self.sender = sender
        self.recipient = recipient
        self.message = message
        self.reports = reports
        self.deadline = deadline
    }
}

/// How a submission failed.
package struct SMTPFailure: Error, Hashable {
    /// How far the message had got.
    package enum Phase: Sendable {
        /// The end of the message was not sent, or the server has refused: it was not accepted.
        case notTaken
        /// The end of the message may have been sent, but no reply came: nobody knows (RFC 1047).
        case inDoubt
    }

    /// The command that failed.
    package enum Stage: String, Sendable {
        case connection, sender, recipient, data, message
    }

    package var phase: Phase
    package var stage: Stage
    package var error: MailError
    /// The server's refusal; nil where the failure is not one.
    package var reply: SMTPReply?
    /// Whether the server offers login and nobody logged in, so that its refusal may be about that.
    package var lacksLogin = false

    init(
        _ error: MailError, _ stage: Stage, _ phase: Phase = .notTaken, reply: SMTPReply? = nil
    ) {
        self.error = error
        self.stage = stage
        self.phase = phase
        self.reply = reply
    }
}

extension SMTPFailure: CustomStringConvertible {
    package var description: String { error.reason }
}

/// A message prepared for DATA: what it needs of the server, and its bytes with dots doubled.
struct SMTPContent {
    let isASCII: Bool
    /// The bytes with every dot that begins a line doubled (RFC 5321 § 4.5.2), without the end.
    let stuffed: [UInt8]

    /// Sent on its own, so that it is known whether it may have been sent.
    static let end = Array(".\r\n".utf8)
    /// The limit of RFC 5321 § 4.5.3.1.6, without the line end.
    static let lineBytesMax = 998

    /// Throws where a line end is not CRLF or a line is too long.
    ///
    /// A stray CR or LF would end the message for some servers but not for others, and what follows
    /// it could pass for commands (VU#302671).
    init(_ message: [UInt8]) throws(MailError) {
        var output: [UInt8] = []
        output.reserveCapacity(message.count + message.count / 64 + 2)
        var ascii: UInt8 = 0
        var lineStart = 0
        while lineStart < message.count {
            guard let end = message[lineStart...].firstIndex(of: 0x0A), end > lineStart,
                message[end - 1] == 0x0D
            else { throw MailError(.invalid, "a line of the message does not end in CRLF") }
            let line = message[lineStart..<end - 1]
            guard line.count <= Self.lineBytesMax, !line.contains(0x0D), !line.contains(0) else {
                throw MailError(.invalid, "a line of the message is too long or holds CR or NUL")
            }
            if line.first == UInt8(ascii: ".") { output.append(UInt8(ascii: ".")) }
            ascii |= line.reduce(0, |)
            output += message[lineStart...end]
            lineStart = end + 1
        }
        isASCII = ascii < 0x80
        stuffed = output
    }
}

/// An address as a command holds it between angle brackets, its domain in A-labels (RFC 5890).
///
/// libcurl would pass on a line end, and with it injected commands, so no such character is allowed
/// here.
struct SMTPAddress {
    let text: String
    /// Whether the local part is not ASCII, which requires SMTPUTF8 (RFC 6531).
    let needsUTF8: Bool

    init(_ address: String) throws(MailError) {
        guard let at = address.lastIndex(of: "@"), address.utf8.count <= 254,
            address.unicodeScalars.allSatisfy(Self.isAllowed)
        else { throw MailError(.invalid, "an address is none") }
        let local = address[..<at]
        let domain = String(address[address.index(after: at)...])
        guard !local.isEmpty, local.utf8.count <= 64, !domain.isEmpty,
            let ascii = Self.asciiDomain(domain)
        else { throw MailError(.invalid, "an address has a domain that is none") }
        needsUTF8 = !local.utf8.allSatisfy { $0 < 0x80 }
        text = "\(local)@\(ascii)"
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator: false
        default: !"<>()[],;:\\\"".unicodeScalars.contains(scalar)
        }
    }

    private static func asciiDomain(_ domain: String) -> String? {
        if domain.utf8.allSatisfy({ $0 < 0x80 }) { return domain }
        // libcurl's IDN library expects a name in the locale's encoding, and ours is "C".
        let letters = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)
        let before = uselocale(letters)
        defer {
            uselocale(before)
            if let letters { freelocale(letters) }
        }
        guard let handle = curl_url() else { return nil }
        defer { curl_url_cleanup(handle) }
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_set(handle, CURLUPART_HOST, domain, 0) == CURLUE_OK,
            curl_url_set(handle, CURLUPART_SCHEME, "https", 0) == CURLUE_OK,
            curl_url_get(handle, CURLUPART_HOST, &text, UInt32(CURLU_PUNYCODE)) == CURLUE_OK,
            let text
        else { return nil }
        defer { curl_free(text) }
        let ascii = String(cString: text)
        return ascii.utf8.allSatisfy { $0 < 0x80 } ? ascii : nil
    }
}
