/// Finds where patterns end while reading a text byte by byte (Aho and Corasick, 1975).
///
/// A state is the index at which its row of cells begins, and the rows are interleaved in each
/// other's gaps. A table of all states by all bytes would be twenty times as large, and fetching
/// from it took a quarter of the time for a bounce. Built once; a search allocates nothing.
struct PhraseAutomaton: Sendable {
    /// By state and byte: the state that owns the cell (upper half), the next state, and whether a
    /// pattern ends there (top bit of the lower half).
    private var cells: [UInt32] = []
    /// By state: the state of the longest suffix of the path to it.
    private var suffixes: [UInt16] = []
    /// By state: where its pattern numbers begin in `endings`; the next state's begin at their end.
    private var endingStarts: [UInt16] = []
    private var endings: [UInt16] = []

    private static let bytes = 256
    private static let endingBit: UInt32 = 0x8000
    /// A cell that no state owns.
    private static let free: UInt32 = 0xFFFF_0000
    private static let statesMax = 0x7FFF

    /// Places the rows of a trie, each at the first index where its cells are free.
    ///
    /// The root has a cell for every byte, so that a search ends there.
    init(_ trie: PhraseTrie) {
        let states = layout(of: trie)
        for (state, children) in zip(states, trie.children) {
            for (byte, child) in children {
                let ending = trie.endings[child].isEmpty ? 0 : Self.endingBit
                cells[state + Int(byte)] = UInt32(state) << 16 | UInt32(states[child]) | ending
            }
        }
        suffixes = [UInt16](repeating: 0, count: cells.count)
        var patterns = [[Int]](repeating: [], count: cells.count)
        for (number, state) in states.enumerated() {
            suffixes[state] = UInt16(states[trie.suffixes[number]])
            patterns[state] = trie.endings[number]
        }
        for numbers in patterns {
            endingStarts.append(UInt16(endings.count))
            endings += numbers.map { UInt16($0) }
        }
        endingStarts.append(UInt16(endings.count))
    }

    /// The state of each node of the trie; allocates the cells, and fills those of the root.
    ///
    /// Rows with many cells come first, each after the one before; those with one fill the gaps.
    private mutating func layout(of trie: PhraseTrie) -> [Int] {
        cells = [UInt32](repeating: 0, count: Self.bytes)
        var states = [Int](repeating: 0, count: trie.children.count)
        var isState = [true]
        for isWide in [true, false] {
            var cell = Self.bytes
            var state = 1
            for node in states.indices.dropFirst()
            where (trie.children[node].count > 1) == isWide {
                let row = trie.children[node].map { Int($0.byte) }
                if let first = row.first {
                    while !isWide, !isFree(cell) { cell += 1 }
                    state = cell - first
                }
                while isState.count > state && isState[state]
                    || !row.allSatisfy({ isFree(state + $0) })
                {
                    state += 1
                }
                states[node] = state
                isState += [Bool](repeating: false, count: max(0, state + 1 - isState.count))
                isState[state] = true
                occupy(state, row)
                cell = row.first.map { state + $0 } ?? cell
            }
        }
        precondition(isState.count <= Self.statesMax, "too many phrases for the automaton")
        return states
    }

    private func isFree(_ cell: Int) -> Bool {
        cell >= cells.count || cells[cell] == Self.free
    }

    /// The contents of a row's cells are not known before all states are.
    private mutating func occupy(_ state: Int, _ row: [Int]) {
        while cells.count < state + Self.bytes { cells.append(Self.free) }
        for byte in row { cells[state + byte] = 0 }
    }

    /// How far a text was read, and the state there.
    struct Cursor {
        fileprivate(set) var state = 0
        fileprivate(set) var position = -1
    }

    /// Reads on to the next position where a pattern ends; false if there is none.
    ///
    /// Not inlined: the loop needs the processor's registers for itself.
    @inline(never)
    func advance(_ cursor: inout Cursor, in text: UnsafeBufferPointer<UInt8>) -> Bool {
        cells.withUnsafeBufferPointer { cells in
            var state = UInt32(truncatingIfNeeded: cursor.state)
            for position in (cursor.position + 1)..<text.count {
                let byte = UInt32(text[position])
                var cell = cells[Int(state &+ byte)]
                while cell >> 16 != state {
                    state = UInt32(suffixes[Int(state)])
                    cell = cells[Int(state &+ byte)]
                }
                state = cell & UInt32(Self.statesMax)
                if cell & Self.endingBit != 0 {
                    cursor = Cursor(state: Int(state), position: position)
                    return true
                }
            }
            return false
        }
    }

    /// Calls `body` with the number of each pattern that ends in a state.
    @inline(__always)
    func forEachPattern(endingAt state: Int, _ body: (Int) -> Void) {
        for index in endingStarts[state]..<endingStarts[state + 1] {
            body(Int(endings[Int(index)]))
        }
    }
}

/// The trie of the patterns, with the longest known suffix of each state.
struct PhraseTrie {
    /// The successors of each state by byte, in ascending order; state 0 is the root.
    private(set) var children: [[(byte: UInt8, state: Int)]] = [[]]
    /// By state: the state of the longest proper suffix of the path to it.
    private(set) var suffixes: [Int] = []
    /// The patterns that end in each state, and so in its suffixes.
    private(set) var endings: [[Int]] = [[]]

    /// Builds the trie of patterns.
    init(_ patterns: [[UInt8]]) {
        for (index, pattern) in patterns.enumerated() {
            var state = 0
            for byte in pattern { state = child(of: state, byte) ?? addChild(to: state, byte) }
            endings[state].append(index)
        }
        link()
    }

    private func child(of state: Int, _ byte: UInt8) -> Int? {
        children[state].first { $0.byte == byte }?.state
    }

    private mutating func addChild(to state: Int, _ byte: UInt8) -> Int {
        let child = children.count
        let place = children[state].firstIndex { $0.byte > byte } ?? children[state].count
        children[state].insert((byte, child), at: place)
        children.append([])
        endings.append([])
        return child
    }

    /// Breadth first, so that a suffix, which is shorter, is finished before the state that needs
    /// it.
    private mutating func link() {
        suffixes = [Int](repeating: 0, count: children.count)
        var queue = children[0].map(\.state)
        var head = 0
        while head < queue.count {
            let state = queue[head]
            head += 1
            endings[state] += endings[suffixes[state]]
            for (byte, child) in children[state] {
                suffixes[child] = suffix(behind: state, byte)
                queue.append(child)
            }
        }
    }

    /// The successor by a byte of the longest suffix of a state that has one.
    private func suffix(behind state: Int, _ byte: UInt8) -> Int {
        var suffix = state
        while suffix != 0 {
            suffix = suffixes[suffix]
            if let child = child(of: suffix, byte) { return child }
        }
        return 0
    }
}
