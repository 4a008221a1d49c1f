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
                nextStep: "Vel ein utsendingsplan på avtalen. Ein faktura frå eit anna system"
                    + " les du inn igjen med ein utsendingsplan.")
        case .sendPlanEmpty:
            Explanation(
                summary: "Utsendingsplanen er tom, så dokumentet blir ikkje sendt.",
                nextStep: "Er det meininga, treng du ikkje gjere noko. Elles legg du til ein"
                    + " kanal i planen.")
        case .noUsableChannel:
            Explanation(
                summary: "Ingen av kanalane i utsendingsplanen kan brukast for denne kunden.",
                nextStep: "Skal han gå som EHF, legg du inn organisasjonsnummeret eller den"
                    + " elektroniske adressa på kunden. Elles vel du ein annan utsendingsplan"
                    + " på avtalen.")
        case .recipientMissing:
            Explanation(
                summary: "Kunden har inga e-postadresse.",
                nextStep: "Legg inn e-postadressa på kunden. Ein faktura frå eit anna system"
                    + " les du inn igjen med rett mottakar.")
        case .recipientInvalid:
            Explanation(
                summary: "E-postadressa er ikkje gyldig.",
                nextStep: "Rett e-postadressa på kunden. Ein faktura frå eit anna system les du"
                    + " inn igjen med rett mottakar.")
        case .recipientSeveral:
            Explanation(
                summary: "E-postfeltet på kunden har fleire adresser.",
                nextStep: "Lat hovudmottakaren stå åleine i e-postfeltet på kunden,"
                    + " og legg dei andre i feltet for kopiar.")
        case .recipientSuppressed:
            Explanation(
                summary: "E-postadressa er blokkert etter ei tidlegare utsending.",
                nextStep: "Byt e-postadressa på kunden, eller ta kontakt med kundestøtte for"
                    + " å få oppheva blokkeringa. Ein faktura frå eit anna system les du inn"
                    + " igjen med ein annan mottakar.")
        case .postalAddressMissing:
            Explanation(
                summary: "Brevet kan ikkje postleggjast, for kunden manglar postadresse.",
                nextStep: "Legg inn gate eller postboks, postnummer og poststad på kunden, eller"
                    + " vel ein annan utsendingsplan.")
        case .attachmentTooLarge:
            Explanation(
                summary: "Vedlegga er for store til å sendast på e-post.",
                nextStep: "Gjer vedlegga på avtalen mindre, eller fjern nokre av dei. Ein"
                    + " faktura frå eit anna system sender du på ein annan måte.")
        case .attachmentUnreadable:
            Explanation(
                summary:
                    "Eit vedlegg kan ikkje lesast, eller det kan ikkje skrivast ut i eit brev.",
                nextStep: "Opne vedlegget, lagre det på nytt som PDF, og last det opp igjen på"
                    + " avtalen. Ein faktura frå eit anna system sender du på ein annan måte.")
        case .documentFailed:
            Explanation(
                summary: "Dokumentet kunne ikkje lagast.",
                nextStep: "Rett det som er nemnt. Kjem feilen igjen, tek du kontakt med"
                    + " kundestøtte.")
        case .logoUnusable:
            Explanation(
                summary: "Blanketten har ein logo som ikkje kan brukast.",
                nextStep: "Lagre logoen på nytt som ein vanleg PNG eller JPEG, og last han opp i"
                    + " blanketten.")
        case .ehfRuleBroken:
            Explanation(
                summary: "EHF-kontrollen til mottakaren ville ha avvist dokumentet.",
                nextStep: "Rett det som er nemnt, på kunden, avtalen eller firmaet. Er fakturaen"
                    + " laga i eit anna system, blir det retta der. Nummeret på regelen står i"
                    + " parentes.")
        case .templateVariableUnknown:
            Explanation(
                summary: "E-postteksten i blanketten kan ikkje fyllast ut.",
                nextStep: "Rett e-postteksten i blanketten på den linja som er nemnd.")
        case .lineVariableUnknown:
            Explanation(
                summary: "Ei linje eller innleiinga på avtalen har ein variabel som ikkje finst.",
                nextStep: "Rett variabelen i teksten på avtalen, til dømes til {{måned}} eller"
                    + " {{år}}, eller fjern han.")
        case .sellerIncomplete:
            Explanation(
                summary: "Opplysningane om firmaet ditt er ikkje fullstendige.",
                nextStep: "Fyll ut det som er nemnt, i firmaopplysningane. Er fakturaen laga i eit"
                    + " anna system, blir det retta der.")
        case .customerIncomplete:
            Explanation(
                summary: "Opplysningane om kunden er ikkje fullstendige.",
                nextStep: "Fyll ut det som er nemnt, på kunden. Er fakturaen laga i eit anna"
                    + " system, blir det retta der.")
        case .invoiceIncomplete:
            Explanation(
                summary: "Fakturaen manglar noko som lova krev.",
                nextStep: "Rett det som er nemnt, der fakturaen er laga. Ein faktura som"
                    + " er utferda, blir retta med kreditnota og ny faktura.")
        case .kidUnusable:
            Explanation(
                summary: "KID-nummeret kan ikkje lagast: eit nummer har ikkje plass i det.",
                nextStep: "Auk talet på siffer i KID-oppsettet på firmaet (kid_customer_digits,"
                    + " kid_invoice_digits) etter avtalen med banken, eller slå av KID"
                    + " (kid_algorithm: none). Eit kundenummer med bokstavar kan ikkje stå i KID.")
        case .vatRateUnknown:
            Explanation(
                summary: "Mva-satsen finst ikkje, eller han gjeld ikkje når perioden byrjar.",
                nextStep: "Vel ein mva-kode som gjeld, på linjene i avtalen, eller legg inn"
                    + " satsen for koden som er nemnd.")
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
                nextStep: "Vi prøver igjen neste natt. Ta kontakt med kundestøtte om feilen kjem"
                    + " igjen.")
        }
    }
}
