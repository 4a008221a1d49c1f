import Wire

/// A bounce that a server wrote in prose, as qmail, Exim, old sendmail and Exchange do.
struct PlainTextBounce {
    /// What is said about one recipient.
    struct Recipient {
        /// Empty where none is named.
        let address: String
        let text: String
    }

    let recipients: [Recipient]
    let kind: EventKind
    /// Whether there are more recipients than are read.
    let isTooLong: Bool

    private static let recipientsMax = 50
    private static let textCharactersMax = 2_000

    /// Nil where the mail is not a bounce, or does not say what became of ours.
    ///
    /// `isMarked` says that it was sent to one message's own return path, to which only servers and
    /// robots write; `sentTo` is our recipient, where that is known.
    init?(
        _ mail: MailPart, words: ServerWords, ownAddress: EmailAddress, isMarked: Bool,
        sentTo: String?
    ) {
        let text = words.text
        let failed = Self.failedRecipients(mail.headers)
        let subject = ReportSigns.found(in: mail.headers.subject)
        let bodySigns = ReportSigns.found(in: text)
        let reportSigns: ReportSigns = [.report, .failure, .delay, .givenUp]
        let signs = [
            mail.headers.isFromServer, !failed.isEmpty, !subject.isDisjoint(with: reportSigns),
            !bodySigns.isDisjoint(with: reportSigns), isMarked, mail.headers.hasNullReturnPath,
        ]
        // A person's mail may show any one of these signs, but not two.
        guard signs.filter(\.self).count >= 2,
            let kind = Self.kind(subject.union(bodySigns), text)
        else { return nil }
        self.kind = kind
        isTooLong = failed.count > Self.recipientsMax
        let addresses =
            failed.isEmpty ? Self.named(in: text, ownAddress, sentTo) : failed
        let keys = Set(addresses.map(\.key))
        let all = Self.kept(text)
        // Once, however many recipients there are.
        let lines = words.lines.map { Set(AddressScan.addresses(in: $0).map(\.key)) }
        recipients =
            addresses.isEmpty
            ? [Recipient(address: "", text: all)]
            : addresses.prefix(Self.recipientsMax).map {
                Recipient(
                    address: $0.text, text: Self.reason(in: words, of: $0, keys, lines) ?? all)
            }
    }

    /// Our recipient, where the words name it, else the first one that they name.
    private static func named(
        in text: String, _ ownAddress: EmailAddress, _ sentTo: String?
    ) -> [EmailAddress] {
        let domain = ownAddress.domain.lowercased()
        let others = AddressScan.addresses(in: text).filter {
            $0.domain.lowercased() != domain && !AddressScan.isServer($0.text)
        }
        let recipient = others.first { $0.key == sentTo?.lowercased() } ?? others.first
        return [recipient].compactMap(\.self)
    }

    /// Whether a failure is reported, where only prose reports it.
    ///
    /// Anything that does not say that it has ended is a delay: what is resent while a server keeps
    /// trying arrives twice.
    static func kind(_ signs: ReportSigns, _ text: String) -> EventKind? {
        if signs.contains(.givenUp) { return .bounced }
        if signs.contains(.delay) { return .deferred }
        if signs.contains(.failure) { return .bounced }
        let answer = Classifier().classify(BounceEvidence(text: text))
        guard answer.reason != .undetermined else { return nil }
        return answer.transient ? .deferred : .bounced
    }

    /// The recipients that Exim names in the header.
    private static func failedRecipients(_ headers: MailHeaders) -> [EmailAddress] {
        AddressScan.addresses(
            in: headers.all("x-failed-recipients").joined(separator: ","), max: recipientsMax + 1)
    }

    private static func kept(_ text: String) -> String {
        cleaned(text, charactersMax: textCharactersMax)
    }

    /// The words from the recipient on to the next one, since a greeting comes first.
    ///
    /// Nil where those say nothing. `named` are the addresses in each line.
    private static func reason(
        in words: ServerWords, of recipient: EmailAddress, _ others: Set<String>,
        _ named: [Set<String>]
    ) -> String? {
        guard let first = named.firstIndex(where: { $0.contains(recipient.key) }) else {
            return nil
        }
        let others = others.subtracting([recipient.key])
        let rest = named[(first + 1)...].prefix { $0.isDisjoint(with: others) }
        let own = kept(words.lines[first..<rest.endIndex].joined(separator: "\n"))
        let answer = Classifier().classify(BounceEvidence(text: own))
        return answer.reason == .undetermined ? nil : own
    }
}

/// What the words of a returned mail say about its kind, all found in one pass.
struct ReportSigns: OptionSet {
    let rawValue: Int

    /// A server reports on a delivery, successful or not.
    static let report = ReportSigns(rawValue: 1)
    /// It reports that the message did not arrive.
    static let failure = ReportSigns(rawValue: 2)
    /// It reports that it keeps trying.
    static let delay = ReportSigns(rawValue: 4)
    /// It reports that it has stopped trying.
    static let givenUp = ReportSigns(rawValue: 8)
    /// A person is away, or a robot answers for them.
    static let absence = ReportSigns(rawValue: 16)
    /// A robot wants to know whether a person wrote.
    static let challenge = ReportSigns(rawValue: 32)
    /// A recipient does not want such mail.
    static let complaint = ReportSigns(rawValue: 64)
    /// What follows is our own mail.
    static let copy = ReportSigns(rawValue: 128)

    static func found(in text: String) -> ReportSigns {
        ClassifierText.withPlain(text) { plain in
            var signs: ReportSigns = []
            matcher.search(plain) { signs.insert(kinds[$0]) }
            return signs
        }
    }

    private static let table: [(ReportSigns, [String])] = [
        (.report, reports), (.failure, failures), (.delay, delays), (.givenUp, ends),
        (.absence, absences), (.challenge, challenges), (.complaint, complaints), (.copy, copies),
    ]
    private static let kinds = table.flatMap { kind, phrases in phrases.map { _ in kind } }
    private static let matcher = PhraseMatcher(phrases: table.flatMap(\.1))
}

/// In the form of `ClassifierText`: lower case, no digits, no apostrophes.
extension ReportSigns {
    private static let reports = [
        "delivery status notification", "delivery report", "delivery problem*",
        "this is the qmail send program", "created automatically by mail delivery software",
        "mail system error", "following addresses had transient",
    ]

    private static let failures = [
        "undeliver*", "non deliver*", "delivery failure", "delivery failed", "delivery error",
        "failure notice", "returned mail", "mail delivery failed", "mail delivery failure",
        "could not be delivered", "could not deliver", "couldnt be delivered",
        "cannot be delivered", "cant be delivered", "not be delivered", "was not delivered",
        "wasnt delivered", "were not delivered", "delivery has failed", "delivery to ~ failed",
        "error ~ delivering your mail", "error ~ attempting to deliver",
        "did not like our rcpt", "unable to deliver", "wasnt able to deliver",
        "did not reach the following", "did not reach some or all", "failed recipient*",
        "delivery to the following recipient", "following addresses failed",
        "address not found", "reason for failure", "permanent fatal errors", "ikke levert",
        "kunne ikke leveres", "kan ikke leveres", "ikke leveret", "leveringsfeil",
        "kunde inte levereras", "unzustellbar*", "nicht zugestellt", "non remis",
        "no se puede entregar", "onbestelbaar",
    ]

    private static let delays = [
        "warning message only", "will be retried", "will keep trying", "will continue to try",
        "will continue trying", "not yet been delivered", "still being retried",
        "attempts will continue", "attempts will be made", "will retry", "will try again",
        "message delayed", "delivery delayed", "delivery incomplete", "delivery is delayed",
        "has been delayed", "temporarily delayed", "message ~ delayed", "mail ~ delayed",
        "delivery ~ delayed", "still trying", "keep trying", "do not need to resend",
        "dont need to resend", "do not resend", "no need to resend", "need not resend",
        "no action is required", "transient non fatal errors", "forsinket",
        "prøver igjen", "fortsetter å prøve", "forsøker igjen", "forsøker på nytt", "försenat",
        "verzögert", "wird weiterhin versucht",
    ]

    private static let ends = [
        "ive given up", "i have given up", "has given up", "have given up", "has been given up",
        "giving up on", "gave up", "permanent error", "permanent fatal errors",
        "returning message to sender", "will not be retried", "no further attempts",
        "no more attempts", "retry timeout exceeded", "deleted from ~ queue",
        "will be deleted from queue", "removed from ~ queue", "in the queue too long",
        "message expired", "delivery time expired", "retry time exceeded", "gitt opp",
    ]

    private static let absences = [
        "out of office", "out of the office", "automatic reply", "autosvar", "automatisk svar",
        "automatiskt svar", "auto reply", "autoreply", "vacation", "on vacation", "fravær",
        "abwesenheit*", "abwesend", "automatische antwort", "frånvaro", "autosvar*",
        "réponse automatique", "ikke til stede", "på ferie",
    ]

    private static let challenges = [
        "confirm that you are", "confirm your message", "confirm your email", "verify your email",
        "verify that you are ~ human", "sender verification", "verification required",
        "boxbe", "spamarrest", "spam arrest", "challenge response", "prove ~ human",
        "bekreft at du", "whitelist request", "click ~ to ~ deliver your message",
    ]

    private static let complaints = [
        "complaint about message", "abuse report", "spam report", "spam complaint",
        "complaint about ~ message", "feedback loop", "reported as spam", "marked as spam",
    ]

    private static let copies = [
        "below this line is a copy", "this is a copy of", "original message follows",
        "header of the original message", "original message headers", "unsent message below",
        "your message follows", "message header follows", "message headers follow",
        "the original message was", "included is a copy", "copy of the message",
    ]
}
