import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// What a test or a demonstration asks of the sandbox itself, under `/_sandbox`, without a key.
///
/// | route | what it does |
/// |---|---|
/// | `GET ledger?since=N` | the lines of the ledger after the first N |
/// | `GET summary` | counts: accepted, dispatches, doubled dispatches, behaviours, requests |
/// | `POST faults {"faults":[…]}` | arms faults (see `FaultKind`) |
/// | `GET faults`, `DELETE faults` | the armed faults with their hits; disarms all |
/// | `POST reset` | forgets everything and empties the ledger |
/// | `POST forget` | the logs forget all that was accepted until now, as a plan that keeps less |
/// | `POST complain {"email"}` | the recipient marks its newest mail as spam |
/// | `POST bounce {"email","kind"}` | its newest mail bounces after all: hard, soft or blocked |
struct ControlRoutes {
    let account: Account
    let faults: FaultBoard
    let tally: RequestCounts

    private static let bodyBytesMax = 1 << 20

    func add(to group: RouterGroup<SandboxContext>) {
        group.get("ledger", use: ledger)
        group.get("summary") { _, _ in
            Answer(json: Summary.json(of: account.messages, requests: tally.json)).response
        }
        group.get("faults") { _, _ in Answer(json: faults.json).response }
        group.post("faults", use: armFaults)
        group.delete("faults") { _, _ in
            faults.clear()
            return Answer(status: .noContent).response
        }
        group.post("reset") { _, _ in
            try account.reset()
            faults.clear()
            tally.clear()
            return Answer(status: .noContent).response
        }
        group.post("forget") { _, _ in
            account.forget()
            return Answer(status: .noContent).response
        }
        group.post("complain") { request, _ in
            try happen(.complaint, try await Self.read(request)).response
        }
        group.post("bounce") { request, _ in
            let json = try await Self.read(request)
            let kind = json["kind"]?.text.flatMap(LaterKind.init)
            guard let kind, kind != .complaint else {
                return Self.refusal("kind is hard, soft or blocked").response
            }
            return try happen(kind, json).response
        }
    }

    private func armFaults(_ request: Request, _ context: SandboxContext) async throws -> Response {
        guard let orders = try await Self.read(request)["faults"]?.list else {
            return Self.refusal("the body is {\"faults\":[...]}").response
        }
        do {
            faults.arm(try orders.map(SandboxFault.init))
        } catch {
            return Self.refusal(error.message).response
        }
        return Answer(json: faults.json).response
    }

    private func happen(_ kind: LaterKind, _ json: JSONValue) throws -> Answer {
        guard let email = json["email"]?.text, try account.happen(kind, to: email) else {
            return Self.refusal("no mail to that address was accepted", .notFound)
        }
        return Answer(status: .noContent)
    }

    private func ledger(_ request: Request, _ context: SandboxContext) async throws -> Response {
        let query = FormText.decode(query: request.uri.query ?? "") ?? [:]
        guard let since = Int(query["since"] ?? "0") else {
            return Self.refusal("since is the number of lines to leave out").response
        }
        let range = account.ledgerRange(after: since)
        let body = ResponseBody(contentLength: range.count) { [account] writer in
            var rest = range
            while !rest.isEmpty {
                let chunk = rest.prefix(1 << 18)
                try await writer.write(ByteBuffer(bytes: try account.readLedger(chunk)))
                rest = rest.dropFirst(chunk.count)
            }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: [.contentType: "application/jsonl"], body: body)
    }

    private static func read(_ request: Request) async throws -> JSONValue {
        let body = try await request.body.collect(upTo: bodyBytesMax)
        return (try? JSONReader.read(body.readableBytesView)) ?? .null  // Refused as what it lacks.
    }

    private static func refusal(
        _ message: String, _ status: HTTPResponse.Status = .badRequest
    ) -> Answer {
        Answer(status: status, json: ["error": .text(message)])
    }
}

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
