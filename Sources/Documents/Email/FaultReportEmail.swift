package import Invoicing

/// The e-mail that tells a creating user what a run stopped, and what has been mended since.
///
/// One e-mail for each user and run, whatever the number of faults: what shares a fault stands
/// together under one explanation, so that a missing form reads as one thing to do.
package struct FaultReportEmail {
    /// How many are named under one fault; the rest is counted, and stands in the dispatch list.
    static let itemsNamedMax = 100

    /// Whether it has happened or will.
    package enum Occasion: Hashable, Sendable {
        case run
        case forecast
    }

    let words: Words
    let texts: FaultReportTexts
    let occasion: Occasion
    private let tenant: String
    private let userName: String?

    /// The e-mail; at least one item, failing or mended, is expected.
    package static func compose(
        items: [FaultReportItem], mended: [FaultReportItem] = [], occasion: Occasion = .run,
        tenant: String, userName: String? = nil, language: Language
    ) -> EmailContent {
        FaultReportEmail(
            occasion: occasion, tenant: tenant, userName: userName, language: language
        ).compose(items, mended)
    }

    private init(occasion: Occasion, tenant: String, userName: String?, language: Language) {
        self.occasion = occasion
        self.tenant = SingleLine(tenant).text
        self.userName = userName.flatMap { SingleLine($0).text.nonEmpty }
        words = Words(texts: .texts(language), formats: Formats(language: language))
        texts = .texts(language)
    }

    var language: Language { words.formats.language }

    private func compose(
        _ items: [FaultReportItem], _ mended: [FaultReportItem]
    ) -> EmailContent {
        let sections = sections(items) + mendedSections(mended)
        let subject = subject(items, mended)
        let page = EmailPage(
            title: subject, preview: sections.first?.heading ?? "",
            language: language, accent: "#1f3a5f")
        return EmailContent(
            subject: subject, text: text(items, sections),
            html: page.html(html(items, sections)))
    }

    private func subject(_ items: [FaultReportItem], _ mended: [FaultReportItem]) -> String {
        let what =
            if items.isEmpty {
                texts.mendedSubject.text(mended.count)
            } else if occasion == .forecast {
                texts.forecastSubject.text(items.count)
            } else {
                texts.stoppedSubject.text(items.count)
            }
        return String("\(what) \u{2013} \(tenant)".prefix(InvoiceEmail.subjectCharactersMax))
    }

    private var greeting: String {
        userName.map { "\(texts.greeting) \($0)," } ?? "\(texts.greeting),"
    }

    private var introduction: String {
        occasion == .forecast ? texts.forecastIntroduction : texts.stoppedIntroduction
    }

    private func text(_ items: [FaultReportItem], _ sections: [FaultReportSection]) -> String {
        let opening = [greeting, items.isEmpty ? nil : introduction].compactMap(\.self)
        let body = sections.map { section in
            ([section.heading] + section.paragraphs).joined(separator: "\n") + "\n"
                + section.items.map { "  \u{2022} \($0)" }.joined(separator: "\n")
        }
        let closing = [
            "\(texts.client): \(tenant)", items.isEmpty ? nil : texts.onceOnly,
        ].compactMap(\.self).joined(separator: "\n")
        return (opening + body + [closing]).joined(separator: "\n\n") + "\n"
    }

    private func html(
        _ items: [FaultReportItem], _ sections: [FaultReportSection]
    ) -> [HTML] {
        let opening = [greeting, items.isEmpty ? nil : introduction].compactMap(\.self)
        let body = sections.flatMap { section -> [HTML] in
            let list = section.items.map { item -> HTML in
                "<li style=\"margin:0 0 4px\">\(item)</li>\n"
            }
            return [EmailPage.heading(section.heading)]
                + section.paragraphs.flatMap(EmailPage.paragraphs)
                + ["<ul style=\"margin:0 0 16px;padding:0 0 0 20px\">\n\(list)</ul>\n"]
        }
        let closing = "\(texts.client): \(tenant)" + (items.isEmpty ? "" : ". \(texts.onceOnly)")
        return opening.flatMap(EmailPage.paragraphs) + body + [EmailPage.closing(closing)]
    }
}
