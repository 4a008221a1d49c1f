/// A text in each of the languages that a user may read it in.
package struct Trilingual: Hashable, Codable, Sendable {
    package var nb: String
    package var nn: String
    package var en: String

    package init(nb: String, nn: String, en: String) {
        self.nb = nb
        self.nn = nn
        self.en = en
    }

    /// What is the same in every language: a name, a number, a code.
    package init(_ text: some CustomStringConvertible) {
        self.init(nb: text.description, nn: text.description, en: text.description)
    }

    /// The text that is made for each language.
    package init(_ text: (Language) -> String) {
        self.init(nb: text(.nb), nn: text(.nn), en: text(.en))
    }

    package subscript(language: Language) -> String {
        switch language {
        case .nb: nb
        case .nn: nn
        case .en: en
        }
    }

    /// A day as its reader writes it.
    package static func date(_ date: CivilDate) -> Trilingual {
        Trilingual { CalendarWords($0).date(date) }
    }
}

extension Trilingual: CustomStringConvertible {
    /// The English, for logs and tests.
    package var description: String { en }
}

extension Sequence<Trilingual> {
    /// All of them, in each language.
    package func joined(separator: String) -> Trilingual {
        let texts = Array(self)
        return Trilingual { language in
            texts.map { $0[language] }.joined(separator: separator)
        }
    }
}
