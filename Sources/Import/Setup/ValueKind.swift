import EHF
import Invoicing

/// The type of value in a column.
enum ValueKind: Sendable {
    /// A number or name by which rows refer to each other.
    case key
    /// A text of one line.
    case line
    /// A text that may have several lines.
    case text
    case integer(ClosedRange<Int>)
    case decimal
    /// 0 to 100.
    case percent
    case date
    /// `2026-10`, or its first day; returned as that day.
    case month
    case boolean
    case choice([String])
    /// `4h,24h`; returned as PostgreSQL's array literal, in seconds.
    case delays
    /// `description,quantity,amount`; returned as PostgreSQL's array literal.
    case formColumns
    /// `payment_box,notes`; likewise.
    case formBlocks
    /// `#1f3a5f`.
    case colour
    /// UN/ECE Recommendation 20.
    case unit
    /// A media type, `application/pdf`.
    case mediaType
    case country
    case currency
    case language
    /// An address to which mail can be sent.
    case email
    /// Several, `a@b.no, c@d.no`, whether or not mail can be sent to them; returned as PostgreSQL's
    /// array literal.
    case addresses
    /// A Norwegian one is returned as digits; whether it must be one depends on the row's country.
    case organisationNumber
    case accountNumber
    case iban
    case bic
    /// `0192:987654325`.
    case endpoint
    /// A file in the same folder as the one that names it, or in a folder below.
    case file

    /// One of the raw values of an enumeration.
    static func one<Choice>(of type: Choice.Type) -> ValueKind
    where Choice: RawRepresentable<String> & CaseIterable {
        .choice(type.allCases.map(\.rawValue))
    }

    /// The value as it is stored, from a text that is trimmed and not empty.
    func value(of text: String) throws(ValueFault) -> String {
        switch self {
        case .key: try Self.line(text, max: SetupLimits.keyCharactersMax)
        case .line, .file: try Self.line(text, max: SetupLimits.lineCharactersMax)
        case .text: try Self.lines(text)
        case .integer(let bounds): try Self.integer(text, bounds)
        case .decimal: try Self.decimal(text).description
        case .percent: try Self.percent(text)
        case .date: try Self.date(text)
        case .month: try Self.month(text)
        case .boolean: try Self.boolean(text)
        case .choice(let words): try Self.choice(text, words)
        case .language: try Self.choice(text, Language.allCases.map(\.rawValue))
        case .delays: try Self.delays(text)
        case .formColumns: try Self.formColumns(text)
        case .formBlocks: try Self.formBlocks(text)
        case .colour: try Self.colour(text)
        case .unit: try Self.unit(text)
        case .mediaType: try Self.mediaType(text)
        case .country:
            try Self.code(
                text, of: ISOCodes.countries, "country code of ISO 3166-1", example: "NO")
        case .currency:
            try Self.code(
                text, of: ISOCodes.currencies, "currency code of ISO 4217", example: "NOK")
        case .email: try Self.email(text)
        case .addresses: try Self.addresses(Self.line(text, max: SetupLimits.textCharactersMax))
        case .organisationNumber:
            if let number = OrganisationNumber(text) {
                number.digits
            } else {
                try Self.line(text, max: SetupLimits.keyCharactersMax)
            }
        case .accountNumber: try Self.accountNumber(text)
        case .iban: try Self.iban(text)
        case .bic: try Self.bic(text)
        case .endpoint: try Self.endpoint(text)
        }
    }

    private static func line(_ text: String, max: Int) throws(ValueFault) -> String {
        let breaks: Set<Unicode.GeneralCategory> = [.control, .lineSeparator, .paragraphSeparator]
        guard
            !text.unicodeScalars.contains(where: { breaks.contains($0.properties.generalCategory) })
        else {
            throw ValueFault(
                "holds a line break or another control character", "Write it on one line")
        }
        return try short(text, max: max)
    }

    /// Line breaks and tabs are the only control characters in a text.
    private static func lines(_ text: String) throws(ValueFault) -> String {
        let text = text.replacing("\r\n", with: "\n")
        let isForeign = { (scalar: Unicode.Scalar) in
            scalar.properties.generalCategory == .control
                && !"\n\r\t".unicodeScalars.contains(scalar)
        }
        guard !text.unicodeScalars.contains(where: isForeign) else {
            throw ValueFault("holds a control character", "Take it out, or write it anew")
        }
        return try short(text, max: SetupLimits.textCharactersMax)
    }

    private static func short(_ text: String, max: Int) throws(ValueFault) -> String {
        guard text.unicodeScalars.count <= max else {
            throw ValueFault("is longer than \(max) characters", "Shorten it")
        }
        return text
    }
}

/// What is wrong with a value, and what to write instead.
struct ValueFault: Error, Hashable {
    var message: String
    var advice: String

    init(_ message: String, _ advice: String) {
        self.message = message
        self.advice = advice
    }
}

extension ValueKind {
    /// The columns of a form; a choice that the law does not allow is rejected with its paragraph.
    static func formColumns(_ text: String) throws(ValueFault) -> String {
        let columns = try words(text, FormColumn.self, "column")
        do throws(FormChoiceFault) {
            _ = try FormColumns(columns)
        } catch {
            throw ValueFault(error.message, error.advice)
        }
        return literal(columns)
    }

    /// The blocks that a form hides, likewise.
    static func formBlocks(_ text: String) throws(ValueFault) -> String {
        let blocks = try words(text, FormBlock.self, "block")
        do throws(FormChoiceFault) {
            _ = try HiddenBlocks(blocks)
        } catch {
            throw ValueFault(error.message, error.advice)
        }
        return literal(blocks)
    }

    /// The words of a list, separated by commas, semicolons or spaces.
    private static func words<Choice>(
        _ text: String, _ type: Choice.Type, _ noun: String
    ) throws(ValueFault) -> [Choice] where Choice: RawRepresentable<String> & CaseIterable {
        let names = Choice.allCases.map(\.rawValue)
        var words: [Choice] = []
        for word in text.split(whereSeparator: { ",; ".contains($0) }).map(String.init) {
            guard let choice = Choice(rawValue: word) else {
                let nearest = NearestName.of(word, among: names).map { "Is \($0) meant? " } ?? ""
                throw ValueFault(
                    "names \(ImportFault.excerpt(of: word)), which is no \(noun) of a form",
                    "\(nearest)There are \(names.joined(separator: ", "))")
            }
            words.append(choice)
        }
        return words
    }

    private static func literal(_ words: [some RawRepresentable<String>]) -> String {
        "{\(words.map(\.rawValue).joined(separator: ","))}"
    }
}
