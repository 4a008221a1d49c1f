/// A text in each of the languages in which a user may read it.
package struct Trilingual: Hashable, Codable, Sendable {
    package var nb: String
    package var nn: String
    package var en: String

    package init(nb: String, nn: String, en: String) {
        self.nb = nb
        self.nn = nn
        self.en = en
    }

    /// For what is the same in every language: a name, a number, a code.
    package init(_ text: some CustomStringConvertible) {
        self.init(nb: text.description, nn: text.description, en: text.description)
    }

    /// Calls the closure for each language.
    package init(_ text: (Language) -> String) {
        self.init(nb: text(.nb), nn: text(.nn), en: text(.en))
    }

    /// The text in one language.
    package subscript(language: Language) -> String {
        switch language {
        case .nb: nb
        case .nn: nn
        case .en: en
        }
    }

    /// A day in each language's notation.
    package static func date(_ date: CivilDate) -> Trilingual {
        Trilingual { CalendarWords($0).date(date) }
    }
}

extension Trilingual: CustomStringConvertible {
    /// The English text, for logs and tests.
    package var description: String { en }
}

extension Sequence<Trilingual> {
    /// The texts joined, in each language.
    package func joined(separator: String) -> Trilingual {
        let texts = Array(self)
        return Trilingual { language in
            texts.map { $0[language] }.joined(separator: separator)
        }
    }
}
