/// What servers say in ever new words: a kind of thing, and what is the matter with it.
///
/// `@name` is any of the words of `ClassifierWords`; ` ~ ` is a gap of a few words, ` - ` one of a
/// word or two.
extension PhraseTable {
    static let delayPatterns = [
        PhraseSet(
            .rateLimited,
            [
                "@many - @message", "@many - requests", "rate ~ exceed*", "exceed* ~ rate",
                "limit ~ per", "@sender ~ limit exceed*", "limit* ~ hour",
                "volume of ~ @message", "too quickly", "sending ~ limit",
            ]),
        PhraseSet(
            .tooManyConnections,
            [
                "@many - connections", "@many - sessions", "per session", "per connection",
                "connection* ~ limit", "limit ~ connections", "maximum ~ connections",
            ]),
    ]

    static let networkPatterns = [
        PhraseSet(
            .ipBlocked,
            [
                "@network ~ @listed", "@listed - @network", "listed ~ rbl", "listed ~ database",
                "listed by", "listed on", "@no - @network", "@greeting ~ @absent",
                "@greeting ~ @denied", "@no - @greeting",
            ]),
        PhraseSet(.geoBlocked, ["@place ~ @listed", "@listed ~ @place"]),
    ]

    static let fullnessPatterns = [
        PhraseSet(
            .mailboxFull,
            [
                "@mailbox ~ @full", "@storage ~ @exceeded", "@exceeded ~ @storage",
                "@mailbox ~ too many messages", "邮箱已满*", "邮箱空间*",
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
            .domainUnknown,
            ["@domain ~ @absent", "@no - @domain", "unrout*", "domain - not reachable"])
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
