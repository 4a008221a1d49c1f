import Invoicing

/// Each fault of the prechecks in plain words, and how to resolve it.
enum FaultTexts {
    static func advice(on code: FaultCode) -> Advice {
        switch code {
        case .formTemplateMissing:
            Advice(
                summary: Trilingual(
                    nb: "Det mangler blankett for dokumenttypen i blankettoppsettet.",
                    nn: "Det manglar blankett for dokumenttypen i blankettoppsettet.",
                    en: "The form setup has no form template for this document type."),
                nextStep: Trilingual(
                    nb: "Velg en blankett i blankettoppsettet.",
                    nn: "Vel ein blankett i blankettoppsettet.",
                    en: "Choose a form template in the form setup."))
        case .sendPlanMissing:
            Advice(
                summary: Trilingual(
                    nb: "Det er ikke valgt noen utsendelsesplan.",
                    nn: "Det er ikkje vald nokon utsendingsplan.",
                    en: "No send plan has been chosen."),
                nextStep: Trilingual(
                    nb: "Velg en utsendelsesplan på avtalen. En faktura fra et annet system leser"
                        + " du inn igjen med en utsendelsesplan.",
                    nn: "Vel ein utsendingsplan på avtalen. Ein faktura frå eit anna system les du"
                        + " inn igjen med ein utsendingsplan.",
                    en: "Choose a send plan on the agreement. Import an invoice of another system"
                        + " again, with a send plan."))
        case .sendPlanEmpty:
            Advice(
                summary: Trilingual(
                    nb: "Utsendelsesplanen er tom, så dokumentet blir ikke sendt.",
                    nn: "Utsendingsplanen er tom, så dokumentet blir ikkje sendt.",
                    en: "The send plan is empty, so the document is not sent."),
                nextStep: Trilingual(
                    nb: "Er det meningen, trenger du ikke gjøre noe. Ellers legger du til en kanal"
                        + " i planen.",
                    nn: "Er det meininga, treng du ikkje gjere noko. Elles legg du til ein kanal i"
                        + " planen.",
                    en: "If that is intended, there is nothing to do. Otherwise add a channel to"
                        + " the plan."))
        case .noUsableChannel:
            Advice(
                summary: Trilingual(
                    nb: "Ingen av kanalene i utsendelsesplanen kan brukes for denne kunden.",
                    nn: "Ingen av kanalane i utsendingsplanen kan brukast for denne kunden.",
                    en: "None of the channels of the send plan can be used for this customer."),
                nextStep: Trilingual(
                    nb: "Skal den gå som EHF, legger du inn organisasjonsnummeret eller den"
                        + " elektroniske adressen på kunden. Ellers velger du en annen"
                        + " utsendelsesplan på avtalen.",
                    nn: "Skal han gå som EHF, legg du inn organisasjonsnummeret eller den"
                        + " elektroniske adressa på kunden. Elles vel du ein annan utsendingsplan"
                        + " på avtalen.",
                    en: "If it is to go as EHF, enter the organisation number or the electronic"
                        + " address on the customer. Otherwise choose another send plan on the"
                        + " agreement."))
        case .recipientMissing:
            Advice(
                summary: Trilingual(
                    nb: "Kunden har ingen e-postadresse.",
                    nn: "Kunden har inga e-postadresse.",
                    en: "The customer has no e-mail address."),
                nextStep: Trilingual(
                    nb: "Legg inn e-postadressen på kunden. En faktura fra et annet system leser"
                        + " du inn igjen med riktig mottaker.",
                    nn: "Legg inn e-postadressa på kunden. Ein faktura frå eit anna system les du"
                        + " inn igjen med rett mottakar.",
                    en: "Enter the e-mail address on the customer. Import an invoice of another"
                        + " system again, with the right recipient."))
        case .recipientInvalid:
            Advice(
                summary: Trilingual(
                    nb: "E-postadressen er ikke gyldig.",
                    nn: "E-postadressa er ikkje gyldig.",
                    en: "The e-mail address is not valid."),
                nextStep: Trilingual(
                    nb: "Rett e-postadressen på kunden. En faktura fra et annet system leser du"
                        + " inn igjen med riktig mottaker.",
                    nn: "Rett e-postadressa på kunden. Ein faktura frå eit anna system les du inn"
                        + " igjen med rett mottakar.",
                    en: "Mend the e-mail address on the customer. Import an invoice of another"
                        + " system again, with the right recipient."))
        case .recipientSeveral:
            Advice(
                summary: Trilingual(
                    nb: "E-postfeltet på kunden har flere adresser.",
                    nn: "E-postfeltet på kunden har fleire adresser.",
                    en: "The customer's e-mail field holds several addresses."),
                nextStep: Trilingual(
                    nb: "La hovedmottakeren stå alene i e-postfeltet på kunden, og legg de andre i"
                        + " feltet for kopier.",
                    nn: "Lat hovudmottakaren stå åleine i e-postfeltet på kunden, og legg dei"
                        + " andre i feltet for kopiar.",
                    en: "Leave the main recipient alone in the customer's e-mail field, and add"
                        + " the others to the field for copies."))
        case .recipientSuppressed:
            Advice(
                summary: Trilingual(
                    nb: "E-postadressen er blokkert etter en tidligere utsendelse.",
                    nn: "E-postadressa er blokkert etter ei tidlegare utsending.",
                    en: "The e-mail address is blocked after an earlier dispatch."),
                nextStep: Trilingual(
                    nb: "Bytt e-postadressen på kunden, eller ta kontakt med kundestøtte for å få"
                        + " opphevet blokkeringen. En faktura fra et annet system leser du inn"
                        + " igjen med en annen mottaker.",
                    nn: "Byt e-postadressa på kunden, eller ta kontakt med kundestøtte for å få"
                        + " oppheva blokkeringa. Ein faktura frå eit anna system les du inn igjen"
                        + " med ein annan mottakar.",
                    en: "Change the e-mail address on the customer, or ask support to have the"
                        + " block lifted. Import an invoice of another system again, with another"
                        + " recipient."))
        case .postalAddressMissing:
            Advice(
                summary: Trilingual(
                    nb: "Brevet kan ikke postlegges, for kunden mangler postadresse.",
                    nn: "Brevet kan ikkje postleggjast, for kunden manglar postadresse.",
                    en: "The letter cannot be posted, since the customer has no postal address."),
                nextStep: Trilingual(
                    nb: "Legg inn gate eller postboks, postnummer og poststed på kunden, eller"
                        + " velg en annen utsendelsesplan.",
                    nn: "Legg inn gate eller postboks, postnummer og poststad på kunden, eller vel"
                        + " ein annan utsendingsplan.",
                    en: "Enter street or post box, postal code and city on the customer, or"
                        + " choose another send plan."))
        case .attachmentTooLarge:
            Advice(
                summary: Trilingual(
                    nb: "Vedleggene er for store til å sendes på e-post.",
                    nn: "Vedlegga er for store til å sendast på e-post.",
                    en: "The attachments are too large to be sent by e-mail."),
                nextStep: Trilingual(
                    nb: "Gjør vedleggene på avtalen mindre, eller fjern noen av dem. En faktura"
                        + " fra et annet system sender du på en annen måte.",
                    nn: "Gjer vedlegga på avtalen mindre, eller fjern nokre av dei. Ein faktura"
                        + " frå eit anna system sender du på ein annan måte.",
                    en: "Make the attachments of the agreement smaller, or remove some of them."
                        + " Send an invoice of another system in another way."))
        case .attachmentUnreadable:
            Advice(
                summary: Trilingual(
                    nb: "Et vedlegg kan ikke leses, eller det kan ikke skrives ut i et brev.",
                    nn: "Eit vedlegg kan ikkje lesast, eller det kan ikkje skrivast ut i eit brev.",
                    en: "An attachment cannot be read, or it cannot be printed in a letter."),
                nextStep: Trilingual(
                    nb: "Åpne vedlegget, lagre det på nytt som PDF, og last det opp igjen på"
                        + " avtalen. En faktura fra et annet system sender du på en annen måte.",
                    nn: "Opne vedlegget, lagre det på nytt som PDF, og last det opp igjen på"
                        + " avtalen. Ein faktura frå eit anna system sender du på ein annan måte.",
                    en: "Open the attachment, save it anew as PDF, and upload it to the agreement"
                        + " again. Send an invoice of another system in another way."))
        case .documentFailed:
            Advice(
                summary: Trilingual(
                    nb: "Dokumentet kunne ikke lages.",
                    nn: "Dokumentet kunne ikkje lagast.",
                    en: "The document could not be made."),
                nextStep: Trilingual(
                    nb: "Rett det som er nevnt. Kommer feilen igjen, tar du kontakt med"
                        + " kundestøtte.",
                    nn: "Rett det som er nemnt. Kjem feilen igjen, tek du kontakt med kundestøtte.",
                    en: "Mend what is named. If the fault comes back, contact support."))
        case .logoUnusable:
            Advice(
                summary: Trilingual(
                    nb: "Blanketten har en logo som ikke kan brukes.",
                    nn: "Blanketten har ein logo som ikkje kan brukast.",
                    en: "The form template has a logo that can't be used."),
                nextStep: Trilingual(
                    nb: "Lagre logoen på nytt som en vanlig PNG eller JPEG, og last den opp i"
                        + " blanketten.",
                    nn: "Lagre logoen på nytt som ein vanleg PNG eller JPEG, og last han opp i"
                        + " blanketten.",
                    en: "Save the logo anew as a plain PNG or JPEG, and upload it to the form"
                        + " template."))
        case .ehfRuleBroken:
            Advice(
                summary: Trilingual(
                    nb: "Mottakerens EHF-kontroll ville ha avvist dokumentet.",
                    nn: "EHF-kontrollen til mottakaren ville ha avvist dokumentet.",
                    en: "The receiver's EHF check would refuse the document."),
                nextStep: Trilingual(
                    nb: "Rett det som er nevnt, på kunden, avtalen eller firmaet. Er fakturaen"
                        + " laget i et annet system, rettes det der. Regelens nummer står i"
                        + " parentes.",
                    nn: "Rett det som er nemnt, på kunden, avtalen eller firmaet. Er fakturaen"
                        + " laga i eit anna system, blir det retta der. Nummeret på regelen står i"
                        + " parentes.",
                    en: "Mend what is named, on the customer, the agreement or the company. If"
                        + " the invoice was made in another system, it is mended there. The"
                        + " rule's number stands in parentheses."))
        case .templateVariableUnknown:
            Advice(
                summary: Trilingual(
                    nb: "E-postteksten i blanketten kan ikke fylles ut.",
                    nn: "E-postteksten i blanketten kan ikkje fyllast ut.",
                    en: "The e-mail text of the form template cannot be filled in."),
                nextStep: Trilingual(
                    nb: "Rett e-postteksten i blanketten på den linjen som er nevnt.",
                    nn: "Rett e-postteksten i blanketten på den linja som er nemnd.",
                    en: "Mend the e-mail text in the form template, at the line that is named."))
        case .lineVariableUnknown:
            Advice(
                summary: Trilingual(
                    nb: "En linje eller innledningen på avtalen har en variabel som ikke finnes.",
                    nn: "Ei linje eller innleiinga på avtalen har ein variabel som ikkje finst.",
                    en: "A line or the introduction of the agreement has a variable that does not"
                        + " exist."),
                nextStep: Trilingual(
                    nb: "Rett variabelen i teksten på avtalen, for eksempel til {{måned}} eller"
                        + " {{år}}, eller fjern den.",
                    nn: "Rett variabelen i teksten på avtalen, til dømes til {{måned}} eller"
                        + " {{år}}, eller fjern han.",
                    en: "Mend the variable in the agreement's text, for instance to {{month}} or"
                        + " {{year}}, or remove it."))
        case .sellerIncomplete:
            Advice(
                summary: Trilingual(
                    nb: "Opplysningene om firmaet ditt er ikke fullstendige.",
                    nn: "Opplysningane om firmaet ditt er ikkje fullstendige.",
                    en: "The details of your company are not complete."),
                nextStep: Trilingual(
                    nb: "Fyll ut det som er nevnt, i firmaopplysningene. Er fakturaen laget i et"
                        + " annet system, rettes det der.",
                    nn: "Fyll ut det som er nemnt, i firmaopplysningane. Er fakturaen laga i eit"
                        + " anna system, blir det retta der.",
                    en: "Fill in what is named, in the company details. If the invoice was made"
                        + " in another system, it is mended there."))
        case .customerIncomplete:
            Advice(
                summary: Trilingual(
                    nb: "Opplysningene om kunden er ikke fullstendige.",
                    nn: "Opplysningane om kunden er ikkje fullstendige.",
                    en: "The details of the customer are not complete."),
                nextStep: Trilingual(
                    nb: "Fyll ut det som er nevnt, på kunden. Er fakturaen laget i et annet"
                        + " system, rettes det der.",
                    nn: "Fyll ut det som er nemnt, på kunden. Er fakturaen laga i eit anna system,"
                        + " blir det retta der.",
                    en: "Fill in what is named, on the customer. If the invoice was made in"
                        + " another system, it is mended there."))
        case .invoiceIncomplete:
            Advice(
                summary: Trilingual(
                    nb: "Fakturaen mangler noe som loven krever.",
                    nn: "Fakturaen manglar noko som lova krev.",
                    en: "The invoice lacks something that the law asks for."),
                nextStep: Trilingual(
                    nb: "Rett det som er nevnt, der fakturaen er laget. En faktura som er utstedt,"
                        + " rettes med kreditnota og ny faktura.",
                    nn: "Rett det som er nemnt, der fakturaen er laga. Ein faktura som er utferda,"
                        + " blir retta med kreditnota og ny faktura.",
                    en: "Mend what is named, where the invoice was made. An invoice that has been"
                        + " issued is mended by a credit note and a new invoice."))
        case .kidUnusable:
            Advice(
                summary: Trilingual(
                    nb: "KID-nummeret kan ikke lages: et nummer har ikke plass i det.",
                    nn: "KID-nummeret kan ikkje lagast: eit nummer har ikkje plass i det.",
                    en: "The KID cannot be made: a number does not fit it."),
                nextStep: Trilingual(
                    nb: "Øk antall siffer i KID-oppsettet på firmaet (kid_customer_digits,"
                        + " kid_invoice_digits) etter avtalen med banken, eller slå av KID"
                        + " (kid_algorithm: none). Et kundenummer med bokstaver kan ikke stå i"
                        + " KID.",
                    nn: "Auk talet på siffer i KID-oppsettet på firmaet (kid_customer_digits,"
                        + " kid_invoice_digits) etter avtalen med banken, eller slå av KID"
                        + " (kid_algorithm: none). Eit kundenummer med bokstavar kan ikkje stå i"
                        + " KID.",
                    en: "Raise the number of digits in the company's KID setup"
                        + " (kid_customer_digits, kid_invoice_digits) by the agreement with the"
                        + " bank, or do without KID (kid_algorithm: none). A customer number with"
                        + " letters cannot stand in a KID."))
        case .vatRateUnknown:
            Advice(
                summary: Trilingual(
                    nb: "Mva-satsen finnes ikke, eller den gjelder ikke når perioden begynner.",
                    nn: "Mva-satsen finst ikkje, eller han gjeld ikkje når perioden byrjar.",
                    en: "The VAT rate does not exist, or does not apply when the period begins."),
                nextStep: Trilingual(
                    nb: "Velg en mva-kode som gjelder, på linjene i avtalen, eller legg inn satsen"
                        + " for koden som er nevnt.",
                    nn: "Vel ein mva-kode som gjeld, på linjene i avtalen, eller legg inn satsen"
                        + " for koden som er nemnd.",
                    en: "Choose a VAT code that applies on the lines of the agreement, or enter"
                        + " the rate of the code that is named."))
        case .indexValueMissing:
            Advice(
                summary: Trilingual(
                    nb: "Prisindeksen mangler verdien som prisen skal reguleres etter.",
                    nn: "Prisindeksen manglar verdien som prisen skal regulerast etter.",
                    en: "The price index lacks the value that the price is adjusted by."),
                nextStep: Trilingual(
                    nb: "Legg inn verdien for måneden som er nevnt, når den er publisert.",
                    nn: "Legg inn verdien for månaden som er nemnd, når han er publisert.",
                    en: "Enter the value of the month mentioned, once it is published."))
        case .exchangeRateMissing:
            Advice(
                summary: Trilingual(
                    nb: "Valutakursen mangler, så mva. kan ikke oppgis i norske kroner.",
                    nn: "Valutakursen manglar, så mva. kan ikkje oppgjevast i norske kroner.",
                    en: "There is no exchange rate to state the VAT in Norwegian kroner by."),
                nextStep: Trilingual(
                    nb: "Legg inn kursen for fakturadatoen eller en av de nærmeste dagene før.",
                    nn: "Legg inn kursen for fakturadatoen eller ein av dei næraste dagane før.",
                    en: "Enter the rate of the invoice date, or of one of the last days before."))
        case .catchUpNeedsDecision:
            Advice(
                summary: Trilingual(
                    nb: "Flere perioder er ikke fakturert, og noen må avgjøre hva som skal skje"
                        + " med dem.",
                    nn: "Fleire periodar er ikkje fakturerte, og nokon må avgjere kva som skal"
                        + " skje med dei.",
                    en: "Several periods have not been invoiced, and somebody must decide what to"
                        + " do with them."),
                nextStep: Trilingual(
                    nb: "Skal de faktureres, alle sammen, skriver du dagens dato i"
                        + " catch_up_through på avtalen. Skal de ikke det, skriver du i"
                        + " skip_before den dagen avtalen skal faktureres fra. Det som begynner"
                        + " før, blir aldri fakturert.",
                    nn: "Skal dei fakturerast, alle saman, skriv du dagens dato i catch_up_through"
                        + " på avtalen. Skal dei ikkje det, skriv du i skip_before den dagen"
                        + " avtalen skal fakturerast frå. Det som byrjar før, blir aldri"
                        + " fakturert.",
                    en: "If all of them are to be invoiced, write today's date in"
                        + " catch_up_through of the agreement. If not, write in skip_before the"
                        + " day that it is to be invoiced from. What begins earlier is never"
                        + " invoiced."))
        case .rowUnreadable:
            Advice(
                summary: Trilingual(
                    nb: "Noe som er registrert, kan ikke brukes: en dato, et tall eller en tekst"
                        + " som er utenfor det mulige.",
                    nn: "Noko som er registrert, kan ikkje brukast: ein dato, eit tal eller ein"
                        + " tekst som er utanfor det moglege.",
                    en: "Something that is registered can't be used: a date, a number or a text"
                        + " beyond what is possible."),
                nextStep: Trilingual(
                    nb: "Rett det som er nevnt. Finner du det ikke igjen i regnskapssystemet, kan"
                        + " kundestøtte rette det.",
                    nn: "Rett det som er nemnt. Finn du det ikkje att i rekneskapssystemet, kan"
                        + " kundestøtte rette det.",
                    en: "Correct what is named. If you can't find it in the accounting system,"
                        + " support can correct it."))
        case .numberSeriesPassed:
            Advice(
                summary: Trilingual(
                    nb: "Selskapets egen nummerserie ville begynne med numre som selskapet alt har"
                        + " brukt i et annet system.",
                    nn: "Selskapet sin eigen nummerserie ville byrje med nummer som selskapet alt"
                        + " har brukt i eit anna system.",
                    en: "The company's own series would begin with numbers that the company has"
                        + " used already in another system."),
                nextStep: Trilingual(
                    nb: "Sett første fakturanummer (first_invoice_number) høyere enn det, og"
                        + " fakturaene lages neste natt.",
                    nn: "Set første fakturanummer (first_invoice_number) høgare enn det, og"
                        + " fakturaene blir laga neste natt.",
                    en: "Set the first invoice number (first_invoice_number) above that, and the"
                        + " invoices are made the next night."))
        case .internalError:
            Advice(
                summary: Trilingual(
                    nb: "Det oppsto en feil hos oss.",
                    nn: "Det oppstod ein feil hos oss.",
                    en: "Something went wrong on our side."),
                nextStep: Trilingual(
                    nb: "Vi prøver igjen neste natt. Ta kontakt med kundestøtte hvis feilen kommer"
                        + " igjen.",
                    nn: "Vi prøver igjen neste natt. Ta kontakt med kundestøtte om feilen kjem"
                        + " igjen.",
                    en: "We try again the next night. Contact support if it happens again."))
        }
    }
}
