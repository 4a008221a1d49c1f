/// Any JSON, to change values in that have many types.
indirect enum JSONTree: Codable {
    case object([String: JSONTree])
    case list([JSONTree])
    case text(String)
    case number(Int64)
    case truth(Bool)

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Bool.self) {
            self = .truth(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSONTree].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: JSONTree].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .object(let members): try container.encode(members)
        case .list(let elements): try container.encode(elements)
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .truth(let truth): try container.encode(truth)
        }
    }

    /// The tree once for each value in it and each way to spoil it: another, twice, or gone.
    var mutants: [JSONTree] {
        switch self {
        case .object(let members):
            return members.sorted { $0.key < $1.key }.flatMap { key, value in
                [.object(members.filter { $0.key != key })]
                    + value.mutants.map { .object(members.merging([key: $0]) { $1 }) }
            }
        case .list(let elements):
            return [.list([]), .list(elements + elements)]
                + elements.indices.flatMap { index in
                    elements[index].mutants.map { mutant in
                        var changed = elements
                        changed[index] = mutant
                        return .list(changed)
                    }
                }
        case .text(let text):
            return ["", " ", "x", text.lowercased()].map(JSONTree.text)
        case .number(let number): return [0, -number, number + 10_000].map(JSONTree.number)
        case .truth(let truth): return [.truth(!truth)]
        }
    }
}
