/// Finds all phrases of a table in one pass over a text (Aho and Corasick, 1975).
///
/// A phrase is words as `ClassifierText` writes them. `*` at its end means that the last word may
/// go on; ` ~ ` is a gap of a few words, so that `mailbox ~ full` finds "mailbox of the recipient
/// is full". Built once; a search allocates nothing on the heap.
struct PhraseMatcher: Sendable {
    /// The most bytes that a gap may hold: five or six words.
    static let gapBytesMax = 40

    /// One piece of a phrase between gaps.
    private struct Piece {
        var phrase: Int
        /// The piece before the gap, which must have ended shortly before this one begins.
        var previous: Int?
        var isLast: Bool
        var length: Int
    }

    private var pieces: [Piece] = []
    /// The column of each byte in the table; bytes that no phrase holds share column 0.
    private var columns: [UInt8]
    private var width = 1
    /// State by column; a target that ends some piece has its top bit set.
    private var table: [UInt16] = []
    private var endings: [[Int]] = [[]]

    private static let endingBit: UInt16 = 0x8000

    /// Builds the table.
    ///
    /// Phrases together may not have more than 32,767 states.
    init(phrases: [String]) {
        columns = [UInt8](repeating: 0, count: 256)
        var patterns: [[UInt8]] = []
        for (index, phrase) in phrases.enumerated() {
            patterns += pieces(of: phrase, index)
        }
        for byte in Set(patterns.joined()).sorted() {
            columns[Int(byte)] = UInt8(width)
            width += 1
        }
        let trie = Self.trie(patterns.map { $0.map { columns[Int($0)] } }, width)
        link(trie.children, endings: trie.endings)
    }

    private mutating func pieces(of phrase: String, _ index: Int) -> [[UInt8]] {
        let parts = phrase.split(separator: " ~ ")
        return parts.enumerated().map { position, part in
            let isOpen = part.hasSuffix("*")
            let pattern =
                Array(" ".utf8) + (isOpen ? part.dropLast() : part).utf8
                + (isOpen ? [] : Array(" ".utf8))
            pieces.append(
                Piece(
                    phrase: index, previous: position == 0 ? nil : pieces.count - 1,
                    isLast: position == parts.count - 1, length: pattern.count))
            return pattern
        }
    }

    private static func trie(_ patterns: [[UInt8]], _ width: Int)
        -> (children: [[Int]], endings: [[Int]])
    {
        var children = [[Int](repeating: 0, count: width)]
        var endings: [[Int]] = [[]]
        for (piece, pattern) in patterns.enumerated() {
            var state = 0
            for column in pattern {
                if children[state][Int(column)] == 0 {
                    children[state][Int(column)] = children.count
                    children.append([Int](repeating: 0, count: width))
                    endings.append([])
                }
                state = children[state][Int(column)]
            }
            endings[state].append(piece)
        }
        precondition(children.count < Int(endingBit), "too many phrases for the table")
        return (children, endings)
    }

    /// Breadth first: where the trie ends, go on from the longest suffix that it knows.
    private mutating func link(_ children: [[Int]], endings own: [[Int]]) {
        var next = children
        endings = own
        var suffix = [Int](repeating: 0, count: children.count)
        var queue = children[0].filter { $0 != 0 }
        var head = 0
        while head < queue.count {
            let state = queue[head]
            head += 1
            endings[state] += endings[suffix[state]]
            for column in 0..<width {
                let child = next[state][column]
                if child == 0 {
                    next[state][column] = next[suffix[state]][column]
                } else {
                    suffix[child] = next[suffix[state]][column]
                    queue.append(child)
                }
            }
        }
        table = next.joined().map { UInt16($0) | (endings[$0].isEmpty ? 0 : Self.endingBit) }
    }

    /// Calls `found` with the index of each phrase in the text, some more than once.
    func search(_ text: UnsafeBufferPointer<UInt8>, found: (Int) -> Void) {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: pieces.count) { lastEnds in
            lastEnds.initialize(repeating: Int32.min)
            table.withUnsafeBufferPointer { table in
                columns.withUnsafeBufferPointer { columns in
                    var state = 0
                    for position in 0..<text.count {
                        let column = Int(columns[Int(text[position])])
                        let target = table[state &* width &+ column]
                        state = Int(target & ~Self.endingBit)
                        guard target & Self.endingBit != 0 else { continue }
                        for piece in endings[state] {
                            end(piece, at: Int32(truncatingIfNeeded: position), lastEnds, found)
                        }
                    }
                }
            }
        }
    }

    /// Notes that a piece ended here, if what goes before it is near enough.
    ///
    /// Adjoining pieces share the blank between them.
    private func end(
        _ index: Int, at position: Int32, _ lastEnds: UnsafeMutableBufferPointer<Int32>,
        _ found: (Int) -> Void
    ) {
        let piece = pieces[index]
        if let previous = piece.previous {
            let start = Int(position) - piece.length + 1
            let gap = start - Int(lastEnds[previous])
            guard gap >= 0, gap <= Self.gapBytesMax else { return }
        }
        lastEnds[index] = position
        if piece.isLast { found(piece.phrase) }
    }
}
