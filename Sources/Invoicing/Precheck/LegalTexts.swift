/// What the law asks an invoice to say, each as what is missing, with the paragraph that asks.
enum LegalTexts {
    static let name = missing("navn", "namn", "name", parties)
    static let numberOfReverseCharge = missing(
        "organisasjonsnummer, siden kjøperen beregner avgiften",
        "organisasjonsnummer, sidan kjøparen reknar ut avgifta",
        "organisation number, since the buyer reckons the VAT", parties)
    static let addressOrNumber = missing(
        "adresse eller organisasjonsnummer", "adresse eller organisasjonsnummer",
        "address or organisation number", parties)
    static let placeOfDelivery = missing(
        "adresse eller land, som er leveringsstedet", "adresse eller land, som er leveringsstaden",
        "address or country, the place of delivery", content(4))
    static let validNumber = missing(
        "gyldig organisasjonsnummer", "gyldig organisasjonsnummer", "valid organisation number",
        parties)
    static let vatRegistration = missing(
        "merverdiavgiftsregistrering: NO, organisasjonsnummer og MVA",
        "meirverdiavgiftsregistrering: NO, organisasjonsnummer og MVA",
        "VAT registration, NO + organisation number + MVA", parties)
    static let address = missing("adresse", "adresse", "address", businessRegisterAct)
    static let account = Trilingual(
        nb: "konto å betale til", nn: "konto å betale til", en: "account to pay to")
    static let number = missing("fakturanummer", "fakturanummer", "number", content(1))
    static let timeOfDelivery = missing(
        "leveringsdato eller periode", "leveringsdato eller periode", "day or period of delivery",
        content(4))
    static let dueDate = missing("forfallsdato", "forfallsdato", "due date", content(5))
    static let lines = missing("linjer", "linjer", "lines", content(3))
    static let credited = missing(
        "nummeret på fakturaen som krediteres", "nummeret på fakturaen som blir kreditert",
        "number of the invoice that it credits", content(3))

    static func businessRegister(_ form: String) -> Trilingual {
        missing(
            "Foretaksregisteret, siden firmaet er \(form)",
            "Føretaksregisteret, sidan firmaet er \(form)",
            "Foretaksregisteret, since it is \(form)", businessRegisterAct)
    }

    static func validAccount(_ number: String) -> Trilingual {
        Trilingual(
            nb: "gyldig kontonummer, og \(number) er ikke det",
            nn: "gyldig kontonummer, og \(number) er ikkje det",
            en: "valid account number, which \(number) is not")
    }

    static func description(ofLines numbers: String) -> Trilingual {
        missing(
            "beskrivelse på linje \(numbers)", "skildring på linje \(numbers)",
            "description of line \(numbers)", content(3))
    }

    static func vatInKroner(_ currency: CurrencyCode) -> Trilingual {
        missing(
            "merverdiavgift i norske kroner, siden fakturaen er i \(currency.rawValue)",
            "meirverdiavgift i norske kroner, sidan fakturaen er i \(currency.rawValue)",
            "VAT in NOK, since it is in \(currency.rawValue)", content(6))
    }

    static let parties = "bokføringsforskriften § 5-1-2"
    private static let businessRegisterAct = "foretaksregisterloven § 10-2"

    private static func content(_ number: Int) -> String {
        "bokføringsforskriften § 5-1-1 no. \(number)"
    }

    private static func missing(
        _ nb: String, _ nn: String, _ en: String, _ paragraph: String
    ) -> Trilingual {
        let norwegian = paragraph.replacing(" no. ", with: " nr. ")
        return Trilingual(
            nb: "\(nb) (\(norwegian))", nn: "\(nn) (\(norwegian))", en: "\(en) (\(paragraph))")
    }
}
