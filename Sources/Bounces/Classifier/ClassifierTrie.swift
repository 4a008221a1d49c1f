/// The trie of the patterns, and for each of its states the longest suffix that it knows as well.
struct PhraseTrie {
    /// The states that a state goes on to, by byte in ascending order; state 0 is the root.
    private(set) var children: [[(byte: UInt8, state: Int)]] = [[]]
    /// By state: the state of the longest proper suffix of what led there.
    private(set) var suffixes: [Int] = []
    /// The patterns that end at each state, and so at its suffixes.
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

    /// Breadth first, so that a suffix, being shorter, is finished before the state that needs it.
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

    /// Where the longest suffix of a state leads that goes on with a byte.
    private func suffix(behind state: Int, _ byte: UInt8) -> Int {
        var suffix = state
        while suffix != 0 {
            suffix = suffixes[suffix]
            if let child = child(of: suffix, byte) { return child }
        }
        return 0
    }
}
