/// A code as the model weighs it: all of it, or the part that many have in common.
enum ModelCode: Hashable, Sendable {
    case reply(Int)
    case code(subject: Int, detail: Int)
    case subject(Int)
    case statusClass(Int)

    /// All that one bounce's codes are.
    static func all(_ codes: BounceCodes) -> [ModelCode] {
        var all: [ModelCode] = []
        if let reply = codes.reply { all.append(.reply(reply)) }
        if let code = codes.enhanced {
            all += [.code(subject: code.subject, detail: code.detail), .subject(code.subject)]
        }
        if let statusClass = codes.statusClass { all.append(.statusClass(statusClass)) }
        return all
    }

    /// As the table of weights writes it: a kind, and `550`, `x.7.1`, `x.7` or `5xx`.
    init?(kind: String, _ name: String) {
        let numbers = name.split(separator: ".").compactMap { Int($0) }
        switch (kind, numbers.count) {
        case ("reply", 1): self = .reply(numbers[0])
        case ("code", 2): self = .code(subject: numbers[0], detail: numbers[1])
        case ("subject", 1): self = .subject(numbers[0])
        case ("class", 0):
            guard name.hasSuffix("xx"), let digit = name.utf8.first?.digit else { return nil }
            self = .statusClass(digit)
        default: return nil
        }
    }

    var kind: String {
        switch self {
        case .reply: "reply"
        case .code: "code"
        case .subject: "subject"
        case .statusClass: "class"
        }
    }

    var name: String {
        switch self {
        case .reply(let reply): "\(reply)"
        case .code(let subject, let detail): "x.\(subject).\(detail)"
        case .subject(let subject): "x.\(subject)"
        case .statusClass(let digit): "\(digit)xx"
        }
    }
}
