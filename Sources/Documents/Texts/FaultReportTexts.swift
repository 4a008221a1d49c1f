import Invoicing

/// The texts of the e-mail that notifies a user of what was stopped, and of what was resolved.
///
/// Counted texts have a singular and a plural form; `%` is the count.
struct FaultReportTexts: SpokenTexts, Hashable {
    struct Counted: Hashable {
        var one: String
        var many: String

        func text(_ count: Int) -> String {
            count == 1 ? one : many.replacing("%", with: String(count), maxReplacements: 1)
        }
    }

    /// The texts for what no longer fails.
    struct Resolved: Hashable {
        var heading: String
        var introduction: String
        var nextStep: String
    }

    let language: Language

    static func texts(_ language: Language) -> FaultReportTexts {
        FaultReportTexts(language: language)
    }

    var stoppedSubject: Counted {
        Counted(
            one: say(
                nb: "1 utsendelse ble stoppet",
                nn: "1 utsending vart stoppa",
                en: "1 dispatch was stopped"),
            many: say(
                nb: "% utsendelser ble stoppet",
                nn: "% utsendingar vart stoppa",
                en: "% dispatches were stopped"))
    }

    var forecastSubject: Counted {
        Counted(
            one: say(
                nb: "1 utsendelse kommer til å bli stoppet",
                nn: "1 utsending kjem til å bli stoppa",
                en: "1 dispatch will be stopped"),
            many: say(
                nb: "% utsendelser kommer til å bli stoppet",
                nn: "% utsendingar kjem til å bli stoppa",
                en: "% dispatches will be stopped"))
    }

    var resolvedSubject: Counted {
        Counted(
            one: say(
                nb: "1 utsendelse er ikke lenger stoppet",
                nn: "1 utsending er ikkje lenger stoppa",
                en: "1 dispatch is no longer stopped"),
            many: say(
                nb: "% utsendelser er ikke lenger stoppet",
                nn: "% utsendingar er ikkje lenger stoppa",
                en: "% dispatches are no longer stopped"))
    }

    var greeting: String { say(nb: "Hei", nn: "Hei", en: "Hello") }

    var stoppedIntroduction: String {
        say(
            nb: "Dette ble ikke sendt. Det blir liggende til feilen er rettet.",
            nn: "Dette vart ikkje sendt. Det blir liggjande til feilen er retta.",
            en: "These were not sent. They stay until the fault is mended.")
    }

    var forecastIntroduction: String {
        say(
            nb: "Dette kommer ikke til å bli sendt, hvis det ikke rettes før datoen.",
            nn: "Dette kjem ikkje til å bli sendt, om det ikkje blir retta før datoen.",
            en: "These will not be sent, unless they are mended before the date.")
    }

    var remedy: String {
        say(nb: "Slik retter du det:", nn: "Slik rettar du det:", en: "How to mend it:")
    }

    /// What follows once it is resolved, automatically and by the user.
    var thenMade: String {
        say(
            nb: "Når det er rettet, lages og sendes fakturaen av seg selv neste natt.",
            nn: "Når det er retta, blir fakturaen laga og send av seg sjølv neste natt.",
            en: "Once it is mended, the invoice is made and sent by itself the next night.")
    }

    var thenSendAgain: String {
        say(
            nb: "Når det er rettet, åpner du fakturaen og velger «Send på nytt».",
            nn: "Når det er retta, opnar du fakturaen og vel «Send på nytt».",
            en: "Once it is mended, open the invoice and choose “Send again”.")
    }

    var more: Counted {
        Counted(
            one: say(
                nb: "og 1 til, som står i utsendingslisten",
                nn: "og 1 til, som står i utsendingslista",
                en: "and 1 more, which is in the dispatch list"),
            many: say(
                nb: "og % til, som står i utsendingslisten",
                nn: "og % til, som står i utsendingslista",
                en: "and % more, which are in the dispatch list"))
    }

    var resolvedToSend: Resolved {
        Resolved(
            heading: say(
                nb: "Rettet siden sist, og klart til å sendes",
                nn: "Retta sidan sist, og klart til å sendast",
                en: "Mended since last time, and ready to be sent"),
            introduction: say(
                nb: "Feilen er borte, men dokumentet er ikke sendt ennå.",
                nn: "Feilen er borte, men dokumentet er ikkje sendt enno.",
                en: "The fault is gone, but the document has not been sent yet."),
            nextStep: say(
                nb: "Åpne fakturaen og velg «Send på nytt».",
                nn: "Opne fakturaen og vel «Send på nytt».",
                en: "Open the invoice and choose “Send again”."))
    }

    var resolvedAndMade: Resolved {
        Resolved(
            heading: say(
                nb: "Rettet siden sist, og på vei",
                nn: "Retta sidan sist, og på veg",
                en: "Mended since last time, and on its way"),
            introduction: say(
                nb: "Feilen er borte, og dokumentet sendes nå.",
                nn: "Feilen er borte, og dokumentet blir sendt no.",
                en: "The fault is gone, and the document is being sent."),
            nextStep: say(
                nb: "Du trenger ikke gjøre noe.",
                nn: "Du treng ikkje gjere noko.",
                en: "You need do nothing."))
    }

    var passedOver: Resolved {
        Resolved(
            heading: say(
                nb: "Blir ikke fakturert",
                nn: "Blir ikkje fakturert",
                en: "Will not be invoiced"),
            introduction: say(
                nb: "Perioden er hoppet over, slik avtalen sier, og det blir ikke laget noen"
                    + " faktura for den.",
                nn: "Perioden er hoppa over, slik avtalen seier, og det blir ikkje laga nokon"
                    + " faktura for han.",
                en: "The period is passed over, as the agreement says, and no invoice is made of"
                    + " it."),
            nextStep: say(
                nb: "Er det meningen, trenger du ikke gjøre noe. Ellers lager du fakturaen for"
                    + " hånd.",
                nn: "Er det meininga, treng du ikkje gjere noko. Elles lagar du fakturaen for"
                    + " hand.",
                en: "If that is intended, there is nothing to do. Otherwise make the invoice by"
                    + " hand."))
    }

    var agreement: String { say(nb: "Avtale", nn: "Avtale", en: "Agreement") }

    /// Precedes the address of a copy's recipient.
    var copyTo: String { say(nb: "kopi til", nn: "kopi til", en: "copy to") }

    var due: String { say(nb: "fakturadato", nn: "fakturadato", en: "invoice date") }

    var onceOnly: String {
        say(
            nb: "Den samme feilen blir bare meldt én gang.",
            nn: "Den same feilen blir berre meld éin gong.",
            en: "The same fault is reported only once.")
    }

    var client: String { say(nb: "Klient", nn: "Klient", en: "Client") }
}
