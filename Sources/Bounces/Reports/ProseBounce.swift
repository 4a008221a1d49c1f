import Wire

/// A bounce that a server wrote for people, as qmail, Exim, old sendmail and Exchange do.
struct ProseBounce {
    /// Who was not reached, as far as the words say.
    let recipients: [EmailAddress]
    /// What is said of it.
    let text: String
    /// The server says that it goes on trying.
    let isDelay: Bool

    private static let textCharactersMax = 2_000

    /// nil where the mail is no bounce.
    ///
    /// `isMarked` says that it came to one message's own return
    /// path, to which nobody but servers and robots writes.
    init?(_ mail: MailPart, ownAddress: EmailAddress, isMarked: Bool) {
        let body = Self.body(of: mail)
        let head = Self.beforeCopy(body)
        let subject = (mail.headers["subject"] ?? "").lowercased()
        let failed = AddressScan.addresses(in: mail.headers["x-failed-recipients"] ?? "")
        let signs = [
            Self.isFromServer(mail.headers), !failed.isEmpty,
            Self.holds(Self.subjects, subject), Self.holds(Self.openings, head.lowercased()),
            isMarked,
        ]
        // Any one of them a person's mail may have; a person has no two.
        guard signs.filter(\.self).count >= 2 else { return nil }
        let others = AddressScan.addresses(in: head).filter {
            $0.domain.lowercased() != ownAddress.domain.lowercased() && !Self.isServer($0.text)
        }
        recipients = failed.isEmpty ? Array(others.prefix(1)) : failed
        text = cleaned(
            Self.reason(in: head, of: recipients.first), charactersMax: Self.textCharactersMax)
        isDelay = Self.holds(Self.delays, subject + "\n" + head.lowercased())
    }

    /// A mail that a robot wrote for a person who is away or moved; it says nothing of a failure.
    static func isAutoReply(_ mail: MailPart) -> Bool {
        let headers = mail.headers
        let isReplied =
            headers["auto-submitted"]?.lowercased().hasPrefix("auto-replied") == true
            || headers["x-autoreply"] != nil || headers["x-autorespond"] != nil
            || headers["precedence"]?.lowercased() == "auto_reply"
        let subject = (headers["subject"] ?? "").lowercased()
        let isAway = Self.holds(absences, subject)
        // Exim marks its bounces auto-replied too.
        return (isReplied || isAway) && headers["x-failed-recipients"] == nil
            && !isFromServer(headers)
    }

    private static func isFromServer(_ headers: MailHeaders) -> Bool {
        isServer(headers["from"] ?? "")
    }

    private static func isServer(_ address: String) -> Bool {
        let text = address.lowercased()
        return ["mailer-daemon", "postmaster@", "mail delivery s", "microsoftexchange"]
            .contains { text.contains($0) }
    }

    private static func holds(_ phrases: [String], _ text: String) -> Bool {
        phrases.contains { text.contains($0) }
    }

    /// The words, the tags of HTML left out.
    private static func body(of mail: MailPart) -> String {
        if let plain = mail.first("text/plain") { return plain.text }
        guard let html = mail.first("text/html") else { return "" }
        var isTag = false
        return String(
            html.text.map { character -> Character in
                if character == "<" { isTag = true }
                defer { if character == ">" { isTag = false } }
                return isTag ? " " : character
            })
    }

    /// What stands before the copy of our own mail.
    private static func beforeCopy(_ body: String) -> String {
        var head: [Substring] = []
        for line in body.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let text = line.lowercased()
            if holds(copies, text) || text.hasPrefix("return-path:") { break }
            head.append(line)
            guard head.count < 200 else { break }
        }
        return head.joined(separator: "\n")
    }

    /// The words from the recipient on, for before it stand greetings; all where it is not named.
    private static func reason(in head: String, of recipient: EmailAddress?) -> String {
        guard let recipient else { return head }
        let lines = head.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.firstIndex(where: { $0.lowercased().contains(recipient.key) })
        else { return head }
        return lines[first...].joined(separator: "\n")
    }

    private static let subjects = [
        "undeliver", "delivery status notification", "delivery failure", "failure notice",
        "returned mail", "mail delivery failed", "mail delivery failure", "could not be delivered",
        "delivery has failed", "delivery problem", "message delayed", "delivery delayed",
        "delivery report", "returning message to sender", "ikke levert", "kunne ikke leveres",
        "ikke leveret", "kunde inte levereras", "unzustellbar", "non remis", "no se puede entregar",
    ]

    private static let openings = [
        "this is the qmail-send program", "created automatically by mail delivery software",
        "following addresses had permanent fatal errors", "following addresses had transient",
        "could not be delivered to", "did not reach the following recipient",
        "did not reach some or all", "delivery to the following recipient",
        "wasn't able to deliver your message", "unable to deliver your message",
        "your message wasn't delivered", "permanent error", "could not deliver",
        "address not found", "reason for failure", "kunne ikke leveres",
    ]

    private static let delays = [
        "warning message only", "will be retried", "will keep trying", "will continue to try",
        "has not yet been delivered", "not yet been delivered", "still being retried",
        "message delayed", "delivery delayed", "do not need to resend", "no action is required",
        "delayed 4 hours", "transient non-fatal errors",
    ]

    private static let copies = [
        "below this line is a copy", "this is a copy of", "original message follows",
        "original message -----", "header of the original message",
        "original message headers", "unsent message below", "your message follows",
        "message header follows", "--- message from", "original message ---",
    ]

    private static let absences = [
        "out of office", "automatic reply", "autosvar", "automatisk svar", "auto reply",
        "autoreply", "vacation", "fravær", "abwesenheit", "frånvaro",
    ]
}
