import Foundation
package import Invoicing

/// Words of a text that its reader's language has not: to tell that a text is whole in one language.
package enum ForeignWords {
    /// Words that no Norwegian text has ("to" is two, and NO the country), and that an English one
    /// hardly does without.
    private static let english: Set<String> = [
        "the", "of", "and", "is", "not", "has", "have", "an", "with", "which", "line",
        "address", "number", "description", "amount", "rate", "missing", "invoice", "customer",
        "since", "neither", "nor", "or", "than", "correct", "state", "set", "use", "days", "digits",
    ]
    /// Those of them that are words of nynorsk as well.
    private static let nynorsk: Set<String> = ["set"]
    private static let norwegian: Set<String> = [
        "og", "ikke", "ikkje", "er", "på", "som", "det", "av", "til", "ingen", "mangler", "manglar",
    ]

    /// The words of a text; what stands in parentheses or braces is a paragraph, a column, a name.
    package static func words(_ text: String) -> Set<String> {
        let plain = text.replacing(/\([^()]*\)|\{\{[^}]*\}\}/, with: " ")
        return Set(
            plain.lowercased().split { !$0.isLetter && $0 != "_" }.map(String.init))
    }

    package static func of(_ text: String, _ language: Language) -> [String] {
        let foreign =
            switch language {
            case .nb: english
            case .nn: english.subtracting(nynorsk)
            case .en: norwegian
            }
        return words(text).intersection(foreign).sorted()
    }
}
