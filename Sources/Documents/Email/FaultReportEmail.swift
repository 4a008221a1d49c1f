package import Invoicing

/// The e-mail that notifies a user who created agreements or invoices of what a run stopped, and
/// what was resolved since.
///
/// One e-mail for each user and run, whatever the number of faults: items with the same fault are
/// grouped under one explanation, so that a missing form reads as one thing to do.
package struct FaultReportEmail {
    /// The most items listed under one fault; the others are counted, and are in the dispatch list.
    static let itemsNamedMax = 100

    /// Whether the faults stopped something, or will stop it.
    package enum Occasion: Hashable, Sendable {
        /// The run has stopped it.
        case run
        /// A later run will stop it.
        case forecast
    }

    let words: Words
    let texts: FaultReportTexts
    let occasion: Occasion
    private let tenant: String
    private let userName: String?

    /// The e-mail; expects at least one item, failing or resolved.
    package static func compose(
        items: [FaultReportItem], resolved: [FaultReportItem] = [], occasion: Occasion = .run,
        tenant: String, userName: String? = nil, language: Language
    ) -> EmailContent {
        FaultReportEmail(
            occasion: occasion, tenant: tenant, userName: userName, language: language
        ).compose(items, resolved)
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
        _ items: [FaultReportItem], _ resolved: [FaultReportItem]
    ) -> EmailContent {
        let sections = sections(items) + resolvedSections(resolved)
        let subject = subject(items, resolved)
        let page = EmailPage(
            title: subject, preview: sections.first?.heading ?? "",
            language: language, accent: "#1f3a5f")
        return EmailContent(
            subject: subject, text: text(items, sections),
            html: page.html(html(items, sections)))
    }

    private func subject(_ items: [FaultReportItem], _ resolved: [FaultReportItem]) -> String {
        let what =
            if items.isEmpty {
                texts.resolvedSubject.text(resolved.count)
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

/// One fault, with everything that it stops.
struct FaultReportSection: Hashable {
    var heading: String
    var paragraphs: [String]
    var items: [String]
}

extension FaultReportEmail {
    /// Groups the items by fault and its words, in the order in which they first occur.
    func sections(_ items: [FaultReportItem]) -> [FaultReportSection] {
        var order: [Fault] = []
        var groups: [Fault: [FaultReportItem]] = [:]
        for item in items {
            for fault in item.faults {
                if groups[fault] == nil { order.append(fault) }
                groups[fault, default: []].append(item)
            }
        }
        return order.map { section(of: $0, groups[$0] ?? []) }
    }

    private func section(of fault: Fault, _ items: [FaultReportItem]) -> FaultReportSection {
        let explanation = Explanation(of: .fault(fault.code), language)
        return FaultReportSection(
            heading: explanation.summary,
            paragraphs: [
                SingleLine(fault.words[language]).text.nonEmpty,
                "\(texts.remedy) \(explanation.nextStep)",
                occasion == .run ? whatFollows(items) : nil,
            ].compactMap(\.self),
            items: lines(items))
    }

    /// An agreement's invoice is created automatically; an existing one is sent by hand.
    private func whatFollows(_ items: [FaultReportItem]) -> String? {
        let made = items.contains { if case .agreement = $0.subject { true } else { false } }
        let sent = items.contains { if case .document = $0.subject { true } else { false } }
        return [made ? texts.thenMade : nil, sent ? texts.thenSendAgain : nil]
            .compactMap(\.self).joined(separator: " ").nonEmpty
    }

    func resolvedSections(_ items: [FaultReportItem]) -> [FaultReportSection] {
        let groups = Dictionary(grouping: items, by: \.sequel)
        return FaultReportItem.Sequel.allCases.compactMap { sequel in
            guard let items = groups[sequel] else { return nil }
            let words =
                switch sequel {
                case .toSend: texts.resolvedToSend
                case .made: texts.resolvedAndMade
                case .passedOver: texts.passedOver
                }
            return FaultReportSection(
                heading: words.heading, paragraphs: [words.introduction, words.nextStep],
                items: lines(items))
        }
    }

    private func lines(_ items: [FaultReportItem]) -> [String] {
        let named = items.prefix(Self.itemsNamedMax).map(line)
        let rest = items.count - named.count
        return rest == 0 ? named : named + [texts.more.text(rest)]
    }

    /// An item: `Faktura 10042 · Ærfuglen Kafé AS · 01.11.2026–30.11.2026`.
    private func line(_ item: FaultReportItem) -> String {
        let subject =
            switch item.subject {
            case .document(let type, let number):
                "\(words.texts.name(of: type)) \(SingleLine(number).text)"
            case .agreement(let number): "\(texts.agreement) \(SingleLine(number).text)"
            }
        let date = item.date.map { "\(texts.due) \(words.formats.date($0))" }
        let copy = item.copyTo.map { "\(texts.copyTo) \(SingleLine($0).text)" }
        return [
            subject, copy, words.line(item.customer), item.period.map(words.formats.period), date,
        ].compactMap(\.self).joined(separator: "  \u{B7}  ")
    }
}

/// One invoice or agreement in a fault report: which, for whom, and what is wrong with it.
package struct FaultReportItem: Hashable, Sendable {
    package var subject: Subject
    /// The customer's name.
    package var customer: String
    /// The recipient of a copy, where the item is about the copy alone; else nil.
    package var copyTo: String?
    /// The period that it invoices; nil where it has none.
    package var period: DatePeriod?
    /// The date of the invoice, in a forecast the day on which it will be due; nil for none.
    package var date: CivilDate?
    /// Empty for an item that was resolved.
    package var faults: [Fault]
    /// What became of an item that was resolved; ignored for others.
    package var sequel: Sequel

    package init(
        _ subject: Subject, customer: String, copyTo: String? = nil, period: DatePeriod? = nil,
        date: CivilDate? = nil, faults: [Fault] = [], sequel: Sequel = .toSend
    ) {
        self.subject = subject
        self.customer = customer
        self.copyTo = copyTo
        self.period = period
        self.date = date
        self.faults = faults
        self.sequel = sequel
    }

    /// What became of an item whose faults are gone.
    package enum Sequel: String, Sendable, CaseIterable {
        /// Its user has to send it.
        case toSend = "to_send"
        /// It was created and sent automatically, or its user has sent it already.
        case made
        /// Its period will never be invoiced.
        case passedOver = "passed_over"
    }

    /// What was stopped: an existing document, or an agreement that could not become one.
    package enum Subject: Hashable, Sendable {
        case document(DocumentType, number: String)
        case agreement(number: String)
    }
}
