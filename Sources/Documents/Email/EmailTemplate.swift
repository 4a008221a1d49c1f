package import Invoicing
import Mustache

/// A text over `EmailVariable`, checked once and filled in for each invoice.
///
/// The language is Mustache without what reaches outside the text: variables, sections, inverted
/// sections and comments. A value is put in as it is and never read as a template again.
package struct EmailTemplate {
    /// Longer than any letter.
    package static let bytesMax = 16 * 1024
    /// What a filled-in text may come to.
    static let filledBytesMax = 64 * 1024

    private let template: MustacheTemplate

    /// Throws `emailTextUnusable` with the first problem, told in the language.
    package init(_ text: String, language: Language) throws {
        if let problem = Self.problems(in: text).first {
            throw DocumentError.emailTextUnusable(
                reason: EmailTemplateTexts.text(problem, language))
        }
        do {
            // Without the pragma, values would be escaped as HTML, and a plain text say `&amp;`;
            // without the line break, swift-mustache fails on a text that ends with `{`.
            template = try MustacheTemplate(string: "{{%CONTENT_TYPE:TEXT}}" + text + "\n")
        } catch {
            throw DocumentError.emailTextUnusable(
                reason: EmailTemplateTexts.text(.unreadable, language))
        }
    }

    /// The text with the values in their places, and a line break at its end.
    func filled(with values: [String: String]) throws -> String {
        let text = PrintableText(template.render(values)).text
        guard text.utf8.count <= Self.filledBytesMax else {
            throw DocumentError.textTooLong(
                characters: text.count, charactersMax: Self.filledBytesMax)
        }
        return text
    }

    /// The names that a text uses and that no invoice has, each once, in their order.
    package static func unknownVariables(in text: String) -> [String] {
        EmailTemplateScanner(text).problems.reduce(into: []) { names, problem in
            if case .unknownVariable(let name, _) = problem, !names.contains(name) {
                names.append(name)
            }
        }
    }

    /// All that keeps a text from being used, in its order.
    package static func problems(in text: String) -> [EmailTemplateProblem] {
        guard text.utf8.count <= bytesMax else { return [.tooLong] }
        return EmailTemplateScanner(text).problems
    }

    /// The fault of a form whose text is sound, and too long once it is filled in.
    package static let tooLongFilled = Fault(
        .templateVariableUnknown, Trilingual { EmailTemplateTexts.text(.tooLong, $0) })

    /// The faults of a form's own texts, for the prechecks: each names the tag and its line.
    package static func faults(of form: FormTemplate) -> [Fault] {
        [form.emailSubject, form.emailText].compactMap(\.self).flatMap { text in
            problems(in: text).map { problem in
                Fault(
                    .templateVariableUnknown,
                    Trilingual { EmailTemplateTexts.text(problem, $0) })
            }
        }
    }
}

/// What keeps an e-mail text from being used.
package enum EmailTemplateProblem: Hashable, Sendable {
    case unknownVariable(String, line: Int)
    /// `{{` without `}}`.
    case tagNotClosed(line: Int)
    /// `{{#kid}}` without `{{/kid}}`.
    case sectionNotClosed(String, line: Int)
    /// `{{/kid}}` where that section is not open.
    case sectionNotOpen(String, line: Int)
    /// Partials, inheritance, pragmas, other delimiters; and what is no tag at all.
    case tagNotAllowed(String, line: Int)
    case nestedTooDeeply(line: Int)
    case tooLong
    case unreadable
}
