import Testing

@testable import Bounces

@Suite struct ClassifierProviderTests {
    let classifier = Classifier()

    @Test func `what a provider calls it is told on one line, and not at any length`() {
        let type = "Permanent/NoEmail\u{1B}[31m\n" + String(repeating: "x", count: 10_000)
        let answer = classifier.classify(BounceEvidence(provider: "ses", type: type))
        #expect(answer.reason == .userUnknown)
        #expect(answer.evidence.hasPrefix("provider: ses permanent/noemail [31m x"))
        #expect(answer.evidence.unicodeScalars.count == 500)
    }

    @Test(arguments: [
        ("bounces", "", BounceReason.userUnknown, BounceClass.hard),
        ("bounces", "552 5.2.2 Mailbox full", .mailboxFull, .soft),
        ("bounces", "554 nothing that is known", .userUnknown, .hard),
        (
            "invalid_emails", "Mail domain mentioned in email address is unknown", .domainUnknown,
            .hard
        ),
        ("invalid_emails", "", .invalidAddress, .hard),
        ("blocks", "550 5.7.1 Message rejected as spam", .spamContent, .blocked),
        ("blocks", "554 nothing that is known", .policy, .blocked),
        ("blocks", "550 5.1.1 No such user", .userUnknown, .hard),
        ("blocks", "error dialing remote address: no route to host", .networkError, .soft),
        (
            "blocks", "unable to get mx info: failed to get IPs from PTR record", .dnsTemporary,
            .soft
        ),
        ("blocks", "451 nothing that is known", .serverError, .soft),
        ("blocks", "Message expired", .expired, .soft),
        ("spam_reports", "", .complaint, .blocked),
        ("spamreport", "", .complaint, .blocked),
        ("dropped", "Bounced Address", .suppressed, .blocked),
        ("dropped/Bounced Address", "", .suppressed, .blocked),
        ("dropped", "Unsubscribed Address", .suppressed, .blocked),
        ("dropped", "Spam Reporting Address", .complaint, .blocked),
        ("dropped", "Invalid", .suppressed, .blocked),
        ("dropped", "Spam Content", .spamContent, .blocked),
        ("dropped", "Recipient List over Package Quota", .policy, .blocked),
        ("dropped", "Invalid SMTPAPI header", .badFormat, .blocked),
        ("bounce/Invalid Address", "", .userUnknown, .hard),
        ("bounce/Mailbox Unavailable", "550 mailbox is full", .mailboxFull, .soft),
        ("bounce/Technical", "", .serverError, .soft),
        ("bounce/Frequency or Volume Too High", "", .rateLimited, .soft),
        ("blocked/Reputation", "", .badReputation, .blocked),
        ("blocked/Content", "", .spamContent, .blocked),
        ("bounce/Unclassified", "", .userUnknown, .hard),
    ])
    func `SendGrid's types are read, and a server's words go before them`(
        type: String, text: String, reason: BounceReason, bounceClass: BounceClass
    ) {
        let answer = classifier.classify(
            BounceEvidence(text: text, provider: "sendgrid", type: type))
        #expect(answer.reason == reason, "\(answer.evidence)")
        #expect(answer.bounceClass == bounceClass, "\(answer.evidence)")
    }

    @Test func `a status without words on the list of blocks that begins with 4 is soft`() {
        let answer = classifier.classify(
            BounceEvidence(enhancedCode: "4.0.0", provider: "sendgrid", type: "blocks"))
        #expect(answer.bounceClass == .soft)
        #expect(answer.transient)
    }

    @Test(arguments: [
        ("postmark", "SpamComplaint", BounceClass.blocked), ("postmark", "HardBounce", .hard),
        ("postmark", "SoftBounce", .soft), ("postmark", "AutoResponder", .other),
        ("mailgun", "suppress-bounce", .blocked), ("mailgun", "old", .soft),
        ("ses", "Permanent/NoEmail", .hard), ("ses", "Transient/MailboxFull", .soft),
        ("ses", "Permanent/Suppressed", .blocked), ("unheard-of", "complaint", .blocked),
        ("unheard-of", "hard", .soft),
    ])
    func `other providers' types are read`(
        provider: String, type: String, bounceClass: BounceClass
    ) {
        let answer = classifier.classify(BounceEvidence(provider: provider, type: type))
        #expect(answer.bounceClass == bounceClass, "\(answer.evidence)")
    }

    @Test func `what the provider has decided no words can change`() {
        let answer = classifier.classify(
            BounceEvidence(
                replyCode: 550, enhancedCode: "5.1.1", text: "No such user",
                provider: "sendgrid", type: "spam_reports"))
        #expect(answer.reason == .complaint)
        #expect(answer.scope == .recipient)
        #expect(answer.evidence == "provider: sendgrid spam_reports")
    }
}
