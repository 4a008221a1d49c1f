import Testing

@testable import Bounces

/// Words of a kind, in combinations that no single server has to have used.
struct ClassifierKindTests {
    private let classifier = Classifier()

    @Test(arguments: [
        ("What comes out of this region is not accepted", BounceReason.geoBlocked),
        ("Forbidden for senders of your country", .geoBlocked),
        ("EHLO name is not valid", .ipBlocked),
        ("Your host is listed by nobodys.example", .ipBlocked),
        ("Name service error for name=kunde.example type=A: Host not found", .domainUnknown),
        ("Name service error for name=kunde.example, try again", .dnsTemporary),
        ("Recipient suspends the service", .mailboxDisabled),
        ("The message was scored too high", .spamContent),
        ("Rejected as bulk", .spamContent),
        ("An unusual rate of mail comes from you", .badReputation),
        ("More mails per connection than we take", .tooManyConnections),
        ("We exceeded the maximum of patience", .undetermined),
        ("This customer address is rejected", .userUnknown),
        ("Mottakeren eksisterer ikke", .userUnknown), ("Mottagaren hittades inte", .userUnknown),
        ("Modtageren blev ikke fundet", .userUnknown), ("Kontot är inaktivt", .mailboxDisabled),
        ("Kontoen er inaktiv", .mailboxDisabled),
        ("Kontots lagringsutrymme är slut", .mailboxFull),
        ("Lagringsplassen til mottakeren er brukt opp", .mailboxFull),
        ("Der Benutzer hat sein Speichervolumen ueberschritten", .mailboxFull),
        ("Avsenderen ble avvist", .senderRejected), ("Avsändaren avvisades", .senderRejected),
    ])
    func `words of a kind stand for each other`(text: String, reason: BounceReason) {
        let answer = classifier.classify(BounceEvidence(text: text))
        #expect(answer.reason == reason, "\(answer.evidence)")
    }

    @Test(
        arguments: [
            (450, nil, "Recipient temporarily unavailable", BounceReason.serverError),
            (550, nil, "Mailbox unavailable, try again later", .serverError),
            (450, "4.2.1", "Our dog ate it", .rateLimited),
            (504, "5.7.4", "We have never heard of such a way", .protocolError),
            (
                450, nil, "Address not found: the domain kunde.example could not be found",
                .dnsTemporary
            ),
        ] as [(Int, String?, String, BounceReason)])
    func `what may pass condemns no address`(
        reply: Int, enhanced: String?, text: String, reason: BounceReason
    ) {
        let answer = classifier.classify(
            BounceEvidence(replyCode: reply, enhancedCode: enhanced, text: text))
        #expect(answer.bounceClass == .soft, "\(answer.evidence)")
        #expect(answer.reason == reason, "\(answer.evidence)")
    }

    @Test(
        arguments: [
            (550, nil, "No such user, try again later"), (450, nil, "User unknown"),
            (550, "5.1.1", "Address not found: the domain kunde.example could not be found"),
            (550, nil, "Mailbox unavailable"),
        ] as [(Int, String?, String)])
    func `an address that is not there is hard all the same`(
        reply: Int, enhanced: String?, text: String
    ) {
        let answer = classifier.classify(
            BounceEvidence(replyCode: reply, enhancedCode: enhanced, text: text))
        #expect(answer.bounceClass == .hard, "\(answer.evidence)")
    }

    /// By the vendor's own table of them (see `Classifier+Codes`).
    @Test(
        arguments: [
            (nil, "5.7.51", .policy), (nil, "5.7.12", .recipientFilter),
            (432, "4.7.12", .security), (550, "5.7.13", .recipientFilter),
            (525, "5.7.13", .mailboxDisabled), (550, "5.7.64", .relayDenied),
            (nil, "5.7.124", .recipientFilter), (nil, "5.7.129", .recipientFilter),
            (nil, "5.7.133", .recipientFilter), (nil, "5.7.134", .recipientFilter),
            (nil, "5.7.135", .recipientFilter), (nil, "5.7.136", .recipientFilter),
            (nil, "5.7.233", .rateLimited), (nil, "5.7.324", .tlsRequired),
            (nil, "5.7.325", .tlsRequired), (nil, "5.7.501", .badReputation),
            (nil, "5.7.504", .userUnknown), (nil, "5.7.505", .policy),
            (nil, "5.7.507", .ipBlocked), (nil, "5.7.508", .rateLimited),
            (nil, "5.7.509", .authFailure), (nil, "5.7.511", .ipBlocked),
            (nil, "5.7.512", .senderRejected), (nil, "5.7.513", .ipBlocked),
            (nil, "5.7.606", .ipBlocked), (nil, "5.7.705", .badReputation),
            (nil, "5.7.750", .senderRejected), (nil, "5.7.800", .badReputation),
            (550, "5.1.10", .userUnknown), (556, "5.1.10", .domainNoMail),
            (nil, "5.1.90", .rateLimited), (550, "5.4.1", .userUnknown),
            (nil, "5.4.8", .tlsRequired), (nil, "5.7.54", .relayDenied),
            (nil, "5.7.60", .senderRejected), (535, "5.7.139", .security),
            (nil, "4.7.500", .badReputation), (nil, "5.7.700", .badReputation),
            (nil, "4.7.850", .badReputation), (nil, "5.7.703", .policy),
            (nil, "5.6.11", .badFormat),
        ] as [(Int?, String, BounceReason)])
    func `the codes that Exchange Online has made its own are known`(
        reply: Int?, code: String, reason: BounceReason
    ) {
        #expect(
            classifier.classify(BounceEvidence(replyCode: reply, enhancedCode: code)).reason
                == reason)
    }

    @Test(arguments: [
        ("5.7.129", "Restricted: the sender was not in the list of those who may send here"),
        ("5.7.133", "Authentication required; sender was not authenticated for this group"),
        ("5.7.1", "Your mail was rejected by this user"), ("5.7.1", "Refused by our customer"),
    ])
    func `whom the recipient does not take mail from is its own matter`(
        code: String, text: String
    ) {
        let answer = classifier.classify(
            BounceEvidence(replyCode: 550, enhancedCode: code, text: text))
        #expect(answer.reason == .recipientFilter, "\(answer.evidence)")
        #expect(answer.scope == .recipient)
    }

    @Test(arguments: ["550 blah", "550 blah blah"])
    func `a word that nobody knows is as good as two`(text: String) {
        #expect(classifier.classify(BounceEvidence(text: text)).reason == .undetermined)
    }

    @Test(arguments: ["550", "smtp; 550", "550 <ola@kunde.example>"])
    func `a bare 550 is an unknown user, with little confidence`(text: String) {
        let answer = classifier.classify(BounceEvidence(text: text))
        #expect(answer.reason == .userUnknown)
        #expect(answer.needsReview)
    }

    @Test(arguments: [
        ("552 5.1.1 Tant pis. OFR_417 [417]", BounceReason.mailboxFull),
        ("550 5.2.0 Tant pis. LPN007_416", .userUnknown),
        ("550 5.1.1 Tant pis. OFR006_102 [102]", .ipBlocked),
        ("550 SC-001 (BAY004-MC1F1) Sorry", .badReputation), ("554 (S77719) Sorry", .ipBlocked),
        ("421 4.0.0 [TSS04] Sorry", .badReputation), ("550 5.7.1 [HM08] Sorry", .spamContent),
        ("554 5.1.1 Sorry XTSS04 TSS04X OFR_ LPN_998", .userUnknown),
    ])
    func `the codes of big hosts are known where the words are not`(
        text: String, reason: BounceReason
    ) {
        let answer = classifier.classify(BounceEvidence(text: text))
        #expect(answer.reason == reason, "\(answer.evidence)")
    }
}
