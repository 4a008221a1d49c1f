import Invoicing

/// The findings and the advice of EHF's rules in the users' languages.
///
/// The rules are written in English, and each of their sentences has its Norwegian translations in
/// the tables beside this file. Every `%` of a sentence is a value, in the same order in each
/// language.
enum EHFTexts {
    /// An English sentence and its translations.
    struct Entry: Sendable {
        var en: String
        var nb: String
        var nn: String

        init(_ en: String, _ nb: String, _ nn: String) {
            self.en = en
            self.nb = nb
            self.nn = nn
        }
    }

    static let entries: [Entry] =
        content + parties + payment + lines + allowances + vat + sums + codes

    private static let byEnglish = Dictionary(
        entries.map { ($0.en, $0) }, uniquingKeysWith: { first, _ in first })

    /// Whether there is a Norwegian translation.
    static func isTranslated(_ english: String) -> Bool {
        byEnglish[english] != nil
    }

    /// A sentence with its values filled in; in English where there is no translation.
    static func text(_ english: String, _ values: any CustomStringConvertible...) -> Trilingual {
        let entry = byEnglish[english] ?? Entry(english, english, english)
        return Trilingual(
            nb: filled(entry.nb, values, .nb), nn: filled(entry.nn, values, .nn),
            en: filled(entry.en, values, .en))
    }

    private static func filled(
        _ sentence: String, _ values: [any CustomStringConvertible], _ language: Language
    ) -> String {
        let parts = sentence.split(separator: "%", omittingEmptySubsequences: false)
        return zip(parts, values.map { word($0, language) } + [""])
            .reduce(into: "") { text, part in text += part.0 + part.1 }
    }

    private static func word(_ value: any CustomStringConvertible, _ language: Language) -> String {
        (value as? Trilingual)?[language] ?? value.description
    }
}

extension EHFTexts {
    /// Codes of published lists: what each stands for, and which to use.
    static let codes: [Entry] = [
        Entry("% is no code for %", "% er ingen kode for %", "% er ingen kode for %"),
        Entry("an invoice", "en faktura", "ein faktura"),
        Entry("Use 380", "Bruk 380", "Bruk 380"),
        Entry("a credit note", "en kreditnota", "ein kreditnota"),
        Entry("Use 381", "Bruk 381", "Bruk 381"),
        Entry("a currency", "en valuta", "ein valuta"),
        Entry(
            "Use ISO 4217's, as NOK",
            "Bruk kodene i ISO 4217, for eksempel NOK",
            "Bruk kodane i ISO 4217, til dømes NOK"),
        Entry("a day of supply", "et leveringstidspunkt", "eit leveringstidspunkt"),
        Entry("Use 3, 35 or 432", "Bruk 3, 35 eller 432", "Bruk 3, 35 eller 432"),
        Entry("an invoiced object", "et fakturert objekt", "eit fakturert objekt"),
        Entry("Correct it", "Rett den", "Rett han"),
        Entry("an identifier", "en identifikator", "ein identifikator"),
        Entry("a company's number", "et firmanummer", "eit firmanummer"),
        Entry(
            "Correct it: 0192 is Norwegian organisation numbers, 0088 GLN",
            "Rett den: 0192 er norske organisasjonsnumre, 0088 er GLN",
            "Rett han: 0192 er norske organisasjonsnummer, 0088 er GLN"),
        Entry("a list of items", "en vareliste", "ei vareliste"),
        Entry("Use STI for UNSPSC", "Bruk STI for UNSPSC", "Bruk STI for UNSPSC"),
        Entry("a country", "et land", "eit land"),
        Entry(
            "Use ISO 3166's, as NO",
            "Bruk kodene i ISO 3166, for eksempel NO",
            "Bruk kodane i ISO 3166, til dømes NO"),
        Entry("a country of origin", "et opprinnelsesland", "eit opphavsland"),
        Entry("Use ISO 3166's", "Bruk kodene i ISO 3166", "Bruk kodane i ISO 3166"),
        Entry("a way to pay", "en betalingsmåte", "ein betalingsmåte"),
        Entry("Use 30 for a transfer", "Bruk 30 for overføring", "Bruk 30 for overføring"),
        Entry("a VAT category", "en mva-kategori", "ein mva-kategori"),
        Entry(
            "Use S, Z, E, AE, K, G or O",
            "Bruk S, Z, E, AE, K, G eller O",
            "Bruk S, Z, E, AE, K, G eller O"),
        Entry("an allowance", "et fradrag", "eit frådrag"),
        Entry("a charge", "et tillegg", "eit tillegg"),
        Entry(
            "Say the reason in words, without a code",
            "Skriv begrunnelsen med ord, uten kode",
            "Skriv grunngjevinga med ord, utan kode"),
        Entry("an item's number", "et varenummer", "eit varenummer"),
        Entry("there being no VAT", "at det ikke er avgift", "at det ikkje er avgift"),
        Entry(
            "Use VATEX codes, or words only",
            "Bruk VATEX-koder, eller bare ord",
            "Bruk VATEX-kodar, eller berre ord"),
        Entry("a unit", "en enhet", "ei eining"),
        Entry(
            "Use UN/ECE's, as EA for pieces, HUR for hours, MON for months",
            "Bruk kodene til UN/ECE, for eksempel EA for stykk, HUR for timer, MON for måneder",
            "Bruk kodane til UN/ECE, til dømes EA for stykk, HUR for timar, MON for månader"),
        Entry("an electronic address", "en elektronisk adresse", "ei elektronisk adresse"),
        Entry("a place of delivery", "et leveringssted", "ein leveringsstad"),
        Entry(
            "the type of an embedded file", "typen på en innebygd fil", "typen på ei innebygd fil"),
        Entry(
            "Embed PDF, PNG, JPEG, CSV or a spreadsheet",
            "Bygg inn PDF, PNG, JPEG, CSV eller et regneark",
            "Bygg inn PDF, PNG, JPEG, CSV eller eit rekneark"),
    ]
}

extension EHFTexts {
    /// The header of a document, and its embedded files.
    static let content: [Entry] = [
        Entry(
            "The invoice has no number",
            "Fakturaen har ikke noe nummer",
            "Fakturaen har ikkje noko nummer"),
        Entry("Give it one", "Gi den et nummer", "Gje han eit nummer"),
        Entry(
            "The invoice has no currency",
            "Fakturaen har ingen valuta",
            "Fakturaen har ingen valuta"),
        Entry("State one, as NOK", "Oppgi en, for eksempel NOK", "Oppgje ein, til dømes NOK"),
        Entry(
            "The invoice has no line", "Fakturaen har ingen linjer", "Fakturaen har ingen linjer"),
        Entry(
            "Add what is invoiced",
            "Legg til det som faktureres",
            "Legg til det som blir fakturert"),
        Entry(
            "The invoiced period ends before it starts",
            "Fakturaperioden slutter før den begynner",
            "Fakturaperioden sluttar før han byrjar"),
        Entry("Correct the period", "Rett perioden", "Rett perioden"),
        Entry(
            "The VAT in the accounting currency is not stated",
            "Merverdiavgiften er ikke oppgitt i regnskapsvalutaen",
            "Meirverdiavgifta er ikkje oppgjeven i rekneskapsvalutaen"),
        Entry(
            "Reckon the VAT in that currency, or leave the currency out",
            "Regn ut avgiften i den valutaen, eller fjern regnskapsvalutaen",
            "Rekn ut avgifta i den valutaen, eller fjern rekneskapsvalutaen"),
        Entry(
            "The day of supply is stated both as a day and as a code",
            "Tidspunktet for levering er oppgitt både som dato og som kode",
            "Tidspunktet for levering er oppgjeve både som dato og som kode"),
        Entry("Keep one of them", "Behold bare det ene", "Behald berre det eine"),
        Entry(
            "There is something to pay, and neither due date nor payment terms",
            "Det er noe å betale, men det mangler forfallsdato og betalingsbetingelser",
            "Det er noko å betale, men det manglar forfallsdato og betalingsvilkår"),
        Entry("Set a due date", "Sett en forfallsdato", "Set ein forfallsdato"),
        Entry(
            "A note has three letters between number signs that mean no subject",
            "En merknad har tre bokstaver mellom nummertegn (#) som ikke er noen emnekode",
            "Ein merknad har tre bokstavar mellom nummerteikn (#) som ikkje er nokon emnekode"),
        Entry(
            "Write the note without number signs",
            "Skriv merknaden uten nummertegn",
            "Skriv merknaden utan nummerteikn"),
        Entry(
            "There is neither a buyer's reference nor an order number",
            "Det mangler både kjøperens referanse og et ordrenummer",
            "Det manglar både referansen til kjøparen og eit ordrenummer"),
        Entry(
            "Ask the customer for its reference, and set it on the customer or the agreement",
            "Spør kunden om referansen, og legg den inn på kunden eller på avtalen",
            "Spør kunden om referansen, og legg han inn på kunden eller på avtalen"),
        Entry(
            "The accounting currency is the invoice's own",
            "Regnskapsvalutaen er den samme som fakturaens",
            "Rekneskapsvalutaen er den same som på fakturaen"),
        Entry(
            "Leave the accounting currency out",
            "Fjern regnskapsvalutaen",
            "Fjern rekneskapsvalutaen"),
        Entry(
            "The VAT in the two currencies has different signs",
            "Merverdiavgiften har ulikt fortegn i de to valutaene",
            "Meirverdiavgifta har ulikt forteikn i dei to valutaene"),
        Entry(
            "Reckon the VAT in the accounting currency anew",
            "Regn ut avgiften i regnskapsvalutaen på nytt",
            "Rekn ut avgifta i rekneskapsvalutaen på nytt"),
        Entry(
            "A supporting document has no id",
            "Et vedlegg har ingen id",
            "Eit vedlegg har ingen id"),
        Entry(
            "Give it one, as its file's name",
            "Gi det en, for eksempel filnavnet",
            "Gje det ein, til dømes filnamnet"),
        Entry(
            "The invoice that it corrects has no number",
            "Fakturaen som rettes, har ikke noe nummer",
            "Fakturaen som blir retta, har ikkje noko nummer"),
        Entry("State the number", "Oppgi nummeret", "Oppgje nummeret"),
        Entry(
            "An embedded file has no type",
            "En innebygd fil har ingen type",
            "Ei innebygd fil har ingen type"),
        Entry(
            "State it, as application/pdf",
            "Oppgi den, for eksempel application/pdf",
            "Oppgje han, til dømes application/pdf"),
        Entry(
            "An embedded file has no name",
            "En innebygd fil har ikke noe navn",
            "Ei innebygd fil har ikkje noko namn"),
        Entry("Name it", "Gi den et navn", "Gje ho eit namn"),
    ]
}
