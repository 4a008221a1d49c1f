import Invoicing

extension EHFTexts {
    /// Codes of published lists: what each is a code for, and which to use.
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
