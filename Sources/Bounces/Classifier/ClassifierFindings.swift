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
