/// Finds all phrases of a table in one pass over a text.
///
/// A phrase is words in the form of `ClassifierText`. `*` at its end allows any ending of the last
/// word; ` ~ ` is a gap of a few words, so that `mailbox ~ full` finds "mailbox of the recipient is
/// full", and ` - ` one of a word or two. `@name` alone between gaps is any of the words of that
/// name. Built once; a search allocates nothing on the heap.
struct PhraseMatcher: Sendable {
    /// The longest gap in bytes: five or six words.
    static let gapBytesMax: UInt8 = 40
    /// The longest short gap in bytes.
    static let shortGapBytesMax: UInt8 = 16

    /// A part of a phrase between gaps; small, since many are visited in each text.
    private struct Piece {
        var phrase: Int16
        /// The slot of the part before the gap, which must have ended shortly before this part
        /// begins; nil for a first part.
        var previousSlot: Int16?
        /// The slot for the position where this part ended, if another part follows; nil where the
        /// phrase ends.
        var slot: Int16?
        var gapBytesMax: UInt8
        var length: UInt8
    }

    private var pieces: [Piece] = []
    private var slotCount: Int16 = 0
    /// By the words of a first part: phrases with the same beginning share it.
    private var firstSlots: [String: Int16] = [:]
    private var automaton = PhraseAutomaton(PhraseTrie([]))

    /// Builds the automaton.
    ///
    /// At most 32,767 phrases and parts of phrases, each part of at most 255 bytes.
    init(phrases: [String], words: [String: [String]] = [:]) {
        var patterns: [[UInt8]] = []
        for (index, phrase) in phrases.enumerated() {
            patterns += addPieces(of: phrase, Int16(index), words)
        }
        automaton = PhraseAutomaton(PhraseTrie(patterns))
    }

    /// Adds the parts of a phrase, and returns the bytes to look for.
    private mutating func addPieces(
        of phrase: String, _ index: Int16, _ words: [String: [String]]
    ) -> [[UInt8]] {
        let parts = Self.parts(of: phrase)
        var previousSlot: Int16?
        var patterns: [[UInt8]] = []
        for (position, part) in parts.enumerated() {
            let isFirstOfMany = position == 0 && parts.count > 1
            if isFirstOfMany, let shared = firstSlots[part.words] {
                previousSlot = shared
                continue
            }
            var slot: Int16?
            if position < parts.count - 1 {
                slot = slotCount
                slotCount += 1
            }
            if isFirstOfMany { firstSlots[part.words] = slot }
            for pattern in Self.patterns(of: part.words, words) {
                pieces.append(
                    Piece(
                        phrase: index, previousSlot: previousSlot, slot: slot,
                        gapBytesMax: part.gapBytesMax, length: UInt8(pattern.count)))
                patterns.append(pattern)
            }
            previousSlot = slot
        }
        return patterns
    }

    /// The words between the gaps of a phrase, and the longest gap before each.
    private static func parts(of phrase: String) -> [(words: String, gapBytesMax: UInt8)] {
        var parts = [(words: "", gapBytesMax: gapBytesMax)]
        for word in phrase.split(separator: " ") {
            switch word {
            case "~": parts.append(("", gapBytesMax))
            case "-": parts.append(("", shortGapBytesMax))
            default:
                let last = parts.count - 1
                parts[last].words += parts[last].words.isEmpty ? String(word) : " \(word)"
            }
        }
        return parts
    }

    /// The bytes to look for: the words, or each word that the name stands for.
    private static func patterns(of part: String, _ words: [String: [String]]) -> [[UInt8]] {
        var alternatives = [part]
        if part.hasPrefix("@") {
            guard let named = words[String(part.dropFirst())] else {
                preconditionFailure("no words are named \(part)")
            }
            alternatives = named
        }
        return alternatives.map { words in
            let isOpen = words.hasSuffix("*")
            return Array(" \(isOpen ? words.dropLast() : words[...])\(isOpen ? "" : " ")".utf8)
        }
    }

    /// Calls `found` with the index of each phrase in the text, possibly more than once.
    func search(_ text: UnsafeBufferPointer<UInt8>, found: (Int) -> Void) {
        search(text, ignoring: []) { phrase, _ in if let phrase { found(phrase) } }
    }

    /// Calls `found` with each part that follows its predecessor in the text, and with the phrase
    /// that it ends, as if some parts were not known.
    @inline(__always)
    func search(
        _ text: UnsafeBufferPointer<UInt8>, ignoring ignored: Set<Int>,
        found: (_ phrase: Int?, _ piece: Int) -> Void
    ) {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: Int(slotCount)) { ends in
            ends.initialize(repeating: -Int32(Self.gapBytesMax) - Int32(text.count))
            var cursor = PhraseAutomaton.Cursor()
            while automaton.advance(&cursor, in: text) {
                automaton.forEachPattern(endingAt: cursor.state) { number in
                    if ignored.isEmpty || !ignored.contains(number) {
                        end(number, cursor.position, ends, found)
                    }
                }
            }
        }
    }

    /// Records the end of a part, if its predecessor is near enough.
    ///
    /// Adjacent parts share the space between them.
    @inline(__always)
    private func end(
        _ number: Int, _ position: Int, _ ends: UnsafeMutableBufferPointer<Int32>,
        _ found: (_ phrase: Int?, _ piece: Int) -> Void
    ) {
        let piece = pieces[number]
        if let previousSlot = piece.previousSlot {
            let gap = position - Int(piece.length) + 1 - Int(ends[Int(previousSlot)])
            guard gap >= 0, gap <= Int(piece.gapBytesMax) else { return }
        }
        if let slot = piece.slot { ends[Int(slot)] = Int32(position) }
        found(piece.slot == nil ? Int(piece.phrase) : nil, number)
    }
}

/// Phrases for one reason.
struct PhraseSet: Sendable {
    var reason: BounceReason
    var phrases: [String]

    init(_ reason: BounceReason, _ phrases: [String]) {
        self.reason = reason
        self.phrases = phrases
    }
}

/// All phrases in order of precedence, and the matcher that finds them.
///
/// A class, so that using it counts one reference rather than one for each of its arrays, which
/// takes a sixth of the time for a bounce.
final class PhraseTable: Sendable {
    /// What a phrase is evidence of.
    enum Role: UInt8, Sendable {
        /// It names its reason, whatever the codes are.
        case strong
        /// It names why a rate is limited, and otherwise its reason.
        case limiting
        /// It hints at its reason where no code says more.
        case hint
        /// It hints at its reason where no code indicates a policy.
        case faintHint
        /// It calls the state temporary.
        case temporary
        /// The server answered to the command that names the sender.
        case senderStage
    }

    /// Created when the first bounce is classified.
    static let shared = PhraseTable()

    /// By the index of a phrase: the lower, the stronger.
    let roles: [Role]
    let reasons: [BounceReason]
    let phrases: [String]
    /// Whether a phrase is a pattern of kinds of words.
    let isPattern: [Bool]
    /// The phrases as a classification shows them.
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

    /// By precedence: the first set with a phrase in the text wins.
    ///
    /// A server often calls a mailbox "unavailable" before it says why; so phrases about the
    /// sender, its network and the state of a mailbox come before "user unknown", and what servers
    /// say about everything comes last.
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
