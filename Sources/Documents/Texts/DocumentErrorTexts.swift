package import Invoicing

/// Why no document could be created, worded for the user who has to resolve it.
enum DocumentErrorTexts {
    static func text(_ error: DocumentError) -> Trilingual {
        switch error {
        case .fontsMissing(let directory):
            Trilingual(
                nb: "skrifttypene mangler på serveren", nn: "skrifttypane manglar på tenaren",
                en: "the fonts are not in \(directory): install the package fonts-liberation2")
        case .logoUnusable(let cause): logoUnusable(LogoTexts.words(of: cause))
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
        case .unvalidated(let reason):
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

    private static func logoUnusable(_ cause: Trilingual) -> Trilingual {
        Trilingual(
            nb: "logoen kan ikke brukes: \(cause.nb)", nn: "logoen kan ikkje brukast: \(cause.nn)",
            en: "the form's logo can't be used: \(cause.en)")
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

/// Why a logo can't be used, in a sentence for the user who chose it.
package enum LogoTexts {
    /// The fault of a form with such a logo; its detail for lists and logs is the cause's own name.
    static func fault(_ cause: LogoFault) -> Fault {
        Fault(.logoUnusable, words(of: cause), detail: cause.detail)
    }

    /// The sentence in one language.
    package static func cause(of fault: LogoFault, _ language: Language) -> String {
        words(of: fault)[language]
    }

    static func words(of fault: LogoFault) -> Trilingual {
        switch fault {
        case .notAPicture:
            Trilingual(
                nb: "Filen er verken PNG, JPEG eller SVG.",
                nn: "Fila er korkje PNG, JPEG eller SVG.",
                en: "The file is neither PNG, JPEG nor SVG.")
        case .tooLarge:
            Trilingual(
                nb: "Filen er større enn 4 MB.",
                nn: "Fila er større enn 4 MB.",
                en: "The file is larger than 4 MB.")
        case .tooManyPixels:
            Trilingual(
                nb: "Bildet har for mange piksler; det kan ha høyst 16 millioner.",
                nn: "Biletet har for mange pikslar; det kan ha høgst 16 millionar.",
                en: "The picture has too many pixels; it may have 16 million.")
        case .damaged:
            Trilingual(nb: "Filen er skadet.", nn: "Fila er skadd.", en: "The file is damaged.")
        case .unsupportedJPEG:
            Trilingual(
                nb: "Bildet er en JPEG av et slag som ikke kan stå i en PDF.",
                nn: "Biletet er ein JPEG av eit slag som ikkje kan stå i ein PDF.",
                en: "The picture is a JPEG of a kind that a PDF can't hold.")
        case .withoutSize:
            Trilingual(
                nb: "Bildets bredde og høyde mangler, eller det er altfor langt og smalt.",
                nn: "Breidda og høgda på biletet manglar, eller det er altfor langt og smalt.",
                en: "The picture's width and height are missing, or it is far too long and narrow.")
        case .letters:
            Trilingual(
                nb: "Bildet har bokstaver som ikke er gjort om til omriss.",
                nn: "Biletet har bokstavar som ikkje er gjorde om til omriss.",
                en: "The picture has letters that are not turned into outlines.")
        case .filters:
            Trilingual(
                nb: "Bildet bruker SVG-filtre, for eksempel skygger eller uskarphet.",
                nn: "Biletet bruker SVG-filter, til dømes skuggar eller uskarpleik.",
                en: "The picture uses SVG filters, such as shadows or blur.")
        case .outsideReferences:
            Trilingual(
                nb: "Bildet henter noe fra et annet sted, eller har et bilde i seg.",
                nn: "Biletet hentar noko frå ein annan stad, eller har eit bilete i seg.",
                en: "The picture fetches something from elsewhere, or has a picture in it.")
        case .activeContent:
            Trilingual(
                nb: "Bildet har skript, animasjon eller egne erklæringer i seg.",
                nn: "Biletet har skript, animasjon eller eigne deklarasjonar i seg.",
                en: "The picture has scripts, animation or declarations of its own in it.")
        case .tooComplex:
            Trilingual(
                nb: "Bildet har for mange deler, eller de ligger for dypt i hverandre.",
                nn: "Biletet har for mange delar, eller dei ligg for djupt i kvarandre.",
                en: "The picture has too many parts, or they are nested too deeply.")
        case .overBudget:
            Trilingual(
                nb: "Det tar for mye tid eller minne å tegne bildet.",
                nn: "Det tek for mykje tid eller minne å teikne biletet.",
                en: "The picture takes too much time or memory to draw.")
        case .interrupted:
            Trilingual(
                nb: "Bildet ble ikke ferdig tegnet denne gangen; det blir prøvd på nytt.",
                nn: "Biletet vart ikkje ferdig teikna denne gongen; det blir prøvd på nytt.",
                en: "The picture was not drawn to its end this time; it is tried again.")
        }
    }
}

/// What is wrong with a form's e-mail text, worded for its author.
enum EmailTemplateTexts {
    static func text(_ problem: EmailTemplateProblem, _ language: Language) -> String {
        words(of: problem)[language]
    }

    static func words(of problem: EmailTemplateProblem) -> Trilingual {
        switch problem {
        case .unknownVariable(let name, let line):
            Trilingual(
                nb: "linje \(line): {{\(name)}} finnes ikke",
                nn: "linje \(line): {{\(name)}} finst ikkje",
                en: "line \(line): there is no {{\(name)}}")
        case .tagNotClosed(let line):
            Trilingual(
                nb: "linje \(line): {{ mangler }}",
                nn: "linje \(line): {{ manglar }}",
                en: "line \(line): {{ lacks its }}")
        case .sectionNotClosed(let name, let line):
            Trilingual(
                nb: "linje \(line): {{#\(name)}} mangler {{/\(name)}}",
                nn: "linje \(line): {{#\(name)}} manglar {{/\(name)}}",
                en: "line \(line): {{#\(name)}} lacks its {{/\(name)}}")
        case .sectionNotOpen(let name, let line):
            Trilingual(
                nb: "linje \(line): {{/\(name)}} avslutter ikke noe",
                nn: "linje \(line): {{/\(name)}} avsluttar ikkje noko",
                en: "line \(line): {{/\(name)}} ends nothing")
        case .tagNotAllowed(let tag, let line):
            Trilingual(
                nb: "linje \(line): \(tag) kan ikke brukes",
                nn: "linje \(line): \(tag) kan ikkje brukast",
                en: "line \(line): \(tag) can't be used")
        case .nestedTooDeeply(let line):
            Trilingual(
                nb: "linje \(line): for mange seksjoner inni hverandre",
                nn: "linje \(line): for mange seksjonar inni kvarandre",
                en: "line \(line): too many sections in each other")
        case .tooLong:
            Trilingual(
                nb: "teksten er for lang",
                nn: "teksten er for lang",
                en: "the text is too long")
        case .unreadable:
            Trilingual(
                nb: "teksten kan ikke leses som en mal",
                nn: "teksten kan ikkje lesast som ein mal",
                en: "the text can't be read as a template")
        }
    }
}
