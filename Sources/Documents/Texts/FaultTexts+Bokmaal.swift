import Invoicing

extension FaultTexts {
    /// Bokmål.
    static func bokmaal(_ code: FaultCode) -> Explanation {
        switch code {
        case .formTemplateMissing:
            Explanation(
                summary: "Det mangler blankett for dokumenttypen i blankettoppsettet.",
                nextStep: "Velg en blankett i blankettoppsettet.")
        case .sendPlanMissing:
            Explanation(
                summary: "Det er ikke valgt noen utsendelsesplan.",
                nextStep: "Velg en utsendelsesplan på kunden eller på avtalen.")
        case .sendPlanEmpty:
            Explanation(
                summary: "Utsendelsesplanen er tom, så dokumentet blir ikke sendt.",
                nextStep: "Er det meningen, trenger du ikke gjøre noe. Ellers legger du til"
                    + " en kanal i planen.")
        case .noUsableChannel:
            Explanation(
                summary: "Ingen av kanalene i utsendelsesplanen kan brukes for denne kunden.",
                nextStep: "Registrer det en av kanalene trenger, for eksempel en"
                    + " e-postadresse, eller velg en annen plan.")
        case .recipientMissing:
            Explanation(
                summary: "Kunden har ingen e-postadresse.",
                nextStep: "Legg inn e-postadressen på kunden.")
        case .recipientInvalid:
            Explanation(
                summary: "E-postadressen er ikke gyldig.",
                nextStep: "Rett e-postadressen på kunden.")
        case .recipientSeveral:
            Explanation(
                summary: "E-postfeltet på kunden har flere adresser.",
                nextStep: "La hovedmottakeren stå alene i e-postfeltet,"
                    + " og skriv de andre i feltet for kopier.")
        case .recipientSuppressed:
            Explanation(
                summary: "E-postadressen er blokkert etter en tidligere utsendelse.",
                nextStep: "Bytt e-postadressen på kunden, eller ta kontakt med kundestøtte"
                    + " for å få opphevet blokkeringen.")
        case .postalAddressMissing:
            Explanation(
                summary: "Brevet kan ikke postlegges, for kunden mangler postadresse.",
                nextStep: "Legg inn gate eller postboks, postnummer og poststed på kunden, eller"
                    + " velg en annen utsendelsesplan.")
        case .attachmentTooLarge:
            Explanation(
                summary: "Vedleggene er for store til å sendes på e-post.",
                nextStep: "Gjør vedleggene mindre, eller fjern noen av dem.")
        case .attachmentUnreadable:
            Explanation(
                summary: "Et vedlegg kan ikke leses.",
                nextStep: "Åpne vedlegget, lagre det på nytt og last det opp igjen, helst som"
                    + " PDF.")
        case .documentFailed:
            Explanation(
                summary: "Dokumentet kunne ikke lages.",
                nextStep: "Rett det som er nevnt, og send på nytt. Kommer feilen igjen, tar"
                    + " du kontakt med kundestøtte.")
        case .logoUnusable:
            Explanation(
                summary: "Blanketten har en logo som ikke kan brukes.",
                nextStep: "Lagre logoen på nytt som en vanlig PNG eller JPEG, last den opp i"
                    + " blanketten, og send på nytt.")
        case .ehfRuleBroken:
            Explanation(
                summary: "Mottakerens EHF-kontroll ville ha avvist dokumentet.",
                nextStep: "Rett det som er nevnt, og send på nytt."
                    + " Regelens nummer står i parentes.")
        case .templateVariableUnknown:
            Explanation(
                summary: "E-postteksten i blanketten kan ikke fylles ut.",
                nextStep: "Rett e-postteksten i blanketten.")
        case .sellerIncomplete:
            Explanation(
                summary: "Opplysningene om firmaet ditt er ikke fullstendige.",
                nextStep: "Fyll ut firmaopplysningene. En faktura må ha firmaets navn,"
                    + " adresse og organisasjonsnummer.")
        case .customerIncomplete:
            Explanation(
                summary: "Opplysningene om kunden er ikke fullstendige.",
                nextStep: "Fyll ut opplysningene på kunden. En faktura må ha kundens navn og"
                    + " adresse eller organisasjonsnummer.")
        case .invoiceIncomplete:
            Explanation(
                summary: "Fakturaen mangler noe som loven krever.",
                nextStep: "Rett det som er nevnt, der fakturaen er laget. En faktura som"
                    + " er utstedt, rettes med kreditnota og ny faktura.")
        case .vatRateUnknown:
            Explanation(
                summary: "Mva-satsen finnes ikke, eller den gjelder ikke når perioden begynner.",
                nextStep: "Velg en mva-sats som gjelder, på hver linje.")
        case .indexValueMissing:
            Explanation(
                summary: "Prisindeksen mangler verdien som prisen skal reguleres etter.",
                nextStep: "Legg inn verdien for måneden som er nevnt, når den er publisert.")
        case .exchangeRateMissing:
            Explanation(
                summary: "Valutakursen mangler, så mva. kan ikke oppgis i norske kroner.",
                nextStep: "Legg inn kursen for fakturadatoen eller en av de nærmeste dagene før.")
        case .catchUpNeedsDecision:
            Explanation(
                summary: "Flere perioder er ikke fakturert, og noen må avgjøre hva som skal"
                    + " skje med dem.",
                nextStep: "Skal de faktureres, alle sammen, skriver du dagens dato i"
                    + " catch_up_through på avtalen. Skal de ikke det, skriver du i skip_before"
                    + " den dagen avtalen skal faktureres fra. Det som begynner før, blir aldri"
                    + " fakturert.")
        case .rowUnreadable:
            Explanation(
                summary: "Noe som er registrert, kan ikke brukes: en dato, et tall eller en"
                    + " tekst som er utenfor det mulige.",
                nextStep: "Rett det som er nevnt. Finner du det ikke igjen i"
                    + " regnskapssystemet, kan kundestøtte rette det.")
        case .numberSeriesPassed:
            Explanation(
                summary:
                    "Selskapets egen nummerserie ville begynne med numre som selskapet alt har brukt"
                    + " i et annet system.",
                nextStep:
                    "Sett første fakturanummer (first_invoice_number) høyere enn det, og fakturaene"
                    + " lages neste natt.")
        case .internalError:
            Explanation(
                summary: "Det oppsto en feil hos oss.",
                nextStep: "Ta kontakt med kundestøtte hvis feilen kommer igjen.")
        }
    }
}
