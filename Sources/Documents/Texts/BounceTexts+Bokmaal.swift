import Bounces
import Invoicing

extension BounceTexts {
    /// Bokmål.
    static var nb: BounceTexts {
        BounceTexts(
            cause: bokmaalCause,
            hard: "Kontroller e-postadressen, rett den på kunden, og send på nytt.",
            blocked: "E-postleverandøren må oppheve blokkeringen for hånd. Ta kontakt"
                + " med kundestøtte. Nye utsendelser til adressen blir stoppet til"
                + " det er gjort.",
            soft: "Adressen er riktig, og det hjelper ofte å sende på nytt. Er"
                + " utsendelsen pågående, må du avbryte den først. Hjelper det ikke,"
                + " må mottakeren ta kontakt med sin e-postleverandør.",
            mailboxFull: "Be mottakeren rydde i postkassen, og send på nytt. Er utsendelsen"
                + " pågående, må du avbryte den først.",
            messageTooBig: "Gjør vedleggene mindre, eller fjern noen av dem, og send på nytt."
                + " Er utsendelsen pågående, må du avbryte den først.",
            nothingToDo: "Du trenger ikke gjøre noe.")
    }

    private static func bokmaalCause(_ reason: BounceReason) -> String {
        switch reason {
        case .userUnknown: "Mottakeren finnes ikke på adressen."
        case .invalidAddress: "E-postadressen er ikke gyldig."
        case .addressMoved: "Mottakeren har flyttet til en annen adresse."
        case .domainUnknown: "Domenet etter @ finnes ikke."
        case .domainNoMail: "Domenet etter @ tar ikke imot e-post."
        case .mailboxDisabled: "Postkassen er stengt."
        case .mailboxFull: "Postkassen til mottakeren er full."
        case .systemFull: "E-postsystemet til mottakeren har ikke mer plass."
        case .messageTooBig: "E-posten er større enn mottakeren tar imot."
        case .rateLimited: "Mottakerens server tar ikke imot så mange e-poster på så kort tid."
        case .greylisted: "Mottakerens server ba oss komme tilbake senere."
        case .tooManyConnections: "Mottakerens server var opptatt."
        case .serverError: "Det var en feil på mottakerens server."
        case .networkError: "Vi fikk ikke kontakt med mottakerens server."
        case .dnsTemporary: "Domenet etter @ kunne ikke slås opp akkurat da."
        case .expired: "E-posten kom ikke fram innen fristen."
        case .mailerError: "Det var en feil i e-postsystemet til mottakeren."
        case .protocolError: "Serverne forsto ikke hverandre."
        case .complaint: "Mottakeren har merket e-post herfra som søppelpost."
        case .suppressed: "Adressen er blokkert etter en tidligere feil."
        case .recipientFilter: "Mottakerens filter slipper ikke e-posten fram."
        case .ipBlocked: "Mottakerens server blokkerer serveren som sendte."
        case .badReputation: "Mottakerens server stoler ikke på avsenderen."
        case .geoBlocked:
            "Mottakerens server tar ikke imot e-post fra landet den ble sendt fra."
        case .spamContent: "Mottakerens server tok innholdet for søppelpost."
        case .virus: "Mottakerens server mener at e-posten har et virus."
        case .contentError: "Mottakerens server tar ikke imot innholdet."
        case .badFormat: "Mottakerens server kunne ikke lese e-posten."
        case .authFailure: "Mottakerens server fikk ikke bekreftet hvem avsenderen er."
        case .missingPTR: "Mottakerens server kjenner ikke igjen serveren som sendte."
        case .tlsRequired: "Mottakerens server krever en kryptert forbindelse."
        case .security: "Mottakerens server stoppet e-posten av sikkerhetsgrunner."
        case .policy: "Mottakerens regler tillater ikke e-posten."
        case .senderRejected: "Mottakerens server tar ikke imot fra denne avsenderen."
        case .relayDenied: "Serveren tar ikke imot e-post til denne adressen."
        case .undetermined:
            "Mottakerens server tok ikke imot e-posten og sa ikke tydelig hvorfor."
        case .vacation: "Mottakeren har et automatisk svar."
        case .delivered: "E-posten er levert."
        case .challenge: "Mottakerens e-postsystem ber avsenderen bekrefte seg."
        }
    }
}
