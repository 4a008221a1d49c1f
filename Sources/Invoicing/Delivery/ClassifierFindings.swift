/// What the phrases say of one text.
struct PhraseFindings {
    /// The first by precedence of those that name a reason.
    private(set) var strong: Int?
    /// The first of those that only hint at one, without and with the faint ones.
    private(set) var hint: Int?
    private(set) var faintHint: Int?
    /// Words of a state that passes: try again later.
    private(set) var isTemporary = false
    /// The server said it when the sender was named.
    private(set) var isAboutSender = false
    /// The first of those that tell why a rate is limited.
    private var limiting: Int?
    /// There is hardly a word in it.
    var isWordless = true

    /// A short word and the blanks around it.
    static let wordlessBytesMax = 8

    /// Takes in a phrase that was found; the same one may come again.
    mutating func note(_ index: Int, _ entry: PhraseTable.Entry) {
        switch entry.role {
        case .temporary: isTemporary = true
        case .senderStage: isAboutSender = true
        case .strong:
            strong = min(strong ?? index, index)
            if entry.reason.limitsRate { limiting = min(limiting ?? index, index) }
        case .hint:
            hint = min(hint ?? index, index)
            faintHint = min(faintHint ?? index, index)
        case .faintHint: faintHint = min(faintHint ?? index, index)
        }
    }

    /// A rate that is limited for a reason is about the reason.
    mutating func settle(_ table: PhraseTable) {
        guard let strong, let limiting, table.entries[strong].reason == .rateLimited else {
            return
        }
        self.strong = limiting
    }
}

extension Classifier {
    /// Looks for every phrase in a text.
    static func findings(in text: String) -> PhraseFindings {
        let table = PhraseTable.shared
        return ClassifierText.withPlain(text) { plain in
            var findings = PhraseFindings()
            table.matcher.search(plain) { findings.note($0, table.entries[$0]) }
            findings.settle(table)
            findings.isWordless = plain.count <= PhraseFindings.wordlessBytesMax
            return findings
        }
    }
}
