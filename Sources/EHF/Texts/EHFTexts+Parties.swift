import Invoicing

extension EHFTexts {
    /// Seller, buyer, payee and tax representative, and their numbers.
    static let parties: [Entry] = [
        Entry(
            "The seller has no name", "Selgeren har ikke noe navn", "Seljaren har ikkje noko namn"),
        Entry(
            "The buyer has no name", "Kjøperen har ikke noe navn", "Kjøparen har ikkje noko namn"),
        Entry("Set its name", "Legg inn navnet", "Legg inn namnet"),
        Entry("The seller has no country", "Selgeren mangler land", "Seljaren manglar land"),
        Entry("The buyer has no country", "Kjøperen mangler land", "Kjøparen manglar land"),
        Entry("Set it, as NO", "Legg det inn, for eksempel NO", "Legg det inn, til dømes NO"),
        Entry(
            "The payee has no name, or is the seller",
            "Betalingsmottakeren har ikke noe navn, eller er selgeren selv",
            "Betalingsmottakaren har ikkje noko namn, eller er seljaren sjølv"),
        Entry(
            "Name another payee than the seller, or none",
            "Oppgi en annen betalingsmottaker enn selgeren, eller ingen",
            "Oppgje ein annan betalingsmottakar enn seljaren, eller ingen"),
        Entry(
            "The tax representative has no name",
            "Skatterepresentanten har ikke noe navn",
            "Skatterepresentanten har ikkje noko namn"),
        Entry(
            "The tax representative has no country",
            "Skatterepresentanten mangler land",
            "Skatterepresentanten manglar land"),
        Entry(
            "The tax representative has no VAT number",
            "Skatterepresentanten har ikke noe merverdiavgiftsnummer",
            "Skatterepresentanten har ikkje noko meirverdiavgiftsnummer"),
        Entry("Set it", "Legg det inn", "Legg det inn"),
        Entry(
            "The address of delivery has no country",
            "Leveringsadressen mangler land",
            "Leveringsadressa manglar land"),
        Entry(
            "The seller's electronic address has no scheme",
            "Selgerens elektroniske adresse mangler kode for adressetype",
            "Den elektroniske adressa til seljaren manglar kode for adressetype"),
        Entry(
            "The buyer's electronic address has no scheme",
            "Kjøperens elektroniske adresse mangler kode for adressetype",
            "Den elektroniske adressa til kjøparen manglar kode for adressetype"),
        Entry("State it, as 0192", "Oppgi den, for eksempel 0192", "Oppgje han, til dømes 0192"),
        Entry(
            "The seller has neither organisation number nor VAT number",
            "Selgeren har verken organisasjonsnummer eller merverdiavgiftsnummer",
            "Seljaren har korkje organisasjonsnummer eller meirverdiavgiftsnummer"),
        Entry(
            "Set its organisation number",
            "Legg inn organisasjonsnummeret",
            "Legg inn organisasjonsnummeret"),
        Entry(
            "The VAT number % does not begin with a country",
            "Merverdiavgiftsnummeret % begynner ikke med en landkode",
            "Meirverdiavgiftsnummeret % byrjar ikkje med ein landkode"),
        Entry(
            "Begin it with the country's code, as NO123456785MVA",
            "Begynn det med landkoden, for eksempel NO123456785MVA",
            "Byrja det med landkoden, til dømes NO123456785MVA"),
        Entry(
            "The buyer has no electronic address",
            "Kjøperen har ingen elektronisk adresse",
            "Kjøparen har inga elektronisk adresse"),
        Entry(
            "The seller has no electronic address",
            "Selgeren har ingen elektronisk adresse",
            "Seljaren har inga elektronisk adresse"),
        Entry(
            "Set its organisation number (0192), or the address that it has in Peppol",
            "Legg inn organisasjonsnummeret (0192), eller adressen i Peppol",
            "Legg inn organisasjonsnummeret (0192), eller adressa i Peppol"),
        Entry(
            "The seller's VAT number is not NO, organisation number, MVA",
            "Selgerens merverdiavgiftsnummer er ikke NO, organisasjonsnummer og MVA",
            "Meirverdiavgiftsnummeret til seljaren er ikkje NO, organisasjonsnummer og MVA"),
        Entry(
            "Correct it, as NO123456785MVA",
            "Rett det, for eksempel til NO123456785MVA",
            "Rett det, til dømes til NO123456785MVA"),
        Entry(
            "The seller is not said to be in Foretaksregisteret",
            "Det er ikke oppgitt at selgeren står i Foretaksregisteret",
            "Det er ikkje oppgjeve at seljaren står i Føretaksregisteret"),
        Entry(
            "Write Foretaksregisteret as its tax registration, if it is AS, ASA or NUF",
            "Kryss av for Foretaksregisteret på firmaet, om det er AS, ASA eller NUF",
            "Kryss av for Føretaksregisteret på firmaet, om det er AS, ASA eller NUF"),
        Entry(
            "The buyer has several identifiers",
            "Kjøperen har flere identifikatorer",
            "Kjøparen har fleire identifikatorar"),
        Entry(
            "The payee has several identifiers",
            "Betalingsmottakeren har flere identifikatorer",
            "Betalingsmottakaren har fleire identifikatorar"),
        Entry(
            "Keep one beside its organisation number",
            "Behold én ved siden av organisasjonsnummeret",
            "Behald éin ved sida av organisasjonsnummeret"),
        Entry(
            "The payee has the seller's name",
            "Betalingsmottakeren har selgerens navn",
            "Betalingsmottakaren har namnet til seljaren"),
        Entry("% is no %", "% er ikke noe %", "% er ikkje noko %"),
        Entry(
            "Correct the number, or its scheme",
            "Rett nummeret, eller koden for hva slags nummer det er",
            "Rett nummeret, eller koden for kva slags nummer det er"),
        Entry(
            "Correct it, as NL123456789B12",
            "Rett det, for eksempel til NL123456789B12",
            "Rett det, til dømes til NL123456789B12"),
        Entry("GLN", "GLN-nummer", "GLN-nummer"),
        Entry(
            "Norwegian organisation number",
            "norsk organisasjonsnummer",
            "norsk organisasjonsnummer"),
        Entry("Danish CVR number", "dansk CVR-nummer", "dansk CVR-nummer"),
        Entry("Belgian enterprise number", "belgisk foretaksnummer", "belgisk føretaksnummer"),
        Entry(
            "Swedish organisation number",
            "svensk organisasjonsnummer",
            "svensk organisasjonsnummer"),
        Entry("Australian business number", "australsk foretaksnummer", "australsk føretaksnummer"),
        Entry("Danish P number", "dansk P-nummer", "dansk P-nummer"),
        Entry("Danish SE number", "dansk SE-nummer", "dansk SE-nummer"),
        Entry("Dutch KVK number", "nederlandsk KVK-nummer", "nederlandsk KVK-nummer"),
        Entry("Dutch OIN", "nederlandsk OIN-nummer", "nederlandsk OIN-nummer"),
        Entry(
            "Dutch VAT number",
            "nederlandsk merverdiavgiftsnummer",
            "nederlandsk meirverdiavgiftsnummer"),
        Entry(
            "Dutch establishment number",
            "nederlandsk virksomhetsnummer",
            "nederlandsk verksemdsnummer"),
    ]
}
