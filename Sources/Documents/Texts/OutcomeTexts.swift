package import Invoicing

/// Explanations of dispatches that neither bounced nor were stopped by a precheck.
enum OutcomeTexts {
    static let refused = Advice(
        summary: Trilingual(
            nb: "E-postleverandøren tok ikke imot meldingen.",
            nn: "E-postleverandøren tok ikkje imot meldinga.",
            en: "The e-mail provider did not take the message."),
        nextStep: Trilingual(
            nb: "Les meldingen fra leverandøren, rett det den nevner, og send på nytt.",
            nn: "Les meldinga frå leverandøren, rett det ho nemner, og send på nytt.",
            en: "Read the provider's message, mend what it names, and send again."))

    static let silent = Advice(
        summary: Trilingual(
            nb: "E-posten er sendt, men vi har ikke fått vite om den kom fram.",
            nn: "E-posten er send, men vi har ikkje fått vite om han kom fram.",
            en: "The e-mail was sent, but we have not heard whether it arrived."),
        nextStep: Trilingual(
            nb: "Spør mottakeren om fakturaen er kommet. Send på nytt hvis den ikke er det.",
            nn: "Spør mottakaren om fakturaen er komen. Send på nytt om han ikkje er det.",
            en: "Ask the recipient whether the invoice has come. If not, send it again."))

    static let cancelled = Advice(
        summary: Trilingual(
            nb: "Utsendelsen ble avbrutt.",
            nn: "Utsendinga vart avbroten.",
            en: "The dispatch was cancelled."),
        nextStep: Trilingual(
            nb: "Send på nytt fra fakturaen hvis den likevel skal ut.",
            nn: "Send på nytt frå fakturaen om han likevel skal ut.",
            en: "Send it again from the invoice if it is to go out after all."))

    static let inDoubt = Advice(
        summary: Trilingual(
            nb: "Forbindelsen til e-postleverandøren ble brutt, og det er ikke sikkert at e-posten"
                + " gikk ut.",
            nn: "Sambandet til e-postleverandøren vart brote, og det er ikkje sikkert at e-posten"
                + " gjekk ut.",
            en: "The connection to the e-mail provider broke, and it is not certain that the"
                + " e-mail went out."),
        nextStep: Trilingual(
            nb: "Vi spør leverandøren av oss selv. Vent med å sende på nytt til svaret er her, så"
                + " kunden ikke får fakturaen to ganger.",
            nn: "Vi spør leverandøren av oss sjølve. Vent med å sende på nytt til svaret er her,"
                + " så kunden ikkje får fakturaen to gonger.",
            en: "We ask the provider by ourselves. Wait for the answer before you send again, so"
                + " that the customer does not get the invoice twice."))

    static let waiting = Advice(
        summary: Trilingual(
            nb: "E-posten venter, fordi e-postleverandøren ikke tar imot nå.",
            nn: "E-posten ventar, fordi e-postleverandøren ikkje tek imot no.",
            en: "The e-mail waits, since the e-mail provider takes nothing now."),
        nextStep: Trilingual(
            nb: "Du trenger ikke gjøre noe: den går ut av seg selv så snart leverandøren tar imot"
                + " igjen. Haster det, kan du avbryte og sende fakturaen på en annen måte.",
            nn: "Du treng ikkje gjere noko: han går ut av seg sjølv så snart leverandøren tek imot"
                + " att. Hastar det, kan du avbryte og sende fakturaen på ein annan måte.",
            en: "You need do nothing: it goes out by itself as soon as the provider takes mail"
                + " again. If it is urgent, cancel it and send the invoice another way."))

    static let givenUp = Advice(
        summary: Trilingual(
            nb: "E-posten ventet så lenge på e-postleverandøren at vi ga opp.",
            nn: "E-posten venta så lenge på e-postleverandøren at vi gav opp.",
            en: "The e-mail waited so long for the e-mail provider that we gave up."),
        nextStep: Trilingual(
            nb: "Send på nytt når leverandøren tar imot igjen, eller send fakturaen på en annen"
                + " måte.",
            nn: "Send på nytt når leverandøren tek imot att, eller send fakturaen på ein annan"
                + " måte.",
            en: "Send it again when the provider takes mail again, or send the invoice another"
                + " way."))

    static let forwardFailed = Advice(
        summary: Trilingual(
            nb: "Mottakerens e-postserver tok imot e-posten, men videresendingen derfra til en"
                + " annen adresse mislyktes.",
            nn: "E-posttenaren til mottakaren tok imot e-posten, men vidaresendinga derifrå til ei"
                + " anna adresse mislukkast.",
            en: "The recipient's mail server took the e-mail, but passing it on from there to"
                + " another address failed."),
        nextStep: Trilingual(
            nb: "Adressen til kunden er det ikke noe galt med. Spør kunden om fakturaen er lest,"
                + " og om videresendingen bør rettes.",
            nn: "Adressa til kunden er det ikkje noko gale med. Spør kunden om fakturaen er lesen,"
                + " og om vidaresendinga bør rettast.",
            en: "Nothing is wrong with the customer's address. Ask the customer whether the"
                + " invoice was read, and whether the forwarding should be mended."))

    /// A bounce's explanation, preceded by a sentence on where the e-mail had been.
    static func returned(_ bounce: Advice) -> Advice {
        let sentence = Trilingual(
            nb: "Mottakerens e-postserver tok først imot e-posten og sendte den så tilbake.",
            nn: "E-posttenaren til mottakaren tok først imot e-posten og sende han så tilbake.",
            en: "The recipient's mail server took the e-mail first, and then sent it back.")
        return Advice(
            summary: [sentence, bounce.summary].joined(separator: " "), nextStep: bounce.nextStep)
    }
}

extension Explanation {
    /// That a price increase of an agreement waits for its notice, and the effect of sending it
    /// now.
    ///
    /// `old` and `new` are the factors for the prices of the agreement's lines.
    package init(
        ofIncreaseOn date: CivilDate, from old: FixedDecimal, to new: FixedDecimal,
        sendBy: CivilDate, noticeDays: Int, _ language: Language
    ) {
        let formats = Formats(language: language)
        let (day, last) = (formats.date(date), formats.date(sendBy))
        let (before, after) = (formats.quantity(old), formats.quantity(new))
        self =
            Advice(
                summary: Trilingual(
                    nb: "Avtalen venter på varsel om ny pris fra \(day) (faktor \(before) blir"
                        + " \(after)).",
                    nn: "Avtalen ventar på varsel om ny pris frå \(day) (faktor \(before) blir"
                        + " \(after)).",
                    en: "The agreement awaits notice of a new price from \(day) (factor \(before)"
                        + " becomes \(after))."),
                nextStep: Trilingual(
                    nb: "Send varselet senest \(last), og registrer datoen. Blir det sendt senere,"
                        + " gjelder ny pris \(noticeDays) dager etter varselet. Til da faktureres den"
                        + " gamle.",
                    nn:
                        "Send varselet seinast \(last), og registrer datoen. Blir det sendt seinare,"
                        + " gjeld ny pris \(noticeDays) dagar etter varselet. Til då blir den gamle"
                        + " fakturert.",
                    en:
                        "Send the notice by \(last), and register the date. If it is sent later, the"
                        + " new price holds \(noticeDays) days after the notice. Until then the old"
                        + " price is invoiced."))[language]
    }
}
