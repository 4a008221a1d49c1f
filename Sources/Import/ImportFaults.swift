/// All faults of one reading, in the order of the file; never empty.
package struct ImportFaults: Error, Hashable, Sendable {
    package let faults: [ImportFault]

    package init(_ faults: [ImportFault]) {
        precondition(!faults.isEmpty, "a reading fails for a reason")
        self.faults = faults
    }
}
