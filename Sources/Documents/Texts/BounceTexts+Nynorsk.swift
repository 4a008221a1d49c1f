import Bounces
import Invoicing

extension BounceTexts {
    /// Nynorsk.
    static var nn: BounceTexts {
        BounceTexts(
            cause: nynorskCause,
            hard: "Kontroller e-postadressa, rett henne på kunden, og send på nytt.",
            blocked: "E-postleverandøren må oppheve blokkeringa for hand. Ta kontakt med"
                + " kundestøtte. Nye utsendingar til adressa blir stoppa til det er"
                + " gjort.",
            soft: "Adressa er rett, og det hjelper ofte å sende på nytt. Er"
                + " utsendinga pågåande, må du avbryte henne først. Hjelper det"
                + " ikkje, må mottakaren ta kontakt med e-postleverandøren sin.",
            mailboxFull: "Be mottakaren rydde i postkassa, og send på nytt. Er utsendinga"
                + " pågåande, må du avbryte henne først.",
            messageTooBig: "Gjer vedlegga mindre, eller fjern nokre av dei, og send på nytt."
                + " Er utsendinga pågåande, må du avbryte henne først.",
            nothingToDo: "Du treng ikkje gjere noko.")
    }

    private static func nynorskCause(_ reason: BounceReason) -> String {
        switch reason {
        case .userUnknown: "Mottakaren finst ikkje på adressa."
        case .invalidAddress: "E-postadressa er ikkje gyldig."
        case .addressMoved: "Mottakaren har flytta til ei anna adresse."
        case .domainUnknown: "Domenet etter @ finst ikkje."
        case .domainNoMail: "Domenet etter @ tek ikkje imot e-post."
        case .mailboxDisabled: "Postkassa er stengd."
        case .mailboxFull: "Postkassa til mottakaren er full."
        case .systemFull: "E-postsystemet til mottakaren har ikkje meir plass."
        case .messageTooBig: "E-posten er større enn mottakaren tek imot."
        case .rateLimited:
            "Serveren til mottakaren tek ikkje imot så mange e-postar på så kort tid."
        case .greylisted: "Serveren til mottakaren bad oss kome tilbake seinare."
        case .tooManyConnections: "Serveren til mottakaren var oppteken."
        case .serverError: "Det var ein feil på serveren til mottakaren."
        case .networkError: "Vi fekk ikkje kontakt med serveren til mottakaren."
        case .dnsTemporary: "Domenet etter @ kunne ikkje slåast opp akkurat då."
        case .expired: "E-posten kom ikkje fram innan fristen."
        case .mailerError: "Det var ein feil i e-postsystemet til mottakaren."
        case .protocolError: "Serverane forstod ikkje kvarandre."
        case .complaint: "Mottakaren har merkt e-post herifrå som søppelpost."
        case .suppressed: "Adressa er blokkert etter ein tidlegare feil."
        case .recipientFilter: "Filteret til mottakaren slepper ikkje e-posten fram."
        case .ipBlocked: "Serveren til mottakaren blokkerer serveren som sende."
        case .badReputation: "Serveren til mottakaren stolar ikkje på avsendaren."
        case .geoBlocked:
            "Serveren til mottakaren tek ikkje imot e-post frå landet han vart send frå."
        case .spamContent: "Serveren til mottakaren tok innhaldet for søppelpost."
        case .virus: "Serveren til mottakaren meiner at e-posten har eit virus."
        case .contentError: "Serveren til mottakaren tek ikkje imot innhaldet."
        case .badFormat: "Serveren til mottakaren kunne ikkje lese e-posten."
        case .authFailure: "Serveren til mottakaren fekk ikkje stadfesta kven avsendaren er."
        case .missingPTR: "Serveren til mottakaren kjenner ikkje igjen serveren som sende."
        case .tlsRequired: "Serveren til mottakaren krev eit kryptert samband."
        case .security: "Serveren til mottakaren stoppa e-posten av tryggleiksgrunnar."
        case .policy: "Reglane til mottakaren tillèt ikkje e-posten."
        case .senderRejected: "Serveren til mottakaren tek ikkje imot frå denne avsendaren."
        case .relayDenied: "Serveren tek ikkje imot e-post til denne adressa."
        case .undetermined:
            "Serveren til mottakaren tok ikkje imot e-posten og sa ikkje tydeleg kvifor."
        case .vacation: "Mottakaren har eit automatisk svar."
        case .delivered: "E-posten er levert."
        case .challenge: "E-postsystemet til mottakaren ber avsendaren stadfeste seg."
        }
    }
}
