import FoundationEssentials
import Invoicing

@testable import Documents
@testable import PDF

extension FuzzTarget {
    /// Logos: proved and drawn as `draw-logo` does, which answers in bytes.
    static let pictures = FuzzTarget("pictures", budget: .picture) { bytes in
        let answer = LogoAnswer(to: bytes)
        try hold(answer.bytes.count <= LogoAnswer.bytesMax, "an answer has its most bytes")
        try hold(LogoAnswer(answer.bytes) == answer, "an answer is read as it is written")
        // The same bytes as what a process answers that was turned by what it drew.
        guard case .drawn(let logo)? = LogoAnswer(bytes) else { return }
        _ = try? logo.picture()
    }

    /// The texts of forms and of lines, with what is put into them.
    static let templates = FuzzTarget("templates", bytesMax: 20 << 10) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        let problems = EmailTemplate.problems(in: text)
        let template = try? EmailTemplate(text, language: .nb)
        try hold(
            (template == nil) == !problems.isEmpty, "a text is usable or says why: \(problems)")
        for language in [Language.nb, .nn, .en] {
            for problem in problems {
                let words = EmailTemplateTexts.text(problem, language)
                try hold(!words.isEmpty && words.utf8.count <= 1_000, "a problem in short words")
            }
        }
        if let filled = try? template?.filled(with: values) {
            try hold(filled.utf8.count <= EmailTemplate.filledBytesMax, "a letter has its size")
            try hold(
                !filled.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" },
                "a letter has no control characters")
            try hold(
                !HTML(text: filled).source.contains { "<>\"'".contains($0) },
                "no text becomes markup")
        }
        let rendered = PeriodText(period: november, language: .nb).render(text)
        try hold(
            !rendered.unknown.contains { $0.count > 41 }, "the names in a message are short")
    }

    private static let november = DatePeriod(
        start: CivilDate(daysSinceEpoch: 20_758), end: CivilDate(daysSinceEpoch: 20_787))

    /// What looks like markup, and like a template.
    private static let values = EmailVariable.allCases.reduce(into: [String: String]()) {
        $0[$1.rawValue] = $1 == .kid ? nil : "<b>{{\($1.rawValue)}}</b> & \"Ærlig\""
    }

    /// Files that go with an invoice, and our own document before it goes.
    static let pdf = FuzzTarget("pdf", bytesMax: 128 << 10) { bytes in
        if (try? PDFValidation.verify(bytes, expecting: "10042")) != nil {
            try hold(PDFValidation.pages(of: bytes) ?? 0 > 0, "what is proved has a page")
            try hold(bytes.count >= PDFValidation.bytesMin, "what is proved has its least size")
        }
        _ = PDFValidation.pages(of: bytes)
        let text = String(decoding: bytes.prefix(4_096), as: UTF8.self)
        if let string = PDFString(reading: text[...]) {
            try hold(
                string.text.utf8.count <= text.utf8.count * 3, "a string is of what stands there")
        }
        for name in ["a.pdf", "a.png", "a.docx", "a.xml", "a.txt", "a.unknown"] {
            try? AttachmentValidation.verify(bytes, fileName: name, contentType: "")
        }
    }
}
