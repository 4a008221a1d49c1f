import Invoicing
import TestSupport
import Testing

@testable import Documents

struct EmailTemplateTests {
    @Test func `every variable that there is may be used`() throws {
        let text = EmailVariable.allCases.map { "{{\($0.rawValue)}}" }.joined()
        #expect(EmailTemplate.problems(in: text).isEmpty)
        _ = try EmailTemplate(text, language: .nb)
    }

    @Test func `a text that begins with a mark on nothing is used without it`() throws {
        let text = "\u{486}\u{301}Faktura {{number}}"
        #expect(EmailTemplate.problems(in: text).isEmpty)
        let filled = try EmailTemplate(text, language: .nb).filled(with: ["number": "10042"])
        #expect(filled == "Faktura 10042\n")
    }

    @Test func `unknown variables are named in their order, however they are written`() {
        let text = """
            {{nummer}} {{ number }} {{#kunde}}{{navn}}{{/kunde}} {{{nummer}}} {{&beløp}} {{buyer.name}}
            """
        let names = EmailTemplate.problems(in: text).map { problem in
            if case .unknownVariable(let name, line: 1) = problem { name } else { "" }
        }
        #expect(names == ["nummer", "kunde", "navn", "nummer", "beløp", "buyer.name"])
    }

    @Test(
        arguments: [
            ("{{nummer}}", EmailTemplateProblem.unknownVariable("nummer", line: 1)),
            ("a\nb {{number", .tagNotClosed(line: 2)), ("{{{number}}", .tagNotClosed(line: 1)),
            ("\n\n{{#kid}}", .sectionNotClosed("kid", line: 3)),
            ("{{^kid}}{{number}}", .sectionNotClosed("kid", line: 1)),
            ("{{/kid}}", .sectionNotOpen("kid", line: 1)),
            ("{{#kid}}{{/number}}{{/kid}}", .sectionNotOpen("number", line: 1)),
            ("{{> partial}}", .tagNotAllowed("{{> partial}}", line: 1)),
            ("{{=<% %>=}}", .tagNotAllowed("{{=<% %>=}}", line: 1)),
            ("{{%CONTENT_TYPE:HTML}}", .tagNotAllowed("{{%CONTENT_TYPE:HTML}}", line: 1)),
            ("{{<layout}}", .tagNotAllowed("{{<layout}}", line: 1)),
            ("{{$block}}", .tagNotAllowed("{{$block}}", line: 1)),
            ("{{uppercased(number)}}", .tagNotAllowed("{{uppercased(number)}}", line: 1)),
            ("{{}}", .tagNotAllowed("{{}}", line: 1)), ("{{.}}", .unknownVariable(".", line: 1)),
            ("{{ #kid}}", .tagNotAllowed("{{ #kid}}", line: 1)),
            (Brief(String(repeating: "{{#kid}}", count: 9)), .nestedTooDeeply(line: 1)),
            (Brief(String(repeating: "a", count: 16 * 1024 + 1)), .tooLong),
        ] as [(Brief<String>, EmailTemplateProblem)])
    func `what can't be used is told with its line`(
        text: Brief<String>, problem: EmailTemplateProblem
    ) {
        #expect(EmailTemplate.problems(in: text.value).first == problem)
        #expect(throws: DocumentError.self) { try EmailTemplate(text.value, language: .nb) }
    }

    @Test(arguments: [
        "", "{", "}}", "{ {number} }", "{{! kommentar {{ }}", "100 % {sikker}", "{{#kid}}{{/kid}}",
        "{{number}}{", "Å\r\n{{number}}\r\n", "{{number}}}", "{{ number }}", "{{& number }}",
        "{{{ number }}}", "{{#kid}}\n{{^buyer}}x{{/buyer}}\n{{/kid}}\n",
    ])
    func `what is found sound can also be filled in`(text: String) throws {
        #expect(EmailTemplate.problems(in: text).isEmpty)
        _ = try EmailTemplate(text, language: .nb).filled(with: ["number": "1", "kid": "2"])
    }

    @Test func `whatever is typed ends in a fault or a text, never in a crash`() {
        let pieces = [
            "{{", "}}", "{{{", "}}}", "{", "#", "^", "/", "!", "&", ">", "=", "%", "<", "$", "kid",
            "number", " ", "\n", "\r\n", "å", ".", "(", ")",
        ]
        var random = SeededNumbers(seed: 7)
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...9, using: &random)
            let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            let isSound = EmailTemplate.problems(in: text).isEmpty
            let template = try? EmailTemplate(text, language: .en)
            #expect((template != nil) == isSound, "\(text.debugDescription)")
            _ = try? template?.filled(with: ["number": "{{kid}}", "kid": "1"])
        }
    }

    @Test func `the faults of a form are told in every language`() {
        let form = FormTemplate(
            name: "f", language: .nn, emailSubject: "{{nummer}}", emailText: "{{#kid}}")
        #expect(
            EmailTemplate.faults(of: form).map(\.words) == [
                Trilingual(
                    nb: "linje 1: {{nummer}} finnes ikke", nn: "linje 1: {{nummer}} finst ikkje",
                    en: "line 1: there is no {{nummer}}"),
                Trilingual(
                    nb: "linje 1: {{#kid}} mangler {{/kid}}",
                    nn: "linje 1: {{#kid}} manglar {{/kid}}",
                    en: "line 1: {{#kid}} lacks its {{/kid}}"),
            ])
        #expect(EmailTemplate.faults(of: Sample.form).isEmpty)
    }
}
