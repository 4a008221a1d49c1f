/// All that is wrong with one thing, never empty: what a `Result` fails with.
///
/// Each code stands once, so that a code and a dispatch name a fault; its detail lists the cases.
package struct Faults: Error, Hashable, Sendable {
    package let list: [Fault]

    /// One fault of each code, in the order of `FaultCode`; nil where there are none.
    package init?(_ faults: some Sequence<Fault>) {
        list = Self.merged(faults)
        guard !list.isEmpty else { return nil }
    }

    package init(_ fault: Fault) {
        list = [fault]
    }

    /// One fault of each code, the details of its faults joined and each said once.
    static func merged(_ faults: some Sequence<Fault>) -> [Fault] {
        var gathered: [FaultCode: [Fault]] = [:]
        for fault in faults {
            let known = gathered[fault.code, default: []]
            let isNew = fault != Fault(fault.code) && !known.contains(fault)
            gathered[fault.code] = isNew ? known + [fault] : known
        }
        return FaultCode.allCases.compactMap { code in
            gathered[code].map { faults in
                Fault(
                    code, faults.map(\.words).joined(separator: "; "),
                    detail: faults.map(\.detail).joined(separator: "; "))
            }
        }
    }
}
