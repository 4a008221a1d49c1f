import Invoicing

/// Units of UN/ECE Recommendation 20 as invoices write them; an unknown code is shown as it is.
enum UnitTexts {
    /// The unit of a quantity: `1 time`, `7,5 timer`.
    static func text(_ code: String, quantity: FixedDecimal, _ language: Language) -> String {
        guard let names = (quantity == .one ? single[code] : nil) ?? names[code] else {
            return code
        }
        switch language {
        case .nb: return names.nb
        case .nn: return names.nn
        case .en: return names.en
        }
    }

    /// Whether the unit is a piece, which a number alone is taken for.
    static func isPiece(_ code: String) -> Bool {
        names[code]?.nb == "stk"
    }

    /// Those whose name for one is another.
    private static let single: [String: (nb: String, nn: String, en: String)] = [
        "PR": ("par", "par", "pair"),
        "XBX": ("eske", "eske", "box"),
        "SET": ("sett", "sett", "set"),
        "HUR": ("time", "time", "hour"),
        "DAY": ("dag", "dag", "day"),
        "WEE": ("uke", "veke", "week"),
        "MON": ("mnd", "mnd", "month"),
        "QAN": ("kvartal", "kvartal", "quarter"),
        "ANN": ("år", "år", "year"),
        "TNE": ("tonn", "tonn", "tonne"),
    ]

    static let names: [String: (nb: String, nn: String, en: String)] = [
        "EA": ("stk", "stk", "pcs"),
        "C62": ("stk", "stk", "pcs"),
        "H87": ("stk", "stk", "pcs"),
        "NAR": ("stk", "stk", "pcs"),
        "PR": ("par", "par", "pairs"),
        "SET": ("sett", "sett", "sets"),
        "XPK": ("pk", "pk", "pkg"),
        "PK": ("pk", "pk", "pkg"),
        "XBX": ("esker", "esker", "boxes"),
        "XPP": ("stk", "stk", "pcs"),
        "LS": ("rund sum", "rund sum", "lump sum"),
        "E48": ("stk", "stk", "pcs"),
        "SEC": ("s", "s", "s"),
        "MIN": ("min", "min", "min"),
        "HUR": ("timer", "timar", "hours"),
        "DAY": ("dager", "dagar", "days"),
        "WEE": ("uker", "veker", "weeks"),
        "MON": ("mnd", "mnd", "months"),
        "QAN": ("kvartal", "kvartal", "quarters"),
        "ANN": ("år", "år", "years"),
        "MMT": ("mm", "mm", "mm"),
        "CMT": ("cm", "cm", "cm"),
        "MTR": ("m", "m", "m"),
        "KMT": ("km", "km", "km"),
        "MTK": ("m²", "m²", "m²"),
        "MTQ": ("m³", "m³", "m³"),
        "MLT": ("ml", "ml", "ml"),
        "LTR": ("l", "l", "l"),
        "GRM": ("g", "g", "g"),
        "KGM": ("kg", "kg", "kg"),
        "TNE": ("tonn", "tonn", "tonnes"),
        "KWH": ("kWh", "kWh", "kWh"),
        "MWH": ("MWh", "MWh", "MWh"),
        "P1": ("%", "%", "%"),
        "4L": ("MB", "MB", "MB"),
        "E34": ("GB", "GB", "GB"),
    ]
}
