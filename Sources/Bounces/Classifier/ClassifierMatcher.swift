/// Finds all phrases of a table in one pass over a text (Aho and Corasick, 1975).
///
/// A phrase is words as `ClassifierText` writes them. `*` at its end means that the last word may
/// go on; ` ~ ` is a gap of a few words, so that `mailbox ~ full` finds "mailbox of the recipient
/// is full", and ` - ` one of a word or two. `@name` alone between gaps is any of the words of that
/// name. Built once; a search allocates nothing on the heap.
struct PhraseMatcher: Sendable {
    /// The most bytes that a gap may hold: five or six words.
    static let gapBytesMax = 40
    /// The most bytes that a short gap may hold.
    static let shortGapBytesMax = 16

    /// One piece of a phrase between gaps.
    private struct Piece {
        var phrase: Int
        /// The slot of the piece before the gap, which must have ended shortly before this begins.
        var previousSlot: Int?
        var gapBytesMax: Int
        /// Where this piece notes that it has ended, if another one follows; else the phrase ends.
        var slot: Int?
        var length: Int
    }

    private var pieces: [Piece] = []
    private var slotCount = 0
    /// By the words of a first piece: phrases that begin alike share it.
    private var firstSlots: [String: Int] = [:]
    /// The column of each byte in the table; bytes that no phrase holds share column 0.
    private var columns = [UInt8](repeating: 0, count: 256)
    private var width = 1
    /// State by column; a target at which some piece ends has its top bit set.
    private var table: [UInt16] = []
    /// The pieces that end at a state: those from `endingStarts[state]` to that of the next.
    private var endingPieces: [Int] = []
    private var endingStarts: [Int] = []

    private static let endingBit: UInt16 = 0x8000

    /// Builds the table.
    ///
    /// Phrases together may not have more than 32,767 states.
    init(phrases: [String], words: [String: [String]] = [:]) {
        var patterns: [[UInt8]] = []
        for (index, phrase) in phrases.enumerated() {
            patterns += addPieces(of: phrase, index, words)
        }
        for byte in Set(patterns.joined()).sorted() {
            columns[Int(byte)] = UInt8(width)
            width += 1
        }
        var trie = PhraseTrie(patterns.map { $0.map { Int(columns[Int($0)]) } }, width: width)
        precondition(trie.next.count < Int(Self.endingBit), "too many phrases for the table")
        trie.link()
        table = trie.next.joined().map {
            UInt16($0) | (trie.endings[$0].isEmpty ? 0 : Self.endingBit)
        }
        for pieces in trie.endings {
            endingStarts.append(endingPieces.count)
            endingPieces += pieces
        }
        endingStarts.append(endingPieces.count)
    }

    /// Notes the pieces of a phrase, and gives the bytes to look for.
    private mutating func addPieces(
        of phrase: String, _ index: Int, _ words: [String: [String]]
    ) -> [[UInt8]] {
        let parts = Self.parts(of: phrase)
        var previousSlot: Int?
        var patterns: [[UInt8]] = []
        for (position, part) in parts.enumerated() {
            let isFirstOfMany = position == 0 && parts.count > 1
            if isFirstOfMany, let shared = firstSlots[part.words] {
                previousSlot = shared
                continue
            }
            var slot: Int?
            if position < parts.count - 1 {
                slot = slotCount
                slotCount += 1
            }
            if isFirstOfMany { firstSlots[part.words] = slot }
            for pattern in Self.patterns(of: part.words, words) {
                pieces.append(
                    Piece(
                        phrase: index, previousSlot: previousSlot, gapBytesMax: part.gapBytesMax,
                        slot: slot, length: pattern.count))
                patterns.append(pattern)
            }
            previousSlot = slot
        }
        return patterns
    }

    /// The words between the gaps of a phrase, and how long the gap before them may be.
    private static func parts(of phrase: String) -> [(words: String, gapBytesMax: Int)] {
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

    /// The bytes to look for: of the words, or of each that the name stands for.
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

    /// Calls `found` with the index of each phrase in the text, some more than once.
    func search(_ text: UnsafeBufferPointer<UInt8>, found: (Int) -> Void) {
        search(text, ignoring: []) { phrase, _ in if let phrase { found(phrase) } }
    }

    /// Calls `found` with each piece that stands in the text behind what goes before it, and with
    /// the phrase that ends with it, as if some pieces were not known.
    @inline(__always)
    func search(
        _ text: UnsafeBufferPointer<UInt8>, ignoring ignored: Set<Int>,
        found: (_ phrase: Int?, _ piece: Int) -> Void
    ) {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: slotCount) { ends in
            ends.initialize(repeating: -Self.gapBytesMax - text.count)
            table.withUnsafeBufferPointer { table in
                columns.withUnsafeBufferPointer { columns in
                    var state = 0
                    for position in 0..<text.count {
                        let target = table[
                            state &* width &+ Int(columns[Int(text[position])])]
                        state = Int(target & ~Self.endingBit)
                        if Int(target) != state {
                            end(at: state, position, ends, ignored, found)
                        }
                    }
                }
            }
        }
    }

    /// Notes the pieces that end here, each if what goes before it is near enough.
    ///
    /// Adjoining pieces share the blank between them.
    @inline(__always)
    private func end(
        at state: Int, _ position: Int, _ ends: UnsafeMutableBufferPointer<Int>,
        _ ignored: Set<Int>, _ found: (_ phrase: Int?, _ piece: Int) -> Void
    ) {
        for index in endingStarts[state]..<endingStarts[state + 1] {
            let number = endingPieces[index]
            guard ignored.isEmpty || !ignored.contains(number) else { continue }
            let piece = pieces[number]
            if let previousSlot = piece.previousSlot {
                let gap = position - piece.length + 1 - ends[previousSlot]
                guard gap >= 0, gap <= piece.gapBytesMax else { continue }
            }
            if let slot = piece.slot {
                ends[slot] = position
            }
            found(piece.slot == nil ? piece.phrase : nil, number)
        }
    }
}
