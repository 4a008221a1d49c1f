/// The few words that are part of an invoice itself, by the customer's language.
struct InvoiceTexts {
    private let language: Language

    init(_ language: Language) {
        self.language = language
    }

    /// The words that bokføringsforskriften § 5-1-1 asks for where the buyer reckons the VAT.
    var reverseCharge: String {
        switch language {
        case .nb: "Omvendt avgiftsplikt - Merverdiavgift ikke beregnet"
        case .nn: "Omvend avgiftsplikt - Meirverdiavgift ikkje berekna"
        case .en: "Reverse charge - VAT not calculated"
        }
    }

    var discount: String {
        switch language {
        case .nb, .nn: "Rabatt"
        case .en: "Discount"
        }
    }
}
