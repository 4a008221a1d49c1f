package import FoundationEssentials
import Wire

/// One value of a result: typed where programs read it, words where people do.
package enum ResultValue: Sendable, Equatable, ExpressibleByStringInterpolation {
    case text(String)
    case integer(Int64)
    /// A decimal number as it is written, `1250.00`, which no rounding can change.
    case decimal(String)
    /// A sum of money and its currency (ISO 4217), which programs read as two members, `amount` and
    /// `currency`.
    case money(String, currency: String)
    case flag(Bool)
    case instant(Date)
    /// The id of a dispatch or an invoice.
    case id(UUID)
    case list([ResultValue])
    case object(ResultObject)
    /// What is stored as JSON, and the same for people.
    case json(String, words: String)
    /// Nothing is known: null.
    case none

    package init(stringLiteral value: String) {
        self = .text(value)
    }

    /// A whole number of any type.
    package static func number(_ number: some BinaryInteger) -> ResultValue {
        .integer(Int64(clamping: number))
    }

    /// A number that is measured or reckoned; null where it is not finite, which JSON can't write.
    package static func real(_ number: Double) -> ResultValue {
        number.isFinite ? .decimal("\(number)") : .none
    }

    /// A text; null where it is nil or empty.
    package static func some(_ text: String?) -> ResultValue {
        guard let text, !text.isEmpty else { return .none }
        return .text(text)
    }

    /// An id; null where it is nil.
    package static func some(_ id: UUID?) -> ResultValue {
        id.map(ResultValue.id) ?? .none
    }

    /// An instant; null where it is nil.
    package static func some(_ instant: Date?) -> ResultValue {
        instant.map(ResultValue.instant) ?? .none
    }

    /// A number; null where it is nil.
    package static func some(_ number: Int?) -> ResultValue {
        number.map(ResultValue.number) ?? .none
    }

    /// A list of texts.
    package static func texts(_ texts: [String]) -> ResultValue {
        .list(texts.map(ResultValue.text))
    }

    /// The value as JSON (RFC 8259); of money it is the amount alone.
    package var json: String {
        switch self {
        case .text(let text): text.quotedAsJSON
        case .integer(let number): "\(number)"
        case .decimal(let number), .money(let number, _): number
        case .flag(let flag): "\(flag)"
        case .instant(let date): TimeStyle.rfc3339.text(date).quotedAsJSON
        case .id(let id): id.uuidString.lowercased().quotedAsJSON
        case .list(let values): "[\(values.map(\.json).joined(separator: ","))]"
        case .object(let object): object.json
        case .json(let text, _): text
        case .none: "null"
        }
    }

    /// The value for people; ids are cut to the eight digits that commands take as well, if `isShort`.
    package func words(times: TimeStyle = .rfc3339, isShort: Bool = false) -> String {
        switch self {
        case .text(let text): text
        case .integer(let number): "\(number)"
        case .decimal(let number): number
        case .money(let amount, let currency): "\(amount) \(currency)"
        case .flag(let flag): flag ? "yes" : "no"
        case .instant(let date): times.text(date)
        case .id(let id):
            isShort
                ? String(id.uuidString.lowercased().prefix(8)) : id.uuidString.lowercased()
        case .list(let values):
            values.map { $0.words(times: times, isShort: isShort) }.joined(separator: ", ")
        case .object(let object): object.json
        case .json(_, let words): words
        case .none: ""
        }
    }
}

/// One line of JSON: its members, in the order in which they are written.
package struct ResultObject: Sendable, Equatable, ExpressibleByDictionaryLiteral {
    package var members: [Member]

    /// A key and its value.
    package struct Member: Sendable, Equatable {
        package var key: String
        package var value: ResultValue

        package init(_ key: String, _ value: ResultValue) {
            self.key = key
            self.value = value
        }
    }

    package init(_ members: [Member]) {
        self.members = members
    }

    package init(dictionaryLiteral elements: (String, ResultValue)...) {
        members = elements.map { Member($0, $1) }
    }

    /// What was done to what a person named, in one sentence.
    package static func deed(
        _ name: String, _ result: String, isDone: Bool = true, isDryRun: Bool
    ) -> ResultObject {
        [
            "name": .text(name), "result": .text(result), "done": .flag(isDone && !isDryRun),
            "dry_run": .flag(isDryRun),
        ]
    }

    /// The object as JSON on one line; money is two members.
    package var json: String {
        let parts = members.map { member -> String in
            let amount = "\(member.key.quotedAsJSON):\(member.value.json)"
            guard case .money(_, let currency) = member.value else { return amount }
            return "\(amount),\"currency\":\(currency.quotedAsJSON)"
        }
        return "{\(parts.joined(separator: ","))}"
    }
}
