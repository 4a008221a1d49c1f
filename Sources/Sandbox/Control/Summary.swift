/// The account of what was accepted: what a test wants to know of a run.
enum Summary {
    /// Counts messages; `requests` is how the requests were answered.
    static func json(of messages: [AcceptedMessage], requests: JSONValue) -> JSONValue {
        var digests: [String: [BodyDigest]] = [:]
        var behaviours: [Behaviour: Int] = [:]
        var outcomes: [Outcome: Int] = [:]
        var withoutID = 0
        for message in messages {
            behaviours[message.behaviour, default: 0] += 1
            outcomes[message.outcome, default: 0] += 1
            if let id = message.dispatchID {
                digests[id, default: []].append(message.body)
            } else {
                withoutID += 1
            }
        }
        return [
            "accepted": .integer(Int64(messages.count)),
            "distinct_dispatch_ids": .integer(Int64(digests.count)),
            "without_dispatch_id": .integer(Int64(withoutID)),
            "doubled_dispatch_ids": doubled(digests),
            "behaviours": counts(Behaviour.allCases, behaviours),
            "outcomes": counts(Outcome.allCases, outcomes),
            "requests": requests,
        ]
    }

    /// The dispatches that were accepted more than once, and whether with the very same bytes.
    private static func doubled(_ digests: [String: [BodyDigest]]) -> JSONValue {
        let doubled = digests.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
        return .list(
            doubled.map {
                [
                    "dispatch_id": .text($0.key), "count": .integer(Int64($0.value.count)),
                    "identical": .bool(Set($0.value).count == 1),
                ]
            })
    }

    private static func counts<Key: Hashable & RawRepresentable<String>>(
        _ keys: [Key], _ counts: [Key: Int]
    ) -> JSONValue {
        .object(
            keys.filter { counts[$0] != nil }.map {
                .init(name: $0.rawValue, value: .integer(Int64(counts[$0] ?? 0)))
            })
    }
}
