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

    var stoppedSubject: Counted
    var forecastSubject: Counted
    var mendedSubject: Counted
    var greeting: String
    var stoppedIntroduction: String
    var forecastIntroduction: String
    var remedy: String
    var more: Counted
    var mendedHeading: String
    var mendedIntroduction: String
    var sendAgain: String
    var agreement: String
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
            one: "1 utsendelse kan sendes nå", many: "% utsendelser kan sendes nå"),
        greeting: "Hei",
        stoppedIntroduction: "Dette ble ikke sendt. Det blir liggende til feilen er rettet og"
            + " utsendelsen er laget på nytt.",
        forecastIntroduction: "Dette kommer ikke til å bli sendt, hvis det ikke rettes før datoen.",
        remedy: "Slik retter du det:",
        more: Counted(
            one: "og 1 til, som står i utsendingslisten",
            many: "og % til, som står i utsendingslisten"),
        mendedHeading: "Rettet siden sist",
        mendedIntroduction: "Feilen er borte, men dokumentet er ikke sendt ennå.",
        sendAgain: "Åpne fakturaen og velg «Send på nytt».",
        agreement: "Avtale", due: "fakturadato",
        onceOnly: "Den samme feilen blir bare meldt én gang.", client: "Klient")

    static let nn = FaultReportTexts(
        stoppedSubject: Counted(
            one: "1 utsending vart stoppa", many: "% utsendingar vart stoppa"),
        forecastSubject: Counted(
            one: "1 utsending kjem til å bli stoppa",
            many: "% utsendingar kjem til å bli stoppa"),
        mendedSubject: Counted(
            one: "1 utsending kan sendast no", many: "% utsendingar kan sendast no"),
        greeting: "Hei",
        stoppedIntroduction: "Dette vart ikkje sendt. Det blir liggjande til feilen er retta og"
            + " utsendinga er laga på nytt.",
        forecastIntroduction: "Dette kjem ikkje til å bli sendt, om det ikkje blir retta før"
            + " datoen.",
        remedy: "Slik rettar du det:",
        more: Counted(
            one: "og 1 til, som står i utsendingslista",
            many: "og % til, som står i utsendingslista"),
        mendedHeading: "Retta sidan sist",
        mendedIntroduction: "Feilen er borte, men dokumentet er ikkje sendt enno.",
        sendAgain: "Opne fakturaen og vel «Send på nytt».",
        agreement: "Avtale", due: "fakturadato",
        onceOnly: "Den same feilen blir berre meld éin gong.", client: "Klient")

    static let en = FaultReportTexts(
        stoppedSubject: Counted(
            one: "1 dispatch was stopped", many: "% dispatches were stopped"),
        forecastSubject: Counted(
            one: "1 dispatch will be stopped", many: "% dispatches will be stopped"),
        mendedSubject: Counted(
            one: "1 dispatch can be sent now", many: "% dispatches can be sent now"),
        greeting: "Hello",
        stoppedIntroduction: "These were not sent. They stay until the fault is mended and the"
            + " dispatch is created anew.",
        forecastIntroduction: "These will not be sent, unless they are mended before the date.",
        remedy: "How to mend it:",
        more: Counted(
            one: "and 1 more, which is in the dispatch list",
            many: "and % more, which are in the dispatch list"),
        mendedHeading: "Mended since last time",
        mendedIntroduction: "The fault is gone, but the document has not been sent yet.",
        sendAgain: "Open the invoice and choose “Send again”.",
        agreement: "Agreement", due: "invoice date",
        onceOnly: "The same fault is reported only once.", client: "Client")
}
