import Invoicing

/// What is said of dispatches that neither bounced nor were stopped by a precheck.
struct OutcomeTexts: Hashable {
    var refused: Explanation
    var silent: Explanation
    var cancelled: Explanation
    var inDoubt: Explanation
    var waiting: Explanation
    var givenUp: Explanation
    var forwardFailed: Explanation
    /// A sentence that stands before what a bounce says.
    var returned: String

    static func texts(_ language: Language) -> OutcomeTexts {
        switch language {
        case .nb: nb
        case .nn: nn
        case .en: en
        }
    }

    static let nb = OutcomeTexts(
        refused: Explanation(
            summary: "E-postleverandøren tok ikke imot meldingen.",
            nextStep: "Les meldingen fra leverandøren, rett det den nevner, og send på nytt."),
        silent: Explanation(
            summary: "E-posten er sendt, men vi har ikke fått vite om den kom fram.",
            nextStep: "Spør mottakeren om fakturaen er kommet. Send på nytt hvis den ikke er det."),
        cancelled: Explanation(
            summary: "Utsendelsen ble avbrutt.",
            nextStep: "Send på nytt fra fakturaen hvis den likevel skal ut."),
        inDoubt: Explanation(
            summary: "Forbindelsen til e-postleverandøren ble brutt, og det er ikke sikkert at"
                + " e-posten gikk ut.",
            nextStep: "Vi spør leverandøren av oss selv. Vent med å sende på nytt til svaret er"
                + " her, så kunden ikke får fakturaen to ganger."),
        waiting: Explanation(
            summary: "E-posten venter, fordi e-postleverandøren ikke tar imot nå.",
            nextStep: "Du trenger ikke gjøre noe: den går ut av seg selv så snart leverandøren tar"
                + " imot igjen. Haster det, kan du avbryte og sende fakturaen på en annen måte."),
        givenUp: Explanation(
            summary: "E-posten ventet så lenge på e-postleverandøren at vi ga opp.",
            nextStep: "Send på nytt når leverandøren tar imot igjen, eller send fakturaen på en"
                + " annen måte."),
        forwardFailed: Explanation(
            summary: "Mottakerens e-postserver tok imot e-posten, men videresendingen derfra til en"
                + " annen adresse mislyktes.",
            nextStep: "Adressen til kunden er det ikke noe galt med. Spør kunden om fakturaen er"
                + " lest, og om videresendingen bør rettes."),
        returned: "Mottakerens e-postserver tok først imot e-posten og sendte den så tilbake.")

    static let nn = OutcomeTexts(
        refused: Explanation(
            summary: "E-postleverandøren tok ikkje imot meldinga.",
            nextStep: "Les meldinga frå leverandøren, rett det ho nemner, og send på nytt."),
        silent: Explanation(
            summary: "E-posten er send, men vi har ikkje fått vite om han kom fram.",
            nextStep: "Spør mottakaren om fakturaen er komen. Send på nytt om han ikkje er det."),
        cancelled: Explanation(
            summary: "Utsendinga vart avbroten.",
            nextStep: "Send på nytt frå fakturaen om han likevel skal ut."),
        inDoubt: Explanation(
            summary: "Sambandet til e-postleverandøren vart brote, og det er ikkje sikkert at"
                + " e-posten gjekk ut.",
            nextStep: "Vi spør leverandøren av oss sjølve. Vent med å sende på nytt til svaret er"
                + " her, så kunden ikkje får fakturaen to gonger."),
        waiting: Explanation(
            summary: "E-posten ventar, fordi e-postleverandøren ikkje tek imot no.",
            nextStep: "Du treng ikkje gjere noko: han går ut av seg sjølv så snart leverandøren tek"
                + " imot att. Hastar det, kan du avbryte og sende fakturaen på ein annan måte."),
        givenUp: Explanation(
            summary: "E-posten venta så lenge på e-postleverandøren at vi gav opp.",
            nextStep: "Send på nytt når leverandøren tek imot att, eller send fakturaen på ein"
                + " annan måte."),
        forwardFailed: Explanation(
            summary:
                "E-posttenaren til mottakaren tok imot e-posten, men vidaresendinga derifrå til"
                + " ei anna adresse mislukkast.",
            nextStep: "Adressa til kunden er det ikkje noko gale med. Spør kunden om fakturaen er"
                + " lesen, og om vidaresendinga bør rettast."),
        returned: "E-posttenaren til mottakaren tok først imot e-posten og sende han så tilbake.")

    static let en = OutcomeTexts(
        refused: Explanation(
            summary: "The e-mail provider did not take the message.",
            nextStep: "Read the provider's message, mend what it names, and send again."),
        silent: Explanation(
            summary: "The e-mail was sent, but we have not heard whether it arrived.",
            nextStep: "Ask the recipient whether the invoice has come. If not, send it again."),
        cancelled: Explanation(
            summary: "The dispatch was cancelled.",
            nextStep: "Send it again from the invoice if it is to go out after all."),
        inDoubt: Explanation(
            summary: "The connection to the e-mail provider broke, and it is not certain that"
                + " the e-mail went out.",
            nextStep: "We ask the provider by ourselves. Wait for the answer before you send"
                + " again, so that the customer does not get the invoice twice."),
        waiting: Explanation(
            summary: "The e-mail waits, since the e-mail provider takes nothing now.",
            nextStep: "You need do nothing: it goes out by itself as soon as the provider takes"
                + " mail again. If it is urgent, cancel it and send the invoice another way."),
        givenUp: Explanation(
            summary: "The e-mail waited so long for the e-mail provider that we gave up.",
            nextStep: "Send it again when the provider takes mail again, or send the invoice"
                + " another way."),
        forwardFailed: Explanation(
            summary: "The recipient's mail server took the e-mail, but passing it on from there to"
                + " another address failed.",
            nextStep: "Nothing is wrong with the customer's address. Ask the customer whether the"
                + " invoice was read, and whether the forwarding should be mended."),
        returned: "The recipient's mail server took the e-mail first, and then sent it back.")
}
