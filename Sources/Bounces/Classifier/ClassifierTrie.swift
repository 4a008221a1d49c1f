/// The trie of the patterns, which `link` makes an automaton that never looks back.
struct PhraseTrie {
    /// The next state by state and column; 0, the root, where there is none.
    private(set) var next: [[Int]]
    /// The patterns that end at each state.
    private(set) var endings: [[Int]] = [[]]

    /// Builds the trie of patterns, each a row of columns.
    init(_ patterns: [[Int]], width: Int) {
        next = [[Int](repeating: 0, count: width)]
        for (index, pattern) in patterns.enumerated() {
            var state = 0
            for column in pattern {
                if next[state][column] == 0 {
                    next[state][column] = next.count
                    next.append([Int](repeating: 0, count: width))
                    endings.append([])
                }
                state = next[state][column]
            }
            endings[state].append(index)
        }
    }

    /// Where the trie ends, goes on from the longest suffix that it knows: breadth first, so that
    /// a suffix, being shorter, is finished before the state that needs it.
    mutating func link() {
        var suffixes = [Int](repeating: 0, count: next.count)
        var queue = next[0].filter { $0 != 0 }
        var head = 0
        while head < queue.count {
            let state = queue[head]
            head += 1
            let suffix = suffixes[state]
            endings[state] += endings[suffix]
            for column in next[state].indices {
                let child = next[state][column]
                if child == 0 {
                    next[state][column] = next[suffix][column]
                } else {
                    suffixes[child] = next[suffix][column]
                    queue.append(child)
                }
            }
        }
    }
}
