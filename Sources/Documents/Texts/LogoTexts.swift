package import Invoicing

/// Why a logo can't be drawn with, in a sentence for whoever chose it.
package enum LogoTexts {
    /// The fault of a form with such a logo; for lists and logs it is the cause's own name.
    package static func fault(_ cause: LogoFault) -> Fault {
        Fault(.logoUnusable, Trilingual { Self.cause(of: cause, $0) }, detail: cause.detail)
    }

    package static func cause(of fault: LogoFault, _ language: Language) -> String {
        switch language {
        case .nb: bokmaal(fault)
        case .nn: nynorsk(fault)
        case .en: english(fault)
        }
    }

    private static func bokmaal(_ fault: LogoFault) -> String {
        switch fault {
        case .notAPicture: "Filen er verken PNG, JPEG eller SVG."
        case .tooLarge: "Filen er større enn 4 MB."
        case .tooManyPixels: "Bildet har for mange piksler; det kan ha høyst 16 millioner."
        case .damaged: "Filen er skadet."
        case .unsupportedJPEG:
            "Bildet er en JPEG av et slag som ikke kan stå i en PDF."
        case .withoutSize: "Bildets bredde og høyde mangler, eller det er altfor langt og smalt."
        case .letters: "Bildet har bokstaver som ikke er gjort om til omriss."
        case .filters: "Bildet bruker SVG-filtre, for eksempel skygger eller uskarphet."
        case .outsideReferences: "Bildet henter noe fra et annet sted, eller har et bilde i seg."
        case .activeContent: "Bildet har skript, animasjon eller egne erklæringer i seg."
        case .tooComplex: "Bildet har for mange deler, eller de ligger for dypt i hverandre."
        case .overBudget: "Det tar for mye tid eller minne å tegne bildet."
        case .interrupted:
            "Bildet ble ikke ferdig tegnet denne gangen; det blir prøvd på nytt."
        }
    }

    private static func nynorsk(_ fault: LogoFault) -> String {
        switch fault {
        case .notAPicture: "Fila er korkje PNG, JPEG eller SVG."
        case .tooLarge: "Fila er større enn 4 MB."
        case .tooManyPixels: "Biletet har for mange pikslar; det kan ha høgst 16 millionar."
        case .damaged: "Fila er skadd."
        case .unsupportedJPEG:
            "Biletet er ein JPEG av eit slag som ikkje kan stå i ein PDF."
        case .withoutSize:
            "Breidda og høgda på biletet manglar, eller det er altfor langt og smalt."
        case .letters: "Biletet har bokstavar som ikkje er gjorde om til omriss."
        case .filters: "Biletet bruker SVG-filter, til dømes skuggar eller uskarpleik."
        case .outsideReferences:
            "Biletet hentar noko frå ein annan stad, eller har eit bilete i seg."
        case .activeContent: "Biletet har skript, animasjon eller eigne deklarasjonar i seg."
        case .tooComplex: "Biletet har for mange delar, eller dei ligg for djupt i kvarandre."
        case .overBudget: "Det tek for mykje tid eller minne å teikne biletet."
        case .interrupted:
            "Biletet vart ikkje ferdig teikna denne gongen; det blir prøvd på nytt."
        }
    }

    private static func english(_ fault: LogoFault) -> String {
        switch fault {
        case .notAPicture: "The file is neither PNG, JPEG nor SVG."
        case .tooLarge: "The file is larger than 4 MB."
        case .tooManyPixels: "The picture has too many pixels; it may have 16 million."
        case .damaged: "The file is damaged."
        case .unsupportedJPEG: "The picture is a JPEG of a kind that a PDF can't hold."
        case .withoutSize:
            "The picture's width and height are missing, or it is far too long and narrow."
        case .letters: "The picture has letters that are not turned into outlines."
        case .filters: "The picture uses SVG filters, such as shadows or blur."
        case .outsideReferences:
            "The picture fetches something from elsewhere, or has a picture in it."
        case .activeContent:
            "The picture has scripts, animation or declarations of its own in it."
        case .tooComplex: "The picture has too many parts, or they are nested too deeply."
        case .overBudget: "The picture takes too much time or memory to draw."
        case .interrupted:
            "The picture was not drawn to its end this time; it is tried again."
        }
    }
}
