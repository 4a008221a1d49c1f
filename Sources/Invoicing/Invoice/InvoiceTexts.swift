/// The few words that are part of the invoice itself, in the customer's language.
struct InvoiceTexts {
    private let language: Language

    init(_ language: Language) {
        self.language = language
    }

    var discount: String {
        switch language {
        case .nb, .nn: "Rabatt"
        case .en: "Discount"
        }
    }

    /// The reason for charging less than the price of a full period.
    func days(_ days: Int, of dayCount: Int) -> String {
        word(
            "\(days) av \(dayCount) dager", "\(days) av \(dayCount) dagar",
            "\(days) of \(dayCount) days")
    }

    /// BT-120, which EN 16931 requires for every category without VAT except Z.
    ///
    /// Where the buyer accounts for the VAT, the words are those of bokføringsforskriften § 5-1-1.
    func exemptionReason(ofCategory code: String) -> String? {
        switch code {
        case "AE":
            word(
                "Omvendt avgiftsplikt - Merverdiavgift ikke beregnet",
                "Omvend avgiftsplikt - Meirverdiavgift ikkje berekna",
                "Reverse charge - VAT not calculated")
        case "E":
            word(
                "Unntatt fra merverdiavgift", "Unnateke frå meirverdiavgift", "Exempt from VAT")
        case "G":
            word("Utførsel uten merverdiavgift", "Utførsel utan meirverdiavgift", "Export")
        case "K":
            word(
                "Levering innen EU uten merverdiavgift", "Levering innan EU utan meirverdiavgift",
                "Intra-community supply")
        case "O":
            word(
                "Utenfor merverdiavgiftsloven", "Utanfor meirverdiavgiftslova",
                "Not subject to VAT")
        default: nil
        }
    }

    /// BT-121 (VATEX code list), for the categories with a single code of their own.
    static func exemptionReasonCode(ofCategory code: String) -> String? {
        switch code {
        case "AE": "VATEX-EU-AE"
        case "G": "VATEX-EU-G"
        case "K": "VATEX-EU-IC"
        case "O": "VATEX-EU-O"
        default: nil
        }
    }

    private func word(_ nb: String, _ nn: String, _ en: String) -> String {
        switch language {
        case .nb: nb
        case .nn: nn
        case .en: en
        }
    }
}

/// A language in which Budstikke addresses people.
package enum Language: String, Codable, Sendable, CaseIterable {
    /// Bokmål, the default.
    case nb
    /// Nynorsk.
    case nn
    /// English.
    case en
}

/// The date that an invoice created on a given day may and must have.
///
/// Source: bokføringsforskriften § 5-1-3 (the document's date) and § 5-2-2 (issue within a month of
/// delivery).
package enum LegalDate {
    /// The last day of a month on which a document may still be dated in the month before.
    static let graceDay = 15

    /// The issue date of a period's invoice that is created today.
    ///
    /// As a rule it is today. An invoice that should have been created in an earlier month and is
    /// created on days 1 to 15 is dated the last day of the previous month, if everything was
    /// delivered by then (§ 5-1-3), so that its VAT belongs to the term of the delivery. However
    /// late it is, the customer's time to pay counts from today.
    package static func issueDate(
        made today: CivilDate, planned: CivilDate, delivered: CivilDate
    ) -> CivilDate {
        let lastOfPrevious = today.firstOfMonth.adding(days: -1)
        guard today.day <= graceDay, planned <= lastOfPrevious, delivered <= lastOfPrevious
        else { return today }
        return lastOfPrevious
    }

    /// Whether the invoice is created more than a month after the delivery (§ 5-2-2).
    package static func isOverdue(made today: CivilDate, delivered: CivilDate) -> Bool {
        today > delivered.adding(months: 1)
    }

    /// Whether it is invoiced more than a year ahead (§ 5-2-7): the period is longer than a year,
    /// or begins more than a year from now.
    package static func isTooFarAhead(made today: CivilDate, delivered: DatePeriod) -> Bool {
        delivered.end > today && delivered.end >= delivered.start.adding(months: 12)
            || delivered.start > today.adding(months: 12)
    }
}
