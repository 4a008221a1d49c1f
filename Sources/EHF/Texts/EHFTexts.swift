import Invoicing

/// What the rules of EHF find and advise, in the languages of those who mend it.
///
/// The rules speak English, and each of their sentences has its Norwegian in the tables beside this.
/// Every `%` of a sentence is a value, in the same order in each language.
enum EHFTexts {
    /// An English sentence and its Norwegian.
    struct Entry: Sendable {
        var en: String
        var nb: String
        var nn: String

        init(_ en: String, _ nb: String, _ nn: String) {
            self.en = en
            self.nb = nb
            self.nn = nn
        }
    }

    static let entries: [Entry] =
        content + parties + payment + lines + allowances + vat + sums + codes

    private static let byEnglish = Dictionary(
        entries.map { ($0.en, $0) }, uniquingKeysWith: { first, _ in first })

    /// Whether it is said in Norwegian too.
    static func isTranslated(_ english: String) -> Bool {
        byEnglish[english] != nil
    }

    /// A sentence with its values; one that has no Norwegian is said in English.
    static func text(_ english: String, _ values: any CustomStringConvertible...) -> Trilingual {
        let entry = byEnglish[english] ?? Entry(english, english, english)
        return Trilingual(
            nb: filled(entry.nb, values, .nb), nn: filled(entry.nn, values, .nn),
            en: filled(entry.en, values, .en))
    }

    private static func filled(
        _ sentence: String, _ values: [any CustomStringConvertible], _ language: Language
    ) -> String {
        let parts = sentence.split(separator: "%", omittingEmptySubsequences: false)
        return zip(parts, values.map { word($0, language) } + [""])
            .reduce(into: "") { text, part in text += part.0 + part.1 }
    }

    private static func word(_ value: any CustomStringConvertible, _ language: Language) -> String {
        (value as? Trilingual)?[language] ?? value.description
    }
}
