/// A JSON value (RFC 8259) whose objects keep the order of their members.
///
/// The sandbox reads requests of many megabytes of which it wants a few hundred bytes, and writes
/// rows whose order of members people read; neither is what `Codable` is for.
enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    /// A string too long to be kept: how many bytes stand between its quotes.
    case elided(byteCount: Int)
    case list([JSONValue])
    case object([Member])

    /// A name and its value in an object.
    struct Member: Hashable, Sendable {
        var name: String
        var value: JSONValue
    }
}

extension JSONValue {
    /// The member of that name; nil where this is no object or has none. The last one wins.
    subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }

    var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    var integer: Int64? {
        guard case .integer(let integer) = self else { return nil }
        return integer
    }

    var list: [JSONValue]? {
        guard case .list(let values) = self else { return nil }
        return values
    }

    var members: [Member]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    /// Whether it is a string of at least one character, kept or elided.
    var isFilledText: Bool {
        switch self {
        case .text(let text): !text.isEmpty
        case .elided(let byteCount): byteCount > 0
        default: false
        }
    }

    /// The bytes between the quotes of a string, as they stood in the request where it is elided.
    var textByteCount: Int? {
        switch self {
        case .text(let text): text.utf8.count
        case .elided(let byteCount): byteCount
        default: nil
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .text(value) }
    init(integerLiteral value: Int64) { self = .integer(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(nilLiteral: ()) { self = .null }
    init(arrayLiteral elements: JSONValue...) { self = .list(elements) }
    init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member(name: $0, value: $1) })
    }
}
