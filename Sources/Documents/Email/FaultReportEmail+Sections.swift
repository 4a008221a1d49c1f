import Invoicing

/// One fault, with all that it stops.
struct FaultReportSection: Hashable {
    var heading: String
    var paragraphs: [String]
    var items: [String]
}

extension FaultReportEmail {
    /// Groups the items by fault and what is said of it, in the order in which they first come.
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

    /// What is no invoice yet is made by itself; what has its number is sent by hand.
    private func whatFollows(_ items: [FaultReportItem]) -> String? {
        let made = items.contains { if case .agreement = $0.subject { true } else { false } }
        let sent = items.contains { if case .document = $0.subject { true } else { false } }
        return [made ? texts.thenMade : nil, sent ? texts.thenSendAgain : nil]
            .compactMap(\.self).joined(separator: " ").nonEmpty
    }

    func mendedSections(_ items: [FaultReportItem]) -> [FaultReportSection] {
        let groups = Dictionary(grouping: items, by: \.sequel)
        return FaultReportItem.Sequel.allCases.compactMap { sequel in
            guard let items = groups[sequel] else { return nil }
            let words =
                switch sequel {
                case .toSend: texts.mendedToSend
                case .made: texts.mendedAndMade
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

    /// `Faktura 10042 · Ærfuglen Kafé AS · 01.11.2026–30.11.2026`.
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
