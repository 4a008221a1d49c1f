import Invoicing

/// What is wrong with a form's e-mail text, said to whoever wrote it.
enum EmailTemplateTexts {
    static func text(_ problem: EmailTemplateProblem, _ language: Language) -> String {
        switch language {
        case .nb: bokmaal(problem)
        case .nn: nynorsk(problem)
        case .en: english(problem)
        }
    }

    private static func bokmaal(_ problem: EmailTemplateProblem) -> String {
        switch problem {
        case .unknownVariable(let name, let line): "linje \(line): {{\(name)}} finnes ikke"
        case .tagNotClosed(let line): "linje \(line): {{ mangler }}"
        case .sectionNotClosed(let name, let line):
            "linje \(line): {{#\(name)}} mangler {{/\(name)}}"
        case .sectionNotOpen(let name, let line):
            "linje \(line): {{/\(name)}} avslutter ikke noe"
        case .tagNotAllowed(let tag, let line): "linje \(line): \(tag) kan ikke brukes"
        case .nestedTooDeeply(let line): "linje \(line): for mange seksjoner inni hverandre"
        case .tooLong: "teksten er for lang"
        case .unreadable: "teksten kan ikke leses som en mal"
        }
    }

    private static func nynorsk(_ problem: EmailTemplateProblem) -> String {
        switch problem {
        case .unknownVariable(let name, let line): "linje \(line): {{\(name)}} finst ikkje"
        case .tagNotClosed(let line): "linje \(line): {{ manglar }}"
        case .sectionNotClosed(let name, let line):
            "linje \(line): {{#\(name)}} manglar {{/\(name)}}"
        case .sectionNotOpen(let name, let line):
            "linje \(line): {{/\(name)}} avsluttar ikkje noko"
        case .tagNotAllowed(let tag, let line): "linje \(line): \(tag) kan ikkje brukast"
        case .nestedTooDeeply(let line): "linje \(line): for mange seksjonar inni kvarandre"
        case .tooLong: "teksten er for lang"
        case .unreadable: "teksten kan ikkje lesast som ein mal"
        }
    }

    private static func english(_ problem: EmailTemplateProblem) -> String {
        switch problem {
        case .unknownVariable(let name, let line): "line \(line): there is no {{\(name)}}"
        case .tagNotClosed(let line): "line \(line): {{ lacks its }}"
        case .sectionNotClosed(let name, let line):
            "line \(line): {{#\(name)}} lacks its {{/\(name)}}"
        case .sectionNotOpen(let name, let line):
            "line \(line): {{/\(name)}} ends nothing"
        case .tagNotAllowed(let tag, let line): "line \(line): \(tag) can't be used"
        case .nestedTooDeeply(let line): "line \(line): too many sections in each other"
        case .tooLong: "the text is too long"
        case .unreadable: "the text can't be read as a template"
        }
    }
}
