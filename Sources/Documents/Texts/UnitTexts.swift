import Invoicing

/// Units of UN/ECE Recommendation 20 as invoices write them; an unknown code is shown as it is.
enum UnitTexts {
    static func text(_ code: String, _ language: Language) -> String {
        guard let names = names[code] else { return code }
        switch language {
        case .nb: return names.nb
        case .nn: return names.nn
        case .en: return names.en
        }
    }

    static let names: [String: (nb: String, nn: String, en: String)] = [
        "EA": ("stk", "stk", "pcs"),
        "C62": ("stk", "stk", "pcs"),
        "H87": ("stk", "stk", "pcs"),
        "NAR": ("stk", "stk", "pcs"),
        "PR": ("par", "par", "pairs"),
        "SET": ("sett", "sett", "sets"),
        "XPK": ("pk", "pk", "pkg"),
        "PK": ("pk", "pk", "pkg"),
        "XBX": ("eske", "eske", "box"),
        "XPP": ("stk", "stk", "pcs"),
        "LS": ("rund sum", "rund sum", "lump sum"),
        "E48": ("tjeneste", "teneste", "service"),
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
