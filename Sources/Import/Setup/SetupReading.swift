/// What came of reading a set-up: the records of the good files, and the faults of the others.
package struct SetupReading: Hashable, Sendable {
    /// A file with a fault gives no record at all.
    package var setup: Setup
    /// In the order of the files, and in each by line.
    package var faults: [ImportFault]

    /// The set-up where every file is good.
    package func get() throws(ImportFaults) -> Setup {
        guard faults.isEmpty else { throw ImportFaults(faults) }
        return setup
    }
}
