/// What the phrases say of one text.
struct PhraseFindings {
    /// The first by precedence of those that name a reason.
    private(set) var strong: Int?
    /// The first of those that only hint at one.
    private(set) var weak: Int?
    /// Words of a state that passes: try again later.
    private(set) var isTemporary = false
    /// The server said it when the sender was named.
    private(set) var isAboutSender = false
    private var reputation: Int?

    /// Takes in a phrase that was found; the same one may come again.
    mutating func note(_ index: Int, _ entry: PhraseTable.Entry) {
        switch entry.role {
        case .temporary: isTemporary = true
        case .senderStage: isAboutSender = true
        case .strong:
            strong = min(strong ?? index, index)
            if entry.reason == .badReputation { reputation = min(reputation ?? index, index) }
        case .weak: weak = min(weak ?? index, index)
        }
    }

    /// A rate that is named together with a reputation is about the reputation.
    mutating func settle(_ table: PhraseTable) {
        guard let strong, let reputation, table.entries[strong].reason == .rateLimited else {
            return
        }
        self.strong = reputation
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
            return findings
        }
    }
}
