/// A submission that was checked, and what it asks of a server.
struct SMTPTransaction {
    let sender: SMTPAddress
    let recipient: SMTPAddress
    let content: SMTPContent
    let deadline: ContinuousClock.Instant?
    private let sizeBytes: Int
    private let reports: SMTPSubmission.Reports?

    init(_ submission: SMTPSubmission) throws(MailError) {
        sender = try SMTPAddress(submission.sender)
        recipient = try SMTPAddress(submission.recipient)
        content = try SMTPContent(submission.message)
        deadline = submission.deadline
        sizeBytes = submission.message.count
        reports = submission.reports
        let id = reports?.envelopeID ?? "-"
        guard (1...100).contains(id.utf8.count), id.utf8.allSatisfy(Self.isPlain) else {
            throw MailError(.invalid, "an envelope id has other than letters, digits, - and .")
        }
    }

    /// Throws where nothing of it may be sent any more.
    func checkDeadline() throws(MailError) {
        guard let deadline, ContinuousClock.now >= deadline else { return }
        throw MailError(.overdue, "its time had run out before the message was sent")
    }

    /// What stands behind the addresses of MAIL and RCPT, by what the server offers.
    ///
    /// Throws where it does not offer what the message can't do without; nothing was sent then.
    func arguments(_ abilities: SMTPExtensions) throws(MailError)
        -> (mail: String, recipient: String)
    {
        if let limit = abilities.sizeBytesMax, sizeBytes > limit {
            throw MailError(
                .tooLarge, "the message takes \(sizeBytes) bytes; the server takes \(limit)")
        }
        var mail = abilities.offers("SIZE") ? " SIZE=\(sizeBytes)" : ""
        if sender.needsUTF8 || recipient.needsUTF8 {
            guard abilities.offers("SMTPUTF8") else {
                throw MailError(
                    .unsupported, "the address has letters that this server does not take")
            }
            mail += " SMTPUTF8"
        }
        if !content.isASCII {
            guard abilities.offers("8BITMIME") else {
                throw MailError(
                    .unsupported, "the message has bytes that this server does not take")
            }
            mail += " BODY=8BITMIME"
        }
        guard let reports, abilities.offers("DSN") else { return (mail, "") }
        let wanted = reports.includesSuccess ? "SUCCESS,FAILURE,DELAY" : "FAILURE,DELAY"
        return (mail + " RET=HDRS ENVID=\(reports.envelopeID)", " NOTIFY=\(wanted)")
    }

    /// What needs no escape as `xtext` (RFC 3461 § 4).
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
