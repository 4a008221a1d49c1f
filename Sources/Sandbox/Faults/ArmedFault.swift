/// A fault that waits for its requests.
struct ArmedFault: Sendable {
    let fault: Fault
    /// How often it has struck.
    private(set) var hits = 0
    private var numbers: SeededNumbers

    init(_ fault: Fault) {
        self.fault = fault
        numbers = SeededNumbers(seed: fault.seed)
    }

    /// Whether it will never strike again.
    var isSpent: Bool {
        guard case .count(let count) = fault.trigger else { return false }
        return hits >= count
    }

    /// Whether it strikes now, at a request that concerns it.
    mutating func strikes() -> Bool {
        let strikes =
            switch fault.trigger {
            case .count: !isSpent
            case .probability(let probability, _):
                Double.random(in: 0..<1, using: &numbers) < probability
            }
        if strikes { hits += 1 }
        return strikes
    }

    var json: JSONValue {
        guard case .object(let members) = fault.json else { return fault.json }
        return .object(members + [.init(name: "hits", value: .integer(Int64(hits)))])
    }
}

extension Fault {
    fileprivate var seed: UInt64 {
        guard case .probability(_, let seed) = trigger else { return 0 }
        return seed
    }
}
