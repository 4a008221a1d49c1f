import Synchronization

/// The faults that are armed, the oldest first.
///
/// They are not in the ledger: after a restart the sandbox behaves.
final class FaultBoard: Sendable {
    private let armed = Mutex<[ArmedFault]>([])

    func arm(_ faults: [Fault]) {
        armed.withLock { $0 += faults.map { ArmedFault($0) } }
    }

    func clear() {
        armed.withLock { $0 = [] }
    }

    var json: JSONValue {
        ["faults": .list(armed.withLock { $0.map(\.json) })]
    }

    /// The fault that strikes this request; the first that concerns it and strikes, only one.
    ///
    /// Rows shift only for who has read a page before this one.
    func strike(
        _ endpoint: Endpoint, addresses: [String], subjects: [String] = [],
        isLaterPage: Bool = false
    ) -> Fault? {
        strike { fault in
            fault.kind != .closeOnReuse && (fault.kind != .rowsShift || isLaterPage)
                && fault.concerns(endpoint, addresses: addresses, subjects: subjects)
        }
    }

    /// Whether a used connection is to be closed at this request.
    func closesUsedConnection(at endpoint: Endpoint) -> Bool {
        strike { $0.kind == .closeOnReuse && $0.concerns(endpoint, addresses: []) } != nil
    }

    private func strike(where concerns: (Fault) -> Bool) -> Fault? {
        armed.withLock { armed in
            for index in armed.indices where concerns(armed[index].fault) {
                if armed[index].strikes() { return armed[index].fault }
            }
            return nil
        }
    }
}
