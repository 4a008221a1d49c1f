import Invoicing

/// Units of UN/ECE Recommendation 20 as invoices show them; an unknown code is shown as it is.
enum UnitTexts {
    /// The unit of a quantity: `1 time`, `7,5 timer`.
    static func text(_ code: String, quantity: FixedDecimal, _ language: Language) -> String {
        guard let names = (quantity == .one ? single[code] : nil) ?? names[code] else {
            return code
        }
        return names[language]
    }

    /// Whether the unit is a piece, which is implied by a number alone.
    static func isPiece(_ code: String) -> Bool {
        names[code]?.nb == "stk"
    }

    /// Units with a separate singular form.
    private static let single: [String: Trilingual] = [
        "PR": Trilingual(nb: "par", nn: "par", en: "pair"),
        "XBX": Trilingual(nb: "eske", nn: "eske", en: "box"),
        "SET": Trilingual(nb: "sett", nn: "sett", en: "set"),
        "HUR": Trilingual(nb: "time", nn: "time", en: "hour"),
        "DAY": Trilingual(nb: "dag", nn: "dag", en: "day"),
        "WEE": Trilingual(nb: "uke", nn: "veke", en: "week"),
        "MON": Trilingual(nb: "mnd", nn: "mnd", en: "month"),
        "QAN": Trilingual(nb: "kvartal", nn: "kvartal", en: "quarter"),
        "ANN": Trilingual(nb: "år", nn: "år", en: "year"),
        "TNE": Trilingual(nb: "tonn", nn: "tonn", en: "tonne"),
    ]

    static let names: [String: Trilingual] = [
        "EA": Trilingual(nb: "stk", nn: "stk", en: "pcs"),
        "C62": Trilingual(nb: "stk", nn: "stk", en: "pcs"),
        "H87": Trilingual(nb: "stk", nn: "stk", en: "pcs"),
        "NAR": Trilingual(nb: "stk", nn: "stk", en: "pcs"),
        "PR": Trilingual(nb: "par", nn: "par", en: "pairs"),
        "SET": Trilingual(nb: "sett", nn: "sett", en: "sets"),
        "XPK": Trilingual(nb: "pk", nn: "pk", en: "pkg"),
        "PK": Trilingual(nb: "pk", nn: "pk", en: "pkg"),
        "XBX": Trilingual(nb: "esker", nn: "esker", en: "boxes"),
        "XPP": Trilingual(nb: "stk", nn: "stk", en: "pcs"),
        "LS": Trilingual(nb: "rund sum", nn: "rund sum", en: "lump sum"),
        "E48": Trilingual(nb: "stk", nn: "stk", en: "pcs"),
        "SEC": Trilingual(nb: "s", nn: "s", en: "s"),
        "MIN": Trilingual(nb: "min", nn: "min", en: "min"),
        "HUR": Trilingual(nb: "timer", nn: "timar", en: "hours"),
        "DAY": Trilingual(nb: "dager", nn: "dagar", en: "days"),
        "WEE": Trilingual(nb: "uker", nn: "veker", en: "weeks"),
        "MON": Trilingual(nb: "mnd", nn: "mnd", en: "months"),
        "QAN": Trilingual(nb: "kvartal", nn: "kvartal", en: "quarters"),
        "ANN": Trilingual(nb: "år", nn: "år", en: "years"),
        "MMT": Trilingual(nb: "mm", nn: "mm", en: "mm"),
        "CMT": Trilingual(nb: "cm", nn: "cm", en: "cm"),
        "MTR": Trilingual(nb: "m", nn: "m", en: "m"),
        "KMT": Trilingual(nb: "km", nn: "km", en: "km"),
        "MTK": Trilingual(nb: "m²", nn: "m²", en: "m²"),
        "MTQ": Trilingual(nb: "m³", nn: "m³", en: "m³"),
        "MLT": Trilingual(nb: "ml", nn: "ml", en: "ml"),
        "LTR": Trilingual(nb: "l", nn: "l", en: "l"),
        "GRM": Trilingual(nb: "g", nn: "g", en: "g"),
        "KGM": Trilingual(nb: "kg", nn: "kg", en: "kg"),
        "TNE": Trilingual(nb: "tonn", nn: "tonn", en: "tonnes"),
        "KWH": Trilingual(nb: "kWh", nn: "kWh", en: "kWh"),
        "MWH": Trilingual(nb: "MWh", nn: "MWh", en: "MWh"),
        "P1": Trilingual(nb: "%", nn: "%", en: "%"),
        "4L": Trilingual(nb: "MB", nn: "MB", en: "MB"),
        "E34": Trilingual(nb: "GB", nn: "GB", en: "GB"),
    ]
}

/// The countries to which Norwegian companies send most invoices, by ISO 3166-1; others are shown
/// by code.
enum CountryTexts {
    static func text(_ code: String, _ language: Language) -> String {
        guard let names = names[code.uppercased()] else { return code.uppercased() }
        return names[language]
    }

    static let names: [String: Trilingual] = [
        "NO": Trilingual(nb: "Norge", nn: "Noreg", en: "Norway"),
        "SJ": Trilingual(
            nb: "Svalbard og Jan Mayen", nn: "Svalbard og Jan Mayen", en: "Svalbard and Jan Mayen"),
        "SE": Trilingual(nb: "Sverige", nn: "Sverige", en: "Sweden"),
        "DK": Trilingual(nb: "Danmark", nn: "Danmark", en: "Denmark"),
        "FI": Trilingual(nb: "Finland", nn: "Finland", en: "Finland"),
        "IS": Trilingual(nb: "Island", nn: "Island", en: "Iceland"),
        "FO": Trilingual(nb: "Færøyene", nn: "Færøyane", en: "Faroe Islands"),
        "GL": Trilingual(nb: "Grønland", nn: "Grønland", en: "Greenland"),
        "DE": Trilingual(nb: "Tyskland", nn: "Tyskland", en: "Germany"),
        "NL": Trilingual(nb: "Nederland", nn: "Nederland", en: "Netherlands"),
        "BE": Trilingual(nb: "Belgia", nn: "Belgia", en: "Belgium"),
        "LU": Trilingual(nb: "Luxembourg", nn: "Luxembourg", en: "Luxembourg"),
        "FR": Trilingual(nb: "Frankrike", nn: "Frankrike", en: "France"),
        "ES": Trilingual(nb: "Spania", nn: "Spania", en: "Spain"),
        "PT": Trilingual(nb: "Portugal", nn: "Portugal", en: "Portugal"),
        "IT": Trilingual(nb: "Italia", nn: "Italia", en: "Italy"),
        "AT": Trilingual(nb: "Østerrike", nn: "Austerrike", en: "Austria"),
        "CH": Trilingual(nb: "Sveits", nn: "Sveits", en: "Switzerland"),
        "GB": Trilingual(nb: "Storbritannia", nn: "Storbritannia", en: "United Kingdom"),
        "IE": Trilingual(nb: "Irland", nn: "Irland", en: "Ireland"),
        "PL": Trilingual(nb: "Polen", nn: "Polen", en: "Poland"),
        "CZ": Trilingual(nb: "Tsjekkia", nn: "Tsjekkia", en: "Czechia"),
        "SK": Trilingual(nb: "Slovakia", nn: "Slovakia", en: "Slovakia"),
        "HU": Trilingual(nb: "Ungarn", nn: "Ungarn", en: "Hungary"),
        "RO": Trilingual(nb: "Romania", nn: "Romania", en: "Romania"),
        "BG": Trilingual(nb: "Bulgaria", nn: "Bulgaria", en: "Bulgaria"),
        "GR": Trilingual(nb: "Hellas", nn: "Hellas", en: "Greece"),
        "HR": Trilingual(nb: "Kroatia", nn: "Kroatia", en: "Croatia"),
        "SI": Trilingual(nb: "Slovenia", nn: "Slovenia", en: "Slovenia"),
        "EE": Trilingual(nb: "Estland", nn: "Estland", en: "Estonia"),
        "LV": Trilingual(nb: "Latvia", nn: "Latvia", en: "Latvia"),
        "LT": Trilingual(nb: "Litauen", nn: "Litauen", en: "Lithuania"),
        "UA": Trilingual(nb: "Ukraina", nn: "Ukraina", en: "Ukraine"),
        "TR": Trilingual(nb: "Tyrkia", nn: "Tyrkia", en: "Türkiye"),
        "US": Trilingual(nb: "USA", nn: "USA", en: "United States"),
        "CA": Trilingual(nb: "Canada", nn: "Canada", en: "Canada"),
        "AU": Trilingual(nb: "Australia", nn: "Australia", en: "Australia"),
        "JP": Trilingual(nb: "Japan", nn: "Japan", en: "Japan"),
        "CN": Trilingual(nb: "Kina", nn: "Kina", en: "China"),
        "IN": Trilingual(nb: "India", nn: "India", en: "India"),
        "SG": Trilingual(nb: "Singapore", nn: "Singapore", en: "Singapore"),
    ]
}
