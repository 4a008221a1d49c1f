import Synchronization

/// How many requests came and how they were answered, since the start.
final class RequestCounts: Sendable {
    private struct Counts {
        var seen = 0
        var unanswered = 0
        var byStatus: [Int: Int] = [:]
    }

    private let counts = Mutex<[Endpoint: Counts]>([:])

    func came(_ endpoint: Endpoint) {
        counts.withLock { $0[endpoint, default: .init()].seen += 1 }
    }

    /// `status` is nil where the connection was closed without an answer.
    func left(_ endpoint: Endpoint, status: Int?) {
        counts.withLock { counts in
            if let status {
                counts[endpoint, default: .init()].byStatus[status, default: 0] += 1
            } else {
                counts[endpoint, default: .init()].unanswered += 1
            }
        }
    }

    func clear() {
        counts.withLock { $0 = [:] }
    }

    /// Requests that are still being served are seen and neither answered nor unanswered.
    var json: JSONValue {
        let counts = counts.withLock { $0 }
        return .object(
            Endpoint.allCases.map { endpoint in
                let count = counts[endpoint] ?? .init()
                let statuses = count.byStatus.sorted { $0.key < $1.key }.map {
                    JSONValue.Member(name: String($0.key), value: .integer(Int64($0.value)))
                }
                return .init(
                    name: endpoint.rawValue,
                    value: [
                        "seen": .integer(Int64(count.seen)), "answered": .object(statuses),
                        "unanswered": .integer(Int64(count.unanswered)),
                    ])
            })
    }
}
