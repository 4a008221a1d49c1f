/// What the words of a mail that came back say of its kind, found all at once.
struct ReportSigns: OptionSet {
    let rawValue: Int

    /// A server reports on a delivery, well or ill.
    static let report = ReportSigns(rawValue: 1)
    /// It says that the message did not arrive.
    static let failure = ReportSigns(rawValue: 2)
    /// It says that it goes on trying.
    static let delay = ReportSigns(rawValue: 4)
    /// It says that it has stopped trying.
    static let givenUp = ReportSigns(rawValue: 8)
    /// A person is away, or a robot answers for them.
    static let absence = ReportSigns(rawValue: 16)
    /// A robot wants to know whether a person wrote.
    static let challenge = ReportSigns(rawValue: 32)
    /// A recipient wants no such mail.
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

/// In the plain form of `ClassifierText`: small letters, no digits, no apostrophes.
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
