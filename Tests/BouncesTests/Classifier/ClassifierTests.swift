import Foundation
import TestSupport
import Testing

@testable import Bounces

@Suite struct ClassifierTests {
    let classifier = Classifier()

    @Test(arguments: DecisionVector.all)
    func `the decision table is followed`(_ vector: DecisionVector) {
        let answer = classifier.classify(
            BounceEvidence(
                replyCode: vector.reply, enhancedCode: vector.enhanced, text: vector.text))
        #expect(answer.bounceClass == vector.bounceClass, "\(vector.why): \(answer.evidence)")
        #expect(answer.reason == vector.reason, "\(vector.why): \(answer.evidence)")
    }

    @Test(arguments: [
        ("Mailbox unavailable. Your IP is blacklisted", BounceReason.ipBlocked),
        ("Recipient address rejected: Mailbox full", .mailboxFull),
        ("5.7.1 No such user", .userUnknown),
        ("Mailbox of the intended recipient is FULL", .mailboxFull),
        ("Your message was greylisted: too many connections", .greylisted),
        ("Rate limited: your IP has a poor reputation", .badReputation),
        ("This mail has been rate limited because it fails DMARC", .authFailure),
        ("Rate limit exceeded", .rateLimited),
        ("Domain not found (in reply to MAIL FROM command)", .senderRejected),
        ("Domain not found (in reply to RCPT TO command)", .domainUnknown),
        ("unable to get mx info: failed to get IPs from PTR record", .dnsTemporary),
        ("Bounced Address", .suppressed),
        ("I am out of office until Monday", .vacation),
        ("Delivery of mail to this utente: sconosciuto", .userUnknown),
        ("Sorry, our subscriber is not registered", .userUnknown),
        ("Die Adresse des Kunden existiert nicht", .userUnknown),
        ("You have been denied relay by us", .relayDenied),
        ("Su cuenta de correo ha sido desactivada", .mailboxDisabled),
        ("The originator of this was refused", .senderRejected),
        ("Your mail server has been barred", .ipBlocked),
        ("Address not found: DNS Error, DNS type mx lookup", .domainUnknown),
        ("501 5.5.4 Invalid domain name", .ipBlocked),
        ("Domain kunde.example not found, please check it and try again", .dnsTemporary),
        ("554 Domain kunde.example not found, please check it and try again", .domainUnknown),
        ("The account or domain may not exist, they may be blacklisted", .domainUnknown),
        ("Message exceeded the maximum number of hops", .networkError),
        ("Relay denied, as your IP address is not registered", .relayDenied),
        (
            "See https://mail.example/codes?ip=192.0.2.1 refused due to recipient preferences",
            .recipientFilter
        ),
        ("Sorry, we could not find any mail server for it", .domainNoMail),
        ("User has too many messages on the server", .mailboxFull),
        ("The number of attachments exceeds our limit", .messageTooBig),
        ("Delivery temporarily suspended: the cat sleeps", .serverError),
        ("Postkassen er full", .mailboxFull), ("Ukjent mottaker", .userUnknown),
        ("brevlådan är full", .mailboxFull),
    ])
    func `the words decide, and the first by precedence`(text: String, reason: BounceReason) {
        let answer = classifier.classify(BounceEvidence(text: text))
        #expect(answer.reason == reason, "\(answer.evidence)")
    }

    @Test(
        arguments: [
            (550, "5.1.1", .userUnknown, .hard),
            (nil, "5.1.2", .domainUnknown, .hard), (nil, "5.1.3", .invalidAddress, .hard),
            (nil, "5.1.6", .addressMoved, .hard), (nil, "5.1.7", .senderRejected, .blocked),
            (nil, "5.1.10", .domainNoMail, .hard), (nil, "4.1.10", .domainNoMail, .soft),
            (nil, "5.2.0", .undetermined, .soft), (nil, "5.2.1", .mailboxDisabled, .hard),
            (nil, "4.2.1", .mailboxDisabled, .soft), (550, "4.2.1", .mailboxDisabled, .hard),
            (450, "5.2.1", .mailboxDisabled, .soft), (nil, "5.2.2", .mailboxFull, .soft),
            (nil, "5.2.3", .messageTooBig, .soft), (nil, "5.3.1", .systemFull, .soft),
            (nil, "5.3.4", .messageTooBig, .soft), (550, "5.4.1", .userUnknown, .hard),
            (450, "4.4.1", .networkError, .soft), (nil, "5.4.4", .domainUnknown, .hard),
            (nil, "4.4.4", .dnsTemporary, .soft), (nil, "5.4.6", .networkError, .soft),
            (nil, "5.4.7", .expired, .soft), (nil, "5.5.2", .protocolError, .soft),
            (nil, "5.6.3", .contentError, .blocked), (nil, "5.7.1", .policy, .blocked),
            (nil, "5.7.13", .mailboxDisabled, .hard), (nil, "5.7.17", .userUnknown, .hard),
            (nil, "5.7.25", .missingPTR, .blocked), (nil, "5.7.26", .authFailure, .blocked),
            (521, nil, .domainNoMail, .hard), (556, nil, .domainNoMail, .hard),
            (552, nil, .mailboxFull, .soft), (530, nil, .security, .blocked),
            (571, nil, .policy, .blocked), (503, nil, .protocolError, .soft),
            (550, nil, .userUnknown, .hard), (554, nil, .undetermined, .soft),
            (421, nil, .serverError, .soft), (999, nil, .undetermined, .soft),
            (nil, "nonsense", .undetermined, .soft), (nil, "5.1", .undetermined, .soft),
            (nil, nil, .undetermined, .soft),
        ] as [(Int?, String?, BounceReason, BounceClass)])
    func `without words the codes decide`(
        reply: Int?, enhanced: String?, reason: BounceReason, bounceClass: BounceClass
    ) {
        let answer = classifier.classify(
            BounceEvidence(replyCode: reply, enhancedCode: enhanced))
        #expect(answer.reason == reason, "\(answer.evidence)")
        #expect(answer.bounceClass == bounceClass)
    }

    @Test func `words that nobody knows are never guessed hard`() {
        let answer = classifier.classify(
            BounceEvidence(replyCode: 550, text: "550 Computer says maybe"))
        #expect(answer.bounceClass == .soft)
        #expect(answer.reason == .undetermined)
        #expect(answer.confidence < 0.3)
    }

    @Test(
        arguments: [
            ("5.2.1", "Quux of the frobnicator", BounceClass.soft), ("5.2.1", "", .hard),
            ("5.4.4", "Quux of the frobnicator", .soft),
            ("5.1.1", "Quux of the frobnicator", .hard),
            ("5.4.1", "Recipient address rejected: Access denied", .hard),
        ])
    func `a code of mailbox or route beside unknown words condemns no address`(
        enhanced: String, text: String, expected: BounceClass
    ) {
        let answer = classifier.classify(
            BounceEvidence(replyCode: 550, enhancedCode: enhanced, text: text))
        #expect(answer.bounceClass == expected, "\(answer.evidence)")
        if expected == .soft { #expect(answer.needsReview) }
    }

    @Test func `an unknown domain is soft while the server says that it may pass`() {
        let text = "Domain not found"
        #expect(
            classifier.classify(BounceEvidence(replyCode: 450, text: text)).bounceClass == .soft)
        #expect(
            classifier.classify(BounceEvidence(replyCode: 550, text: text)).bounceClass == .hard)
    }

    @Test func `only what is little sure is for a person to look at`() {
        #expect(classifier.classify(BounceEvidence(text: "Computer says maybe")).needsReview)
        #expect(!classifier.classify(BounceEvidence(text: "No such user")).needsReview)
    }

    @Test func `words and code that agree are surer than words that a code contradicts`() {
        func confidence(_ enhanced: String?) -> Double {
            classifier.classify(BounceEvidence(enhancedCode: enhanced, text: "No such user"))
                .confidence
        }
        #expect(confidence("5.1.1") > confidence(nil))
        #expect(confidence(nil) > confidence("5.2.2"))
    }

    @Test(
        arguments: [
            (450, "Mailbox full", true), (550, "Mailbox full", false),
            (550, "Mailbox full, try again later", true), (nil, "4.2.2 Mailbox full", true),
        ] as [(Int?, String, Bool)])
    func `a 4xx and the words for it are transient`(reply: Int?, text: String, expected: Bool) {
        let answer = classifier.classify(BounceEvidence(replyCode: reply, text: text))
        #expect(answer.transient == expected)
    }

    @Test func `an answer says what it is about and which words decided`() {
        let answer = classifier.classify(BounceEvidence(text: "552 5.2.2 Mailbox full"))
        #expect(answer.scope == .recipient)
        #expect(answer.evidence == "text: mailbox full")
    }

    @Test func `a page without end is read to its limit only`() {
        let page = String(repeating: "lorem ipsum ", count: 1_000)
        let answer = classifier.classify(BounceEvidence(text: page + "mailbox full"))
        #expect(answer.reason == .undetermined)
    }

    @Test(
        .enabled(
            if: ReferenceData.has("bounces/dev.tsv"),
            "no reference data: set BUDSTIKKE_REFERENCE_DATA"))
    func `nine in ten labelled bounces are classified right, and hard is seldom wrong`() throws {
        let url = try #require(ReferenceData.url("bounces/dev.tsv"))
        let score = try ClassifierScore(labelled: url)
        #expect(score.rows > 500)
        #expect(score.accuracy >= 0.93)
        #expect(score.hardPrecision >= 0.96)
        #expect(score.hardRecall >= 0.85)
    }
}
