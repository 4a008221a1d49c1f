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
///
/// A class, so that using it counts one reference and not one for each of its arrays: that is a
/// sixth of the time that a bounce takes.
final class PhraseTable: Sendable {
    /// What a phrase is evidence of.
    enum Role: UInt8, Sendable {
        /// It names its reason, whatever the codes are.
        case strong
        /// It names why a rate is limited, and its reason anyhow.
        case limiting
        /// It hints at its reason where no code says more.
        case hint
        /// It hints at its reason where no code says that it is a policy.
        case faintHint
        /// The state passes.
        case temporary
        /// The server spoke at the command that names the sender.
        case senderStage
    }

    /// Made once, when the first bounce is classified.
    static let shared = PhraseTable()

    /// By the index of a phrase: the lower, the stronger.
    let roles: [Role]
    let reasons: [BounceReason]
    let phrases: [String]
    /// Whether a phrase is a pattern of kinds of words.
    let isPattern: [Bool]
    /// As a classification shows them.
    let evidence: [String]
    let matcher: PhraseMatcher

    private init() {
        let sets: [(Role, [PhraseSet])] = [
            (.strong, Self.strong), (.hint, Self.hints), (.faintHint, Self.faintHints),
            (.hint, Self.lastHints),
            (.temporary, [PhraseSet(.undetermined, Self.temporary)]),
            (.senderStage, [PhraseSet(.senderRejected, Self.senderStage)]),
        ]
        var phrases: [String] = []
        var roles: [Role] = []
        var reasons: [BounceReason] = []
        for (role, sets) in sets {
            for set in sets {
                phrases += set.phrases
                let limits = role == .strong && set.reason.limitsRate
                roles += set.phrases.map { _ in limits ? .limiting : role }
                reasons += set.phrases.map { _ in set.reason }
            }
        }
        self.roles = roles
        self.reasons = reasons
        self.phrases = phrases
        isPattern = phrases.map { $0.contains("@") }
        evidence = phrases.map { "text: \($0.filter { $0 != "@" })" }
        matcher = PhraseMatcher(phrases: phrases, words: ClassifierWords.all)
    }

    /// The precedence: the first set with a phrase in the text wins.
    ///
    /// A mailbox is often "unavailable" in the words of a server that goes on to say why; so what
    /// is about the sender, its network and the state of a mailbox stands before "user unknown",
    /// and what servers say of everything stands last.
    private static let strong: [PhraseSet] =
        hostPhrases + beforeAddresses + recipients + domains + recipientPatterns + domainPatterns
        + afterAddresses

    private static let beforeAddresses: [PhraseSet] =
        decided + delays + delayPatterns + reputations + authentications + fullness + sizes
        + senders
        + senderPatterns + networkPatterns + fullnessPatterns

    private static let afterAddresses: [PhraseSet] =
        filters + contents + relays + relayPatterns + encryptionPatterns + policies + limits
        + systems
        + replies
}
