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
                nextStep: "Velg en utsendelsesplan på avtalen. En faktura fra et annet system"
                    + " leser du inn igjen med en utsendelsesplan.")
        case .sendPlanEmpty:
            Explanation(
                summary: "Utsendelsesplanen er tom, så dokumentet blir ikke sendt.",
                nextStep: "Er det meningen, trenger du ikke gjøre noe. Ellers legger du til"
                    + " en kanal i planen.")
        case .noUsableChannel:
            Explanation(
                summary: "Ingen av kanalene i utsendelsesplanen kan brukes for denne kunden.",
                nextStep: "Skal den gå som EHF, legger du inn organisasjonsnummeret eller den"
                    + " elektroniske adressen på kunden. Ellers velger du en annen"
                    + " utsendelsesplan på avtalen.")
        case .recipientMissing:
            Explanation(
                summary: "Kunden har ingen e-postadresse.",
                nextStep: "Legg inn e-postadressen på kunden. En faktura fra et annet system"
                    + " leser du inn igjen med riktig mottaker.")
        case .recipientInvalid:
            Explanation(
                summary: "E-postadressen er ikke gyldig.",
                nextStep: "Rett e-postadressen på kunden. En faktura fra et annet system leser"
                    + " du inn igjen med riktig mottaker.")
        case .recipientSeveral:
            Explanation(
                summary: "E-postfeltet på kunden har flere adresser.",
                nextStep: "La hovedmottakeren stå alene i e-postfeltet på kunden,"
                    + " og legg de andre i feltet for kopier.")
        case .recipientSuppressed:
            Explanation(
                summary: "E-postadressen er blokkert etter en tidligere utsendelse.",
                nextStep: "Bytt e-postadressen på kunden, eller ta kontakt med kundestøtte"
                    + " for å få opphevet blokkeringen. En faktura fra et annet system leser du"
                    + " inn igjen med en annen mottaker.")
        case .postalAddressMissing:
            Explanation(
                summary: "Brevet kan ikke postlegges, for kunden mangler postadresse.",
                nextStep: "Legg inn gate eller postboks, postnummer og poststed på kunden, eller"
                    + " velg en annen utsendelsesplan.")
        case .attachmentTooLarge:
            Explanation(
                summary: "Vedleggene er for store til å sendes på e-post.",
                nextStep: "Gjør vedleggene på avtalen mindre, eller fjern noen av dem. En"
                    + " faktura fra et annet system sender du på en annen måte.")
        case .attachmentUnreadable:
            Explanation(
                summary: "Et vedlegg kan ikke leses, eller det kan ikke skrives ut i et brev.",
                nextStep: "Åpne vedlegget, lagre det på nytt som PDF, og last det opp igjen"
                    + " på avtalen. En faktura fra et annet system sender du på en annen måte.")
        case .documentFailed:
            Explanation(
                summary: "Dokumentet kunne ikke lages.",
                nextStep: "Rett det som er nevnt. Kommer feilen igjen, tar du kontakt med"
                    + " kundestøtte.")
        case .logoUnusable:
            Explanation(
                summary: "Blanketten har en logo som ikke kan brukes.",
                nextStep: "Lagre logoen på nytt som en vanlig PNG eller JPEG, og last den opp i"
                    + " blanketten.")
        case .ehfRuleBroken:
            Explanation(
                summary: "Mottakerens EHF-kontroll ville ha avvist dokumentet.",
                nextStep: "Rett det som er nevnt, på kunden, avtalen eller firmaet. Er fakturaen"
                    + " laget i et annet system, rettes det der. Regelens nummer står i"
                    + " parentes.")
        case .templateVariableUnknown:
            Explanation(
                summary: "E-postteksten i blanketten kan ikke fylles ut.",
                nextStep: "Rett e-postteksten i blanketten på den linjen som er nevnt.")
        case .lineVariableUnknown:
            Explanation(
                summary: "En linje eller innledningen på avtalen har en variabel som ikke finnes.",
                nextStep: "Rett variabelen i teksten på avtalen, for eksempel til {{måned}} eller"
                    + " {{år}}, eller fjern den.")
        case .sellerIncomplete:
            Explanation(
                summary: "Opplysningene om firmaet ditt er ikke fullstendige.",
                nextStep: "Fyll ut det som er nevnt, i firmaopplysningene. Er fakturaen laget i et"
                    + " annet system, rettes det der.")
        case .customerIncomplete:
            Explanation(
                summary: "Opplysningene om kunden er ikke fullstendige.",
                nextStep: "Fyll ut det som er nevnt, på kunden. Er fakturaen laget i et annet"
                    + " system, rettes det der.")
        case .invoiceIncomplete:
            Explanation(
                summary: "Fakturaen mangler noe som loven krever.",
                nextStep: "Rett det som er nevnt, der fakturaen er laget. En faktura som"
                    + " er utstedt, rettes med kreditnota og ny faktura.")
        case .kidUnusable:
            Explanation(
                summary: "KID-nummeret kan ikke lages: et nummer har ikke plass i det.",
                nextStep: "Øk antall siffer i KID-oppsettet på firmaet (kid_customer_digits,"
                    + " kid_invoice_digits) etter avtalen med banken, eller slå av KID"
                    + " (kid_algorithm: none). Et kundenummer med bokstaver kan ikke stå i KID.")
        case .vatRateUnknown:
            Explanation(
                summary: "Mva-satsen finnes ikke, eller den gjelder ikke når perioden begynner.",
                nextStep: "Velg en mva-kode som gjelder, på linjene i avtalen, eller legg inn"
                    + " satsen for koden som er nevnt.")
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
                nextStep: "Vi prøver igjen neste natt. Ta kontakt med kundestøtte hvis feilen"
                    + " kommer igjen.")
        }
    }
}
