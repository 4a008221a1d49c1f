import Invoicing

/// The countries that Norwegian firms invoice most, by ISO 3166-1; others are shown by their code.
enum CountryTexts {
    static func text(_ code: String, _ language: Language) -> String {
        guard let names = names[code.uppercased()] else { return code.uppercased() }
        switch language {
        case .nb: return names.nb
        case .nn: return names.nn
        case .en: return names.en
        }
    }

    static let names: [String: (nb: String, nn: String, en: String)] = [
        "NO": ("Norge", "Noreg", "Norway"),
        "SJ": ("Svalbard og Jan Mayen", "Svalbard og Jan Mayen", "Svalbard and Jan Mayen"),
        "SE": ("Sverige", "Sverige", "Sweden"),
        "DK": ("Danmark", "Danmark", "Denmark"),
        "FI": ("Finland", "Finland", "Finland"),
        "IS": ("Island", "Island", "Iceland"),
        "FO": ("Færøyene", "Færøyane", "Faroe Islands"),
        "GL": ("Grønland", "Grønland", "Greenland"),
        "DE": ("Tyskland", "Tyskland", "Germany"),
        "NL": ("Nederland", "Nederland", "Netherlands"),
        "BE": ("Belgia", "Belgia", "Belgium"),
        "LU": ("Luxembourg", "Luxembourg", "Luxembourg"),
        "FR": ("Frankrike", "Frankrike", "France"),
        "ES": ("Spania", "Spania", "Spain"),
        "PT": ("Portugal", "Portugal", "Portugal"),
        "IT": ("Italia", "Italia", "Italy"),
        "AT": ("Østerrike", "Austerrike", "Austria"),
        "CH": ("Sveits", "Sveits", "Switzerland"),
        "GB": ("Storbritannia", "Storbritannia", "United Kingdom"),
        "IE": ("Irland", "Irland", "Ireland"),
        "PL": ("Polen", "Polen", "Poland"),
        "CZ": ("Tsjekkia", "Tsjekkia", "Czechia"),
        "SK": ("Slovakia", "Slovakia", "Slovakia"),
        "HU": ("Ungarn", "Ungarn", "Hungary"),
        "RO": ("Romania", "Romania", "Romania"),
        "BG": ("Bulgaria", "Bulgaria", "Bulgaria"),
        "GR": ("Hellas", "Hellas", "Greece"),
        "HR": ("Kroatia", "Kroatia", "Croatia"),
        "SI": ("Slovenia", "Slovenia", "Slovenia"),
        "EE": ("Estland", "Estland", "Estonia"),
        "LV": ("Latvia", "Latvia", "Latvia"),
        "LT": ("Litauen", "Litauen", "Lithuania"),
        "UA": ("Ukraina", "Ukraina", "Ukraine"),
        "TR": ("Tyrkia", "Tyrkia", "Türkiye"),
        "US": ("USA", "USA", "United States"),
        "CA": ("Canada", "Canada", "Canada"),
        "AU": ("Australia", "Australia", "Australia"),
        "JP": ("Japan", "Japan", "Japan"),
        "CN": ("Kina", "Kina", "China"),
        "IN": ("India", "India", "India"),
        "SG": ("Singapore", "Singapore", "Singapore"),
    ]
}
