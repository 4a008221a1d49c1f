import Invoicing

/// Why no document came of an invoice, in words for whoever is to mend it.
enum DocumentErrorTexts {
    static func text(_ error: DocumentError) -> Trilingual {
        switch error {
        case .fontsMissing(let directory):
            Trilingual(
                nb: "skrifttypene mangler på serveren", nn: "skrifttypane manglar på tenaren",
                en: "the fonts are not in \(directory): install the package fonts-liberation2")
        case .logoUnusable(let cause):
            Trilingual(
                nb: "logoen kan ikke brukes: \(LogoTexts.cause(of: cause, .nb))",
                nn: "logoen kan ikkje brukast: \(LogoTexts.cause(of: cause, .nn))",
                en: "the form's logo can't be used: \(LogoTexts.cause(of: cause, .en))")
        case .lettersMissing(let letters): lettersMissing(letters)
        case .textTooLong(let characters, let limit):
            Trilingual(
                nb: "en tekst på \(characters) tegn: høyst \(limit) får plass på en faktura",
                nn: "ein tekst på \(characters) teikn: høgst \(limit) får plass på ein faktura",
                en: "a text of \(characters) characters: at most \(limit) fit an invoice")
        case .doesNotFit(let part): doesNotFit(part)
        case .tooManyPages(let limit):
            Trilingual(
                nb: "dokumentet får flere enn \(limit) sider: del opp fakturaen",
                nn: "dokumentet får fleire enn \(limit) sider: del opp fakturaen",
                en: "the document would have more than \(limit) pages: split the invoice")
        case .drawingFailed(let reason):
            Trilingual(
                nb: "dokumentet kunne ikke tegnes", nn: "dokumentet kunne ikkje teiknast",
                en: "the document could not be drawn: \(reason)")
        case .notProved(let reason):
            Trilingual(
                nb: "dokumentet ble ikke som det skulle",
                nn: "dokumentet vart ikkje som det skulle",
                en: "the document is not what it should be: \(reason)")
        case .attachmentUnreadable(let fileName, let reason):
            Trilingual(nb: fileName, nn: fileName, en: "\(fileName): \(reason)")
        case .emailTextUnusable(let reason):
            Trilingual(
                nb: "e-postteksten i blanketten kan ikke brukes: \(reason)",
                nn: "e-postteksten i blanketten kan ikkje brukast: \(reason)",
                en: "the form's e-mail text can't be used: \(reason)")
        }
    }

    private static func lettersMissing(_ letters: [Character]) -> Trilingual {
        func quoted(_ open: String, _ close: String) -> String {
            letters.prefix(20).map { "\(open)\($0)\(close)" }.joined(separator: ", ")
        }
        return Trilingual(
            nb: "ingen skrifttype har \(quoted("«", "»")): skriv teksten med andre bokstaver",
            nn: "ingen skrifttype har \(quoted("«", "»")): skriv teksten med andre bokstavar",
            en: "no font has \(quoted("“", "”")): write the text in other letters")
    }

    private static func doesNotFit(_ part: DocumentPart) -> Trilingual {
        let (nb, nn, en) =
            switch part {
            case .header:
                ("adresser og referanser", "adresser og referansar", "addresses and references")
            case .table: ("tallene på linjene", "tala på linjene", "figures of the lines")
            case .payment: ("betalingsopplysninger", "betalingsopplysningar", "payment details")
            case .footer: ("linjer i bunnteksten", "linjer i botnteksten", "lines of the footer")
            }
        return Trilingual(
            nb: "\(nb) får ikke plass på siden: gjør dem kortere",
            nn: "\(nn) får ikkje plass på sida: gjer dei kortare",
            en: "the \(en) do not fit on a page: shorten them")
    }
}
