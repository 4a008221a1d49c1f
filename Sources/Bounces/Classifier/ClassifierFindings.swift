/// What the phrases say of one text.
struct PhraseFindings {
    /// The first by precedence of those that name a reason; a limited rate is about what limits it.
    var strong: Int? {
        guard let named, let limiting, PhraseTable.shared.reasons[named] == .rateLimited else {
            return named
        }
        return limiting
    }

    private var named: Int?
    private var limiting: Int?
    /// The first of those that only hint at one, without and with the faint ones.
    private(set) var hint: Int?
    private(set) var faintHint: Int?
    /// Some hint, be it not the first, is about the address.
    private(set) var hintsAtAddress = false
    /// The text says, whatever else it says, that a domain is not there.
    private(set) var missingDomain: Int?
    /// Words of a state that passes: try again later.
    private(set) var isTemporary = false
    /// The server said it when the sender was named.
    private(set) var isAboutSender = false
    /// There is no word in the text but the name of the protocol, as a Diagnostic-Code has it.
    let isWordless: Bool

    /// Looks for every phrase in a text, but for those with a piece that is ignored.
    init(in text: String, ignoring ignored: Set<Int> = []) {
        let table = PhraseTable.shared
        self = ClassifierText.withPlain(text) { plain in
            var findings = PhraseFindings(isWordless: Self.isWordless(plain))
            table.matcher.search(plain, ignoring: ignored) { phrase, _ in
                if let phrase { findings.note(phrase, table.roles[phrase]) }
            }
            return findings
        }
    }

    private static func isWordless(_ plain: UnsafeBufferPointer<UInt8>) -> Bool {
        plain.count == 1 || (plain.count == 6 && plain.elementsEqual(" smtp ".utf8))
    }

    private init(isWordless: Bool) {
        self.isWordless = isWordless
    }

    /// Takes in a phrase that was found; the same one may come again.
    private mutating func note(_ index: Int, _ role: PhraseTable.Role) {
        if role == .hint || role == .faintHint {
            hintsAtAddress = hintsAtAddress || PhraseTable.shared.reasons[index].isAboutAddress
        }
        if role == .strong, PhraseTable.shared.reasons[index] == .domainUnknown {
            missingDomain = min(missingDomain ?? index, index)
        }
        switch role {
        case .temporary: isTemporary = true
        case .senderStage: isAboutSender = true
        case .strong: named = min(named ?? index, index)
        case .limiting:
            named = min(named ?? index, index)
            limiting = min(limiting ?? index, index)
        case .hint:
            hint = min(hint ?? index, index)
            faintHint = min(faintHint ?? index, index)
        case .faintHint: faintHint = min(faintHint ?? index, index)
        }
    }
}

extension BounceReason {
    /// The class that the reason fixes.
    ///
    /// Three reasons look at the code: a disabled mailbox, and a domain that is unknown or without
    /// mail, are hard only for good, soft while the server says 4xx or words it as passing.
    func bounceClass(isTransient: Bool) -> BounceClass {
        switch self {
        case .userUnknown, .invalidAddress, .addressMoved: .hard
        case .mailboxDisabled, .domainUnknown, .domainNoMail: isTransient ? .soft : .hard
        case .mailboxFull, .systemFull, .messageTooBig, .rateLimited, .greylisted,
            .tooManyConnections, .serverError, .networkError, .dnsTemporary, .expired,
            .mailerError, .protocolError, .undetermined:
            .soft
        case .complaint, .suppressed, .recipientFilter, .ipBlocked, .badReputation, .geoBlocked,
            .spamContent, .virus, .contentError, .badFormat, .authFailure, .missingPTR,
            .tlsRequired, .security, .policy, .senderRejected, .relayDenied:
            .blocked
        case .vacation, .delivered, .challenge: .other
        }
    }

    /// What it is that failed; nil where nobody knows, and where nothing failed.
    var scope: BounceScope? {
        switch self {
        case .userUnknown, .invalidAddress, .addressMoved, .domainUnknown, .domainNoMail,
            .mailboxDisabled, .mailboxFull, .systemFull, .complaint, .suppressed,
            .recipientFilter, .relayDenied:
            .recipient
        case .ipBlocked, .badReputation, .geoBlocked, .authFailure, .missingPTR, .tlsRequired,
            .security, .policy, .senderRejected:
            .sender
        case .messageTooBig, .spamContent, .virus, .contentError, .badFormat: .message
        case .rateLimited, .greylisted, .tooManyConnections, .serverError, .networkError,
            .dnsTemporary, .expired, .mailerError, .protocolError:
            .transport
        case .undetermined, .vacation, .delivered, .challenge: nil
        }
    }

    /// Whether servers limit the rate of those of whom they say this.
    var limitsRate: Bool {
        switch self {
        case .badReputation, .authFailure, .missingPTR, .tlsRequired: true
        default: false
        }
    }

    /// Whether the words are about an address or domain: said while the sender was being named,
    /// they are about the sender's.
    var isAboutAddress: Bool {
        switch self {
        case .userUnknown, .invalidAddress, .addressMoved, .domainUnknown, .domainNoMail,
            .mailboxDisabled:
            true
        default: false
        }
    }
}

/// How sure the classifier is of what it found, by what it found.
///
/// Each is about the share that was right of labelled bounces when the phrases, and the words of a
/// kind, that only their own fold of five holds were left out of the table.
/// `scripts/cross-validate` prints the shares.
enum Confidence {
    /// Words and a specific code that say the same.
    static let agreement = 0.97
    static let words = 0.95
    /// Words that a specific code contradicts.
    static let contradiction = 0.7
    /// Words that are only a kind of thing and what is said of it.
    static let pattern = 0.85
    /// A specific enhanced code beside words that nobody knows.
    static let code = 0.85
    /// The most that the model is believed: it is asked of too few labelled bounces to show more.
    static let model = 0.85
    /// A word of little weight.
    static let hint = 0.75
    static let reply = 0.6
    static let vagueCode = 0.6
    /// A specific code that would condemn the address, beside other words; so it is soft.
    static let doubtedCode = 0.4
    /// 550 and not a word.
    static let likelyReply = 0.4
    static let nothing = 0.25
}

extension BounceClassification {
    /// What is less sure than this is for a person to look at.
    package static let reviewBelow = 0.7

    /// Whether a person had better look at it: the classifier found little to go by.
    package var needsReview: Bool { confidence < Self.reviewBelow }
}
