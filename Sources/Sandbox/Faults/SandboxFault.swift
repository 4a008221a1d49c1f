import HTTPTypes

/// An order to misbehave: how, where, and when.
struct SandboxFault: Hashable, Sendable {
    var kind: FaultKind
    /// Where; everywhere that the kind means something, if it is not said.
    var endpoint: Endpoint?
    var trigger: Trigger
    /// Only for requests that name an address in which this stands.
    var recipient: String?
    /// Only for messages in whose subject this stands.
    var subject: String?
    /// What is answered, where the kind is that.
    var answer: ScriptedAnswer?
    var retryAfterSeconds: Int?
    var delayMilliseconds = 20
    var rows = 1

    enum Trigger: Hashable, Sendable {
        /// The next so many times.
        case count(Int)
        /// With a chance from 0 to 1, the same course for the same seed.
        case probability(Double, seed: UInt64)
    }

    /// Whether a request is one of those that are meant.
    func concerns(_ endpoint: Endpoint, addresses: [String], subjects: [String] = []) -> Bool {
        guard kind.endpoints.contains(endpoint), self.endpoint ?? endpoint == endpoint else {
            return false
        }
        return Self.stands(recipient, in: addresses) && Self.stands(subject, in: subjects)
    }

    private static func stands(_ part: String?, in texts: [String]) -> Bool {
        guard let part = part?.lowercased() else { return true }
        return texts.contains { $0.lowercased().contains(part) }
    }
}

/// An answer word for word.
struct ScriptedAnswer: Hashable, Sendable {
    var status: Int
    var headers: [String: String]
    var body: String
}

/// The ways in which the sandbox can be made to misbehave.
///
/// "Does it" below means: the send is accepted and stands in the ledger, the address is deleted.
///
/// | kind | what happens | parameters |
/// |---|---|---|
/// | `status_429` | does nothing, answers 429 | `retry_after` seconds |
/// | `status_500_before_accept` | does nothing, answers 500 | |
/// | `status_500_after_accept` | does it, answers 500 | |
/// | `status_502`, `status_503` | does nothing, answers 502 or 503 with HTML, as proxies do | |
/// | `timeout_before_accept` | does nothing, and never answers | |
/// | `timeout_after_accept` | does it, and never answers | |
/// | `close_after_accept` | does it, and closes the connection without an answer | |
/// | `close_on_reuse` | closes a connection at its second request, before reading it | |
/// | `truncated_json` | does it; half of the body is missing, for send also the id | |
/// | `html_200` | does nothing, answers 200 with HTML | |
/// | `slow_bytes` | does it; the body comes byte by byte | `delay_ms` between them |
/// | `unauthorized` | does nothing, answers 401 | |
/// | `duplicate_events` | every row or event is told twice | |
/// | `late_events` | does it; events can be seen later | `delay_ms` |
/// | `answer` | does nothing, and answers what it is told | `status`, `headers` {}, `body` |
/// | `rows_shift` | pages after the first begin `rows` further on: rows were deleted meanwhile | `rows` |
///
/// Each may be told where and when: `endpoint`; `count` (1), or `probability` with `seed`; and
/// `recipient` or `subject`, a part of the message's, in large or small letters (`match` is
/// `recipient` by its older name). So twelve messages get one answer, or one message alone does:
/// `{"kind":"answer","status":403,"headers":{"content-type":"text/html"},"body":"<html>…",`
/// `"endpoint":"send","count":12,"recipient":"kari"}`.
enum FaultKind: String, Hashable, Sendable, CaseIterable {
    case status429 = "status_429"
    case status500BeforeAccept = "status_500_before_accept"
    case status500AfterAccept = "status_500_after_accept"
    case status502 = "status_502"
    case status503 = "status_503"
    case timeoutBeforeAccept = "timeout_before_accept"
    case timeoutAfterAccept = "timeout_after_accept"
    case closeAfterAccept = "close_after_accept"
    case closeOnReuse = "close_on_reuse"
    case truncatedJSON = "truncated_json"
    case html200 = "html_200"
    case slowBytes = "slow_bytes"
    case unauthorized
    case duplicateEvents = "duplicate_events"
    case lateEvents = "late_events"
    case rowsShift = "rows_shift"
    case answer

    /// Where the kind means something.
    var endpoints: [Endpoint] {
        switch self {
        case .duplicateEvents: [.lists, .logs]
        case .lateEvents: [.send]
        case .rowsShift: [.lists]
        default: Endpoint.allCases
        }
    }
}

/// An order that makes no sense, and why.
struct FaultError: Error, Hashable {
    var message: String
}

extension SandboxFault {
    /// Reads one order; `count` is 1 where neither `count` nor `probability` is given.
    init(_ json: JSONValue) throws(FaultError) {
        let name = json["kind"]?.text ?? ""
        guard let kind = FaultKind(rawValue: name) else {
            let kinds = FaultKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw FaultError(message: "kind \"\(name)\" is none of: \(kinds)")
        }
        self.init(kind: kind, trigger: try Self.trigger(json))
        if let value = json["endpoint"] {
            guard let endpoint = value.text.flatMap(Endpoint.init),
                kind.endpoints.contains(endpoint)
            else {
                let endpoints = kind.endpoints.map(\.rawValue).joined(separator: ", ")
                throw FaultError(message: "endpoint of \(name) is one of: \(endpoints)")
            }
            self.endpoint = endpoint
        }
        recipient = (json["recipient"] ?? json["match"])?.text
        subject = json["subject"]?.text
        if recipient ?? subject != nil, kind == .closeOnReuse {
            throw FaultError(
                message: "close_on_reuse comes before the message is read: no recipient or subject")
        }
        if kind == .answer { answer = try ScriptedAnswer(json) }
        retryAfterSeconds = try Self.number("retry_after", json)
        delayMilliseconds = try Self.number("delay_ms", json) ?? delayMilliseconds
        rows = try Self.number("rows", json) ?? rows
    }

    private static func trigger(_ json: JSONValue) throws(FaultError) -> Trigger {
        guard let value = json["probability"] else {
            return .count(try number("count", json) ?? 1)
        }
        let probability: Double? =
            switch value {
            case .number(let number): number
            case .integer(let integer): Double(integer)
            default: nil
            }
        guard let probability, (0...1).contains(probability), json["count"] == nil else {
            throw FaultError(message: "probability lies between 0 and 1 and excludes count")
        }
        return .probability(probability, seed: UInt64(try number("seed", json) ?? 0))
    }

    /// A whole number from 0 to a day of milliseconds: more is a mistake.
    private static func number(_ name: String, _ json: JSONValue) throws(FaultError) -> Int? {
        guard let value = json[name] else { return nil }
        guard let number = value.integer, (0...86_400_000).contains(number) else {
            throw FaultError(message: "\(name) is a whole number from 0 to 86400000")
        }
        return Int(number)
    }

    /// The order as it can be given again.
    var json: JSONValue {
        var members: [JSONValue.Member] = [.init(name: "kind", value: .text(kind.rawValue))]
        if let endpoint {
            members.append(.init(name: "endpoint", value: .text(endpoint.rawValue)))
        }
        switch trigger {
        case .count(let count):
            members.append(.init(name: "count", value: .integer(Int64(count))))
        case .probability(let probability, let seed):
            members.append(.init(name: "probability", value: .number(probability)))
            members.append(.init(name: "seed", value: .integer(Int64(clamping: seed))))
        }
        for (name, text) in [("recipient", recipient), ("subject", subject)] {
            if let text { members.append(.init(name: name, value: .text(text))) }
        }
        members += answer?.members ?? []
        if let retryAfterSeconds {
            members.append(
                .init(name: "retry_after", value: .integer(Int64(retryAfterSeconds))))
        }
        return .object(
            members + [
                .init(name: "delay_ms", value: .integer(Int64(delayMilliseconds))),
                .init(name: "rows", value: .integer(Int64(rows))),
            ])
    }
}

extension ScriptedAnswer {
    init(_ json: JSONValue) throws(FaultError) {
        guard let status = json["status"]?.integer, (200...599).contains(status) else {
            throw FaultError(message: "an answer takes a status from 200 to 599")
        }
        let headers = json["headers"]?.members ?? []
        guard headers.allSatisfy({ $0.value.text != nil && HTTPField.Name($0.name) != nil }) else {
            throw FaultError(message: "headers are names with texts")
        }
        self.init(
            status: Int(status),
            headers: Dictionary(
                headers.map { ($0.name, $0.value.text ?? "") }, uniquingKeysWith: { $1 }),
            body: json["body"]?.text ?? "")
    }

    var members: [JSONValue.Member] {
        let headers = headers.sorted { $0.key < $1.key }
            .map { JSONValue.Member(name: $0.key, value: .text($0.value)) }
        return [
            .init(name: "status", value: .integer(Int64(status))),
            .init(name: "headers", value: .object(headers)),
            .init(name: "body", value: .text(body)),
        ]
    }

    var answer: Answer {
        var answer = Answer(status: .init(code: status))
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { answer.headers[name] = value }
        }
        answer.body = Array(body.utf8)
        return answer
    }
}
