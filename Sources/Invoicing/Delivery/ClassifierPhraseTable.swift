/// Phrases that name one reason.
struct PhraseSet: Sendable {
    var reason: BounceReason
    var phrases: [String]

    init(_ reason: BounceReason, _ phrases: [String]) {
        self.reason = reason
        self.phrases = phrases
    }
}

/// All phrases in the order of their precedence, and the matcher that finds them.
struct PhraseTable: Sendable {
    /// What a phrase is evidence of.
    enum Role: Sendable {
        /// It names its reason, whatever the codes are.
        case strong
        /// It hints at its reason where no code says more.
        case hint
        /// It hints at its reason where no code says that it is a policy.
        case faintHint
        /// The state passes.
        case temporary
        /// The server spoke at the command that names the sender.
        case senderStage
    }

    struct Entry: Sendable {
        var reason: BounceReason
        var role: Role
        /// As a classification shows it.
        var evidence: String
    }

    /// Made once, when the first bounce is classified.
    static let shared = PhraseTable()

    let entries: [Entry]
    let matcher: PhraseMatcher

    private init() {
        var entries: [Entry] = []
        var phrases: [String] = []
        func add(_ sets: [PhraseSet], _ role: Role) {
            for set in sets {
                for phrase in set.phrases {
                    entries.append(
                        Entry(reason: set.reason, role: role, evidence: "text: \(phrase)"))
                    phrases.append(phrase)
                }
            }
        }
        add(Self.strong, .strong)
        add(Self.hints, .hint)
        add(Self.faintHints, .faintHint)
        add(Self.lastHints, .hint)
        add([PhraseSet(.undetermined, Self.temporary)], .temporary)
        add([PhraseSet(.senderRejected, Self.senderStage)], .senderStage)
        self.entries = entries
        matcher = PhraseMatcher(phrases: phrases)
    }

    /// The precedence: the first set with a phrase in the text wins.
    ///
    /// A mailbox is often "unavailable" in the words of a server that goes on to say why; so what
    /// is about the sender, its network and the state of a mailbox stands before "user unknown",
    /// and what servers say of everything stands last.
    static let strong: [PhraseSet] =
        delays + reputations + authentications + fullness + sizes + senders + recipients
        + domains + filters + contents + relays + policies + systems + replies
}
