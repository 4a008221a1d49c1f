import Bounces
import Invoicing

/// Explanations of what became of an e-mail outside the system: the cause by its reason, the next
/// step by its class, and by its reason where that says more.
enum BounceTexts {
    static func advice(on bounceClass: BounceClass, _ reason: BounceReason) -> Advice {
        Advice(summary: cause(reason), nextStep: nextStep(bounceClass, reason))
    }

    private static func nextStep(_ bounceClass: BounceClass, _ reason: BounceReason) -> Trilingual {
        switch (bounceClass, reason) {
        case (.hard, _):
            Trilingual(
                nb: "Kontroller e-postadressen, rett den på kunden, og send på nytt.",
                nn: "Kontroller e-postadressa, rett henne på kunden, og send på nytt.",
                en: "Check the e-mail address, mend it on the customer, and send again.")
        case (.blocked, _):
            Trilingual(
                nb: "E-postleverandøren må oppheve blokkeringen for hånd. Ta kontakt med"
                    + " kundestøtte. Nye utsendelser til adressen blir stoppet til det er gjort.",
                nn: "E-postleverandøren må oppheve blokkeringa for hand. Ta kontakt med"
                    + " kundestøtte. Nye utsendingar til adressa blir stoppa til det er gjort.",
                en: "The e-mail provider must lift the block by hand. Contact support. Further"
                    + " dispatches to the address are stopped until that is done.")
        case (.soft, .mailboxFull):
            Trilingual(
                nb: "Be mottakeren rydde i postkassen, og send på nytt. Er utsendelsen pågående,"
                    + " må du avbryte den først.",
                nn: "Be mottakaren rydde i postkassa, og send på nytt. Er utsendinga pågåande, må"
                    + " du avbryte henne først.",
                en: "Ask the recipient to make room in the mailbox, and send again. If the"
                    + " dispatch is ongoing, cancel it first.")
        case (.soft, .messageTooBig):
            Trilingual(
                nb: "Gjør vedleggene mindre, eller fjern noen av dem, og send på nytt. Er"
                    + " utsendelsen pågående, må du avbryte den først.",
                nn: "Gjer vedlegga mindre, eller fjern nokre av dei, og send på nytt. Er"
                    + " utsendinga pågåande, må du avbryte henne først.",
                en: "Make the attachments smaller, or remove some of them, and send again. If the"
                    + " dispatch is ongoing, cancel it first.")
        case (.soft, _):
            Trilingual(
                nb: "Adressen er riktig, og det hjelper ofte å sende på nytt. Er utsendelsen"
                    + " pågående, må du avbryte den først. Hjelper det ikke, må mottakeren ta"
                    + " kontakt med sin e-postleverandør.",
                nn: "Adressa er rett, og det hjelper ofte å sende på nytt. Er utsendinga pågåande,"
                    + " må du avbryte henne først. Hjelper det ikkje, må mottakaren ta kontakt med"
                    + " e-postleverandøren sin.",
                en: "The address is valid, and sending again often helps. If the dispatch is"
                    + " ongoing, cancel it first. If that does not help, the recipient must ask"
                    + " its e-mail provider.")
        case (.other, _):
            Trilingual(
                nb: "Du trenger ikke gjøre noe.",
                nn: "Du treng ikkje gjere noko.",
                en: "There is nothing to do.")
        }
    }

    private static func cause(_ reason: BounceReason) -> Trilingual {
        switch reason {
        case .userUnknown:
            Trilingual(
                nb: "Mottakeren finnes ikke på adressen.",
                nn: "Mottakaren finst ikkje på adressa.",
                en: "There is no such recipient at the address.")
        case .invalidAddress:
            Trilingual(
                nb: "E-postadressen er ikke gyldig.",
                nn: "E-postadressa er ikkje gyldig.",
                en: "The e-mail address is not valid.")
        case .addressMoved:
            Trilingual(
                nb: "Mottakeren har flyttet til en annen adresse.",
                nn: "Mottakaren har flytta til ei anna adresse.",
                en: "The recipient has moved to another address.")
        case .domainUnknown:
            Trilingual(
                nb: "Domenet etter @ finnes ikke.",
                nn: "Domenet etter @ finst ikkje.",
                en: "The domain after the @ does not exist.")
        case .domainNoMail:
            Trilingual(
                nb: "Domenet etter @ tar ikke imot e-post.",
                nn: "Domenet etter @ tek ikkje imot e-post.",
                en: "The domain after the @ takes no mail.")
        case .mailboxDisabled:
            Trilingual(
                nb: "Postkassen er stengt.",
                nn: "Postkassa er stengd.",
                en: "The mailbox is closed.")
        case .mailboxFull:
            Trilingual(
                nb: "Postkassen til mottakeren er full.",
                nn: "Postkassa til mottakaren er full.",
                en: "The mailbox of the recipient is full.")
        case .systemFull:
            Trilingual(
                nb: "E-postsystemet til mottakeren har ikke mer plass.",
                nn: "E-postsystemet til mottakaren har ikkje meir plass.",
                en: "The mail system of the recipient is out of space.")
        case .messageTooBig:
            Trilingual(
                nb: "E-posten er større enn mottakeren tar imot.",
                nn: "E-posten er større enn mottakaren tek imot.",
                en: "The e-mail is larger than the recipient takes.")
        case .rateLimited:
            Trilingual(
                nb: "Mottakerens server tar ikke imot så mange e-poster på så kort tid.",
                nn: "Serveren til mottakaren tek ikkje imot så mange e-postar på så kort tid.",
                en: "The server of the recipient does not take so much mail at once.")
        case .greylisted:
            Trilingual(
                nb: "Mottakerens server ba oss komme tilbake senere.",
                nn: "Serveren til mottakaren bad oss kome tilbake seinare.",
                en: "The server of the recipient asked us to come back later.")
        case .tooManyConnections:
            Trilingual(
                nb: "Mottakerens server var opptatt.",
                nn: "Serveren til mottakaren var oppteken.",
                en: "The server of the recipient was busy.")
        case .serverError:
            Trilingual(
                nb: "Det var en feil på mottakerens server.",
                nn: "Det var ein feil på serveren til mottakaren.",
                en: "There was a fault at the server of the recipient.")
        case .networkError:
            Trilingual(
                nb: "Vi fikk ikke kontakt med mottakerens server.",
                nn: "Vi fekk ikkje kontakt med serveren til mottakaren.",
                en: "The server of the recipient could not be reached.")
        case .dnsTemporary:
            Trilingual(
                nb: "Domenet etter @ kunne ikke slås opp akkurat da.",
                nn: "Domenet etter @ kunne ikkje slåast opp akkurat då.",
                en: "The domain after the @ could not be looked up at that time.")
        case .expired:
            Trilingual(
                nb: "E-posten kom ikke fram innen fristen.",
                nn: "E-posten kom ikkje fram innan fristen.",
                en: "The e-mail did not arrive in time.")
        case .mailerError:
            Trilingual(
                nb: "Det var en feil i e-postsystemet til mottakeren.",
                nn: "Det var ein feil i e-postsystemet til mottakaren.",
                en: "There was a fault in the mail system of the recipient.")
        case .protocolError:
            Trilingual(
                nb: "Serverne forsto ikke hverandre.",
                nn: "Serverane forstod ikkje kvarandre.",
                en: "The servers did not understand each other.")
        case .complaint:
            Trilingual(
                nb: "Mottakeren har merket e-post herfra som søppelpost.",
                nn: "Mottakaren har merkt e-post herifrå som søppelpost.",
                en: "The recipient has marked mail from here as spam.")
        case .suppressed:
            Trilingual(
                nb: "Adressen er blokkert etter en tidligere feil.",
                nn: "Adressa er blokkert etter ein tidlegare feil.",
                en: "The address is blocked after an earlier failure.")
        case .recipientFilter:
            Trilingual(
                nb: "Mottakerens filter slipper ikke e-posten fram.",
                nn: "Filteret til mottakaren slepper ikkje e-posten fram.",
                en: "The filter of the recipient does not let the e-mail through.")
        case .ipBlocked:
            Trilingual(
                nb: "Mottakerens server blokkerer serveren som sendte.",
                nn: "Serveren til mottakaren blokkerer serveren som sende.",
                en: "The server of the recipient blocks the server that sent it.")
        case .badReputation:
            Trilingual(
                nb: "Mottakerens server stoler ikke på avsenderen.",
                nn: "Serveren til mottakaren stolar ikkje på avsendaren.",
                en: "The server of the recipient does not trust the sender.")
        case .geoBlocked:
            Trilingual(
                nb: "Mottakerens server tar ikke imot e-post fra landet den ble sendt fra.",
                nn: "Serveren til mottakaren tek ikkje imot e-post frå landet han vart send frå.",
                en: "The server of the recipient takes no mail from the country it was sent from.")
        case .spamContent:
            Trilingual(
                nb: "Mottakerens server tok innholdet for søppelpost.",
                nn: "Serveren til mottakaren tok innhaldet for søppelpost.",
                en: "The server of the recipient took the content for spam.")
        case .virus:
            Trilingual(
                nb: "Mottakerens server mener at e-posten har et virus.",
                nn: "Serveren til mottakaren meiner at e-posten har eit virus.",
                en: "The server of the recipient found a virus in the e-mail.")
        case .contentError:
            Trilingual(
                nb: "Mottakerens server tar ikke imot innholdet.",
                nn: "Serveren til mottakaren tek ikkje imot innhaldet.",
                en: "The server of the recipient does not take the content.")
        case .badFormat:
            Trilingual(
                nb: "Mottakerens server kunne ikke lese e-posten.",
                nn: "Serveren til mottakaren kunne ikkje lese e-posten.",
                en: "The server of the recipient could not read the e-mail.")
        case .authFailure:
            Trilingual(
                nb: "Mottakerens server fikk ikke bekreftet hvem avsenderen er.",
                nn: "Serveren til mottakaren fekk ikkje stadfesta kven avsendaren er.",
                en: "The server of the recipient could not confirm who the sender is.")
        case .missingPTR:
            Trilingual(
                nb: "Mottakerens server kjenner ikke igjen serveren som sendte.",
                nn: "Serveren til mottakaren kjenner ikkje igjen serveren som sende.",
                en: "The server of the recipient does not recognise the server that sent it.")
        case .tlsRequired:
            Trilingual(
                nb: "Mottakerens server krever en kryptert forbindelse.",
                nn: "Serveren til mottakaren krev eit kryptert samband.",
                en: "The server of the recipient asks for an encrypted connection.")
        case .security:
            Trilingual(
                nb: "Mottakerens server stoppet e-posten av sikkerhetsgrunner.",
                nn: "Serveren til mottakaren stoppa e-posten av tryggleiksgrunnar.",
                en: "The server of the recipient stopped the e-mail for reasons of security.")
        case .policy:
            Trilingual(
                nb: "Mottakerens regler tillater ikke e-posten.",
                nn: "Reglane til mottakaren tillèt ikkje e-posten.",
                en: "The rules of the recipient do not allow the e-mail.")
        case .senderRejected:
            Trilingual(
                nb: "Mottakerens server tar ikke imot fra denne avsenderen.",
                nn: "Serveren til mottakaren tek ikkje imot frå denne avsendaren.",
                en: "The server of the recipient takes no mail from this sender.")
        case .relayDenied:
            Trilingual(
                nb: "Serveren tar ikke imot e-post til denne adressen.",
                nn: "Serveren tek ikkje imot e-post til denne adressa.",
                en: "The server takes no mail for this address.")
        case .undetermined:
            Trilingual(
                nb: "Mottakerens server tok ikke imot e-posten og sa ikke tydelig hvorfor.",
                nn: "Serveren til mottakaren tok ikkje imot e-posten og sa ikkje tydeleg kvifor.",
                en: "The server of the recipient did not take the e-mail and did not say clearly"
                    + " why.")
        case .vacation:
            Trilingual(
                nb: "Mottakeren har et automatisk svar.",
                nn: "Mottakaren har eit automatisk svar.",
                en: "The recipient has an automatic reply.")
        case .delivered:
            Trilingual(
                nb: "E-posten er levert.",
                nn: "E-posten er levert.",
                en: "The e-mail has been delivered.")
        case .challenge:
            Trilingual(
                nb: "Mottakerens e-postsystem ber avsenderen bekrefte seg.",
                nn: "E-postsystemet til mottakaren ber avsendaren stadfeste seg.",
                en: "The mail system of the recipient asks the sender to confirm.")
        }
    }
}
