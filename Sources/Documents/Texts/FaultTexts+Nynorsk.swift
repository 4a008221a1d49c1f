import Invoicing

extension FaultTexts {
    /// Nynorsk.
    static func nynorsk(_ code: FaultCode) -> Explanation {
        switch code {
        case .formTemplateMissing:
            Explanation(
                summary: "Det manglar blankett for dokumenttypen i blankettoppsettet.",
                nextStep: "Vel ein blankett i blankettoppsettet.")
        case .sendPlanMissing:
            Explanation(
                summary: "Det er ikkje vald nokon utsendingsplan.",
                nextStep: "Vel ein utsendingsplan på kunden eller på avtalen.")
        case .sendPlanEmpty:
            Explanation(
                summary: "Utsendingsplanen er tom, så dokumentet blir ikkje sendt.",
                nextStep: "Er det meininga, treng du ikkje gjere noko. Elles legg du til ein"
                    + " kanal i planen.")
        case .noUsableChannel:
            Explanation(
                summary: "Ingen av kanalane i utsendingsplanen kan brukast for denne kunden.",
                nextStep: "Registrer det ein av kanalane treng, til dømes ei e-postadresse,"
                    + " eller vel ein annan plan.")
        case .recipientMissing:
            Explanation(
                summary: "Kunden har inga e-postadresse.",
                nextStep: "Legg inn e-postadressa på kunden.")
        case .recipientInvalid:
            Explanation(
                summary: "E-postadressa er ikkje gyldig.",
                nextStep: "Rett e-postadressa på kunden.")
        case .recipientSeveral:
            Explanation(
                summary: "E-postfeltet på kunden har fleire adresser.",
                nextStep: "La hovudmottakaren stå åleine i e-postfeltet,"
                    + " og skriv dei andre i feltet for kopiar.")
        case .recipientSuppressed:
            Explanation(
                summary: "E-postadressa er blokkert etter ei tidlegare utsending.",
                nextStep: "Byt e-postadressa på kunden, eller ta kontakt med kundestøtte for"
                    + " å få oppheva blokkeringa.")
        case .postalAddressMissing:
            Explanation(
                summary: "Brevet kan ikkje postleggjast, for kunden manglar postadresse.",
                nextStep: "Legg inn gate eller postboks, postnummer og poststad på kunden, eller"
                    + " vel ein annan utsendingsplan.")
        case .attachmentTooLarge:
            Explanation(
                summary: "Vedlegga er for store til å sendast på e-post.",
                nextStep: "Gjer vedlegga mindre, eller fjern nokre av dei.")
        case .attachmentUnreadable:
            Explanation(
                summary: "Eit vedlegg kan ikkje lesast.",
                nextStep: "Opne vedlegget, lagre det på nytt og last det opp igjen, helst som"
                    + " PDF.")
        case .documentFailed:
            Explanation(
                summary: "Dokumentet kunne ikkje lagast.",
                nextStep: "Rett det som er nemnt, og send på nytt. Kjem feilen igjen, tek du"
                    + " kontakt med kundestøtte.")
        case .logoUnusable:
            Explanation(
                summary: "Blanketten har ein logo som ikkje kan brukast.",
                nextStep: "Lagre logoen på nytt som ein vanleg PNG eller JPEG, last han opp i"
                    + " blanketten, og send på nytt.")
        case .ehfRuleBroken:
            Explanation(
                summary: "EHF-kontrollen til mottakaren ville ha avvist dokumentet.",
                nextStep: "Rett det som er nemnt, og send på nytt."
                    + " Nummeret på regelen står i parentes.")
        case .templateVariableUnknown:
            Explanation(
                summary: "E-postteksten i blanketten kan ikkje fyllast ut.",
                nextStep: "Rett e-postteksten i blanketten.")
        case .sellerIncomplete:
            Explanation(
                summary: "Opplysningane om firmaet ditt er ikkje fullstendige.",
                nextStep: "Fyll ut firmaopplysningane. Ein faktura må ha namnet, adressa og"
                    + " organisasjonsnummeret til firmaet.")
        case .customerIncomplete:
            Explanation(
                summary: "Opplysningane om kunden er ikkje fullstendige.",
                nextStep: "Fyll ut opplysningane på kunden. Ein faktura må ha namnet og"
                    + " adressa eller organisasjonsnummeret til kunden.")
        case .invoiceIncomplete:
            Explanation(
                summary: "Fakturaen manglar noko som lova krev.",
                nextStep: "Rett det som er nemnt, der fakturaen er laga. Ein faktura som"
                    + " er utferda, blir retta med kreditnota og ny faktura.")
        case .vatRateUnknown:
            Explanation(
                summary: "Mva-satsen finst ikkje, eller han gjeld ikkje når perioden byrjar.",
                nextStep: "Vel ein mva-sats som gjeld, på kvar linje.")
        case .indexValueMissing:
            Explanation(
                summary: "Prisindeksen manglar verdien som prisen skal regulerast etter.",
                nextStep: "Legg inn verdien for månaden som er nemnd, når han er publisert.")
        case .exchangeRateMissing:
            Explanation(
                summary: "Valutakursen manglar, så mva. kan ikkje oppgjevast i norske kroner.",
                nextStep: "Legg inn kursen for fakturadatoen eller ein av dei næraste dagane før.")
        case .catchUpNeedsDecision:
            Explanation(
                summary: "Fleire periodar er ikkje fakturerte, og nokon må avgjere kva som"
                    + " skal skje med dei.",
                nextStep: "Skal dei fakturerast, alle saman, skriv du dagens dato i"
                    + " catch_up_through på avtalen. Skal dei ikkje det, skriv du i skip_before"
                    + " den dagen avtalen skal fakturerast frå. Det som byrjar før, blir aldri"
                    + " fakturert.")
        case .rowUnreadable:
            Explanation(
                summary: "Noko som er registrert, kan ikkje brukast: ein dato, eit tal eller ein"
                    + " tekst som er utanfor det moglege.",
                nextStep: "Rett det som er nemnt. Finn du det ikkje att i"
                    + " rekneskapssystemet, kan kundestøtte rette det.")
        case .numberSeriesPassed:
            Explanation(
                summary:
                    "Selskapet sin eigen nummerserie ville byrje med nummer som selskapet alt har brukt"
                    + " i eit anna system.",
                nextStep:
                    "Set første fakturanummer (first_invoice_number) høgare enn det, og fakturaene"
                    + " blir laga neste natt.")
        case .internalError:
            Explanation(
                summary: "Det oppstod ein feil hos oss.",
                nextStep: "Ta kontakt med kundestøtte om feilen kjem igjen.")
        }
    }
}
