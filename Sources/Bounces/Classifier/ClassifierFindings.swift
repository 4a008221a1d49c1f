/// The phrases found in one text.
struct PhraseFindings {
    /// The first by precedence that names a reason; for a limited rate, the one that names the
    /// cause of the limit.
    var strong: Int? {
        guard let named, let limiting, PhraseTable.shared.reasons[named] == .rateLimited else {
            return named
        }
        return limiting
    }

    private var named: Int?
    private var limiting: Int?
    /// The first that only hints at a reason, without and with the faint ones.
    private(set) var hint: Int?
    private(set) var faintHint: Int?
    /// Whether any hint, not only the first, is about the address.
    private(set) var hintsAtAddress = false
    /// The phrase that says that a domain does not exist, whatever else the text says.
    private(set) var missingDomain: Int?
    /// Whether the text calls the state temporary: try again later.
    private(set) var isTemporary = false
    /// Whether the server answered to the command that names the sender.
    private(set) var isAboutSender = false
    /// Whether the text has no word but the name of the protocol, as in a Diagnostic-Code.
    let isWordless: Bool

    /// Looks for every phrase in a text, except those with an ignored part.
    init(in text: String, ignoring ignored: Set<Int> = []) {
        let table = PhraseTable.shared
        self = ClassifierText.withPlain(text) { plain in
            var findings = PhraseFindings(isWordless: Self.isWordless(plain))
            table.matcher.search(plain, ignoring: ignored) { phrase, _ in
                if let phrase { findings.record(phrase, table.roles[phrase]) }
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

    /// Records a phrase that was found; the same one may be found repeatedly.
    private mutating func record(_ index: Int, _ role: PhraseTable.Role) {
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
    /// The class that the reason determines.
    ///
    /// Three reasons depend on the code: a disabled mailbox, and a domain that is unknown or
    /// accepts no mail, are hard only if permanent, and soft while the server answers 4xx or words
    /// it as temporary.
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

    /// What failed; nil where that is not known, and where nothing failed.
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

    /// Whether servers limit the rate of senders for this reason.
    var limitsRate: Bool {
        switch self {
        case .badReputation, .authFailure, .missingPTR, .tlsRequired: true
        default: false
        }
    }

    /// Whether the words are about an address or domain, which is the sender's if they answer the
    /// command that names the sender.
    var isAboutAddress: Bool {
        switch self {
        case .userUnknown, .invalidAddress, .addressMoved, .domainUnknown, .domainNoMail,
            .mailboxDisabled:
            true
        default: false
        }
    }
}

/// The classifier's confidence, by the kind of evidence.
///
/// Each is roughly the share of correct results among labelled bounces when the phrases and words
/// that only the tested fifth of them contains were left out of the table. `scripts/cross-validate`
/// prints the shares.
enum Confidence {
    /// Words and a specific code in agreement.
    static let agreement = 0.97
    static let words = 0.95
    /// Words that a specific code contradicts.
    static let contradiction = 0.7
    /// Words that match only a pattern of kinds of things.
    static let pattern = 0.85
    /// A specific enhanced code with words that are not known.
    static let code = 0.85
    /// The limit for the model: there are too few labelled bounces for it to show more.
    static let model = 0.85
    /// A weak word.
    static let hint = 0.75
    static let reply = 0.6
    static let vagueCode = 0.6
    /// A specific code that would condemn the address, with other words; so it is soft.
    static let doubtedCode = 0.4
    /// 550 without words.
    static let likelyReply = 0.4
    static let nothing = 0.25
}

extension BounceClassification {
    /// Below this confidence a person should look at it.
    package static let reviewBelow = 0.7

    /// Whether a person should look at it, since the classifier found little evidence.
    package var needsReview: Bool { confidence < Self.reviewBelow }
}
