/// All that is wrong with one thing, never empty: what a `Result` fails with.
package struct Faults: Error, Hashable, Sendable {
    package let list: [Fault]

    /// The faults in the order of their codes, each once; nil where there are none.
    package init?(_ faults: some Sequence<Fault>) {
        list = Self.ordered(faults)
        guard !list.isEmpty else { return nil }
    }

    /// In the order of `FaultCode`, and within a code as they were found; each once.
    static func ordered(_ faults: some Sequence<Fault>) -> [Fault] {
        var seen: Set<Fault> = []
        let unique = faults.filter { seen.insert($0).inserted }
        return FaultCode.allCases.flatMap { code in unique.filter { $0.code == code } }
    }
}
