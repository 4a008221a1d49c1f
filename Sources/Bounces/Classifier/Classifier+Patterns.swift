/// Patterns for what servers say in ever new words: a kind of thing, and what is wrong with it.
///
/// `@name` is any of the words of `ClassifierWords`; ` ~ ` is a gap of a few words, ` - ` one of a
/// word or two.
extension PhraseTable {
    /// Words that name the cause, whatever else the server mentions.
    static let decided = [
        PhraseSet(
            .relayDenied,
            [
                "relay denied", "relaying denied", "relay access denied", "credentials for relay",
            ]),
        PhraseSet(
            .networkError,
            ["mail loop", "routing loop", "too many hops", "hop count", "exceed* ~ hops"]),
        // The text continues: "they may be blacklisted, or missing the proper dns entries".
        PhraseSet(.domainUnknown, ["domain may not exist"]),
        PhraseSet(
            .mailboxFull, ["@mailbox ~ too many messages", "too many messages on", "zuviele mails"]),
        PhraseSet(.serverError, ["size per transaction", "policy size"]),
    ]

    static let delayPatterns = [
        PhraseSet(
            .rateLimited,
            [
                "@many - @message", "@many - requests", "rate ~ exceed*", "exceed* ~ rate",
                "limit ~ per", "@sender ~ limit exceed*", "limit* ~ hour",
                "volume of ~ @message", "@excess - volume", "too quickly", "sending ~ limit",
            ]),
        PhraseSet(
            .tooManyConnections,
            [
                "@limit - @connection", "@connection ~ limit",
            ]),
    ]

    static let networkPatterns = [
        PhraseSet(
            .ipBlocked,
            [
                "@network ~ @listed", "@listed - @network", "listed ~ rbl", "listed ~ database",
                "listed by", "listed on", "@no - @network", "@greeting ~ @wrong",
                "@no - @greeting",
            ]),
        PhraseSet(.geoBlocked, ["@place ~ @listed", "@listed ~ @place"]),
    ]

    static let fullnessPatterns = [
        PhraseSet(
            .mailboxFull,
            [
                "@mailbox ~ @full", "@storage ~ @exceeded", "@exceeded ~ @storage",
                "邮箱已满*", "邮箱空间*",
            ])
    ]

    static let senderPatterns = [
        PhraseSet(
            .senderRejected,
            ["@sender ~ @denied", "@sender ~ @absent", "@no - @sender", "@denied - @sender"])
    ]

    static let recipientPatterns = [
        PhraseSet(
            .mailboxDisabled,
            [
                "@mailbox ~ @closed", "@closed - @mailbox", "domain ~ disabled",
            ]),
        PhraseSet(
            .userUnknown,
            [
                "@recipient ~ @absent", "@no - @recipient", "@recipient ~ @gone",
                "no - @recipient - here", "no mailbox", "@recipient - not - here",
            ]),
    ]

    static let domainPatterns = [
        PhraseSet(
            .domainNoMail,
            ["@lacking - @exchanger"]),
        PhraseSet(
            .domainUnknown,
            ["@domain ~ @absent", "@no - @domain", "unrout*", "domain - not reachable"]),
    ]

    static let relayPatterns = [
        PhraseSet(
            .relayDenied,
            [
                "relay* ~ @denied", "@denied ~ relay*", "not ~ relay", "cannot ~ relay",
                "wont ~ relay", "dont ~ relay", "relaying",
            ])
    ]

    static let encryptionPatterns = [
        PhraseSet(.tlsRequired, ["tls", "ssl ~ required", "encrypted connection"])
    ]
}
