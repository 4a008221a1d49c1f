import Invoicing

/// One fault, with all that it stops.
struct FaultReportSection: Hashable {
    var heading: String
    var paragraphs: [String]
    var items: [String]
}

extension FaultReportEmail {
    /// Groups the items by fault, in the order in which the faults first come.
    func sections(_ items: [FaultReportItem]) -> [FaultReportSection] {
        var order: [Fault] = []
        var groups: [Fault: [FaultReportItem]] = [:]
        for item in items {
            for fault in item.faults {
                if groups[fault] == nil { order.append(fault) }
                groups[fault, default: []].append(item)
            }
        }
        return order.map { fault in
            let explanation = Explanation(of: .fault(fault.code), language)
            let detail = SingleLine(FaultTexts.detail(of: fault, language)).text.nonEmpty
            return FaultReportSection(
                heading: explanation.summary,
                paragraphs: [detail, "\(texts.remedy) \(explanation.nextStep)"].compactMap(\.self),
                items: lines(groups[fault] ?? []))
        }
    }

    func mendedSections(_ items: [FaultReportItem]) -> [FaultReportSection] {
        guard !items.isEmpty else { return [] }
        return [
            FaultReportSection(
                heading: texts.mendedHeading,
                paragraphs: [texts.mendedIntroduction, texts.sendAgain], items: lines(items))
        ]
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
        return [
            subject, words.line(item.customer), item.period.map(words.formats.period), date,
        ].compactMap(\.self).joined(separator: "  \u{B7}  ")
    }
}
