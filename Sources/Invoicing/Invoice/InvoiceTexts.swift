/// The few words that are part of an invoice itself, by the customer's language.
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

    /// Why less than the price of a whole period is charged.
    func days(_ days: Int, of dayCount: Int) -> String {
        word(
            "\(days) av \(dayCount) dager", "\(days) av \(dayCount) dagar",
            "\(days) of \(dayCount) days")
    }

    /// BT-120, which EN 16931 asks for with every category that has no VAT but Z.
    ///
    /// Where the buyer reckons the VAT the words are those of bokføringsforskriften § 5-1-1.
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

    /// BT-121, of the VATEX code list, for the categories that have one code of their own.
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
