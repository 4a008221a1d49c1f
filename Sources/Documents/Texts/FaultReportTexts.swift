import Invoicing

/// The words of the e-mail that tells a user what was stopped, and what may go now.
///
/// Counts come in two forms, one and many; `%` is the count.
struct FaultReportTexts: Hashable {
    struct Counted: Hashable {
        var one: String
        var many: String

        func text(_ count: Int) -> String {
            count == 1 ? one : many.replacing("%", with: String(count), maxReplacements: 1)
        }
    }

    /// What is said of what no longer fails.
    struct Mended: Hashable {
        var heading: String
        var introduction: String
        var nextStep: String
    }

    var stoppedSubject: Counted
    var forecastSubject: Counted
    var mendedSubject: Counted
    var greeting: String
    var stoppedIntroduction: String
    var forecastIntroduction: String
    var remedy: String
    /// What follows once it is mended, by itself and by the user's own hand.
    var thenMade: String
    var thenSendAgain: String
    var more: Counted
    var mendedToSend: Mended
    var mendedAndMade: Mended
    var passedOver: Mended
    var agreement: String
    /// Before the address of who gets a copy.
    var copyTo: String
    var due: String
    var onceOnly: String
    var client: String
}

extension FaultReportTexts {
    static func texts(_ language: Language) -> FaultReportTexts {
        switch language {
        case .nb: nb
        case .nn: nn
        case .en: en
        }
    }

    static let nb = FaultReportTexts(
        stoppedSubject: Counted(
            one: "1 utsendelse ble stoppet", many: "% utsendelser ble stoppet"),
        forecastSubject: Counted(
            one: "1 utsendelse kommer til å bli stoppet",
            many: "% utsendelser kommer til å bli stoppet"),
        mendedSubject: Counted(
            one: "1 utsendelse er ikke lenger stoppet",
            many: "% utsendelser er ikke lenger stoppet"),
        greeting: "Hei",
        stoppedIntroduction: "Dette ble ikke sendt. Det blir liggende til feilen er rettet.",
        forecastIntroduction: "Dette kommer ikke til å bli sendt, hvis det ikke rettes før datoen.",
        remedy: "Slik retter du det:",
        thenMade: "Når det er rettet, lages og sendes fakturaen av seg selv neste natt.",
        thenSendAgain: "Når det er rettet, åpner du fakturaen og velger «Send på nytt».",
        more: Counted(
            one: "og 1 til, som står i utsendingslisten",
            many: "og % til, som står i utsendingslisten"),
        mendedToSend: Mended(
            heading: "Rettet siden sist, og klart til å sendes",
            introduction: "Feilen er borte, men dokumentet er ikke sendt ennå.",
            nextStep: "Åpne fakturaen og velg «Send på nytt»."),
        mendedAndMade: Mended(
            heading: "Rettet siden sist, og på vei",
            introduction: "Feilen er borte, og dokumentet sendes nå.",
            nextStep: "Du trenger ikke gjøre noe."),
        passedOver: Mended(
            heading: "Blir ikke fakturert",
            introduction: "Perioden er hoppet over, slik avtalen sier, og det blir ikke laget noen"
                + " faktura for den.",
            nextStep: "Er det meningen, trenger du ikke gjøre noe. Ellers lager du fakturaen for"
                + " hånd."),
        agreement: "Avtale", copyTo: "kopi til", due: "fakturadato",
        onceOnly: "Den samme feilen blir bare meldt én gang.", client: "Klient")

    static let nn = FaultReportTexts(
        stoppedSubject: Counted(
            one: "1 utsending vart stoppa", many: "% utsendingar vart stoppa"),
        forecastSubject: Counted(
            one: "1 utsending kjem til å bli stoppa",
            many: "% utsendingar kjem til å bli stoppa"),
        mendedSubject: Counted(
            one: "1 utsending er ikkje lenger stoppa",
            many: "% utsendingar er ikkje lenger stoppa"),
        greeting: "Hei",
        stoppedIntroduction: "Dette vart ikkje sendt. Det blir liggjande til feilen er retta.",
        forecastIntroduction: "Dette kjem ikkje til å bli sendt, om det ikkje blir retta før"
            + " datoen.",
        remedy: "Slik rettar du det:",
        thenMade: "Når det er retta, blir fakturaen laga og send av seg sjølv neste natt.",
        thenSendAgain: "Når det er retta, opnar du fakturaen og vel «Send på nytt».",
        more: Counted(
            one: "og 1 til, som står i utsendingslista",
            many: "og % til, som står i utsendingslista"),
        mendedToSend: Mended(
            heading: "Retta sidan sist, og klart til å sendast",
            introduction: "Feilen er borte, men dokumentet er ikkje sendt enno.",
            nextStep: "Opne fakturaen og vel «Send på nytt»."),
        mendedAndMade: Mended(
            heading: "Retta sidan sist, og på veg",
            introduction: "Feilen er borte, og dokumentet blir sendt no.",
            nextStep: "Du treng ikkje gjere noko."),
        passedOver: Mended(
            heading: "Blir ikkje fakturert",
            introduction: "Perioden er hoppa over, slik avtalen seier, og det blir ikkje laga nokon"
                + " faktura for han.",
            nextStep: "Er det meininga, treng du ikkje gjere noko. Elles lagar du fakturaen for"
                + " hand."),
        agreement: "Avtale", copyTo: "kopi til", due: "fakturadato",
        onceOnly: "Den same feilen blir berre meld éin gong.", client: "Klient")

    static let en = FaultReportTexts(
        stoppedSubject: Counted(
            one: "1 dispatch was stopped", many: "% dispatches were stopped"),
        forecastSubject: Counted(
            one: "1 dispatch will be stopped", many: "% dispatches will be stopped"),
        mendedSubject: Counted(
            one: "1 dispatch is no longer stopped",
            many: "% dispatches are no longer stopped"),
        greeting: "Hello",
        stoppedIntroduction: "These were not sent. They stay until the fault is mended.",
        forecastIntroduction: "These will not be sent, unless they are mended before the date.",
        remedy: "How to mend it:",
        thenMade: "Once it is mended, the invoice is made and sent by itself the next night.",
        thenSendAgain: "Once it is mended, open the invoice and choose “Send again”.",
        more: Counted(
            one: "and 1 more, which is in the dispatch list",
            many: "and % more, which are in the dispatch list"),
        mendedToSend: Mended(
            heading: "Mended since last time, and ready to be sent",
            introduction: "The fault is gone, but the document has not been sent yet.",
            nextStep: "Open the invoice and choose “Send again”."),
        mendedAndMade: Mended(
            heading: "Mended since last time, and on its way",
            introduction: "The fault is gone, and the document is being sent.",
            nextStep: "You need do nothing."),
        passedOver: Mended(
            heading: "Will not be invoiced",
            introduction: "The period is passed over, as the agreement says, and no invoice is made"
                + " of it.",
            nextStep: "If that is intended, there is nothing to do. Otherwise make the invoice by"
                + " hand."),
        agreement: "Agreement", copyTo: "copy to", due: "invoice date",
        onceOnly: "The same fault is reported only once.", client: "Client")
}
