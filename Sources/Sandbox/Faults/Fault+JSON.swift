import HTTPTypes

/// An order that makes no sense, and why.
struct FaultError: Error, Hashable {
    var message: String
}

extension Fault {
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
