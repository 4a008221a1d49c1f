import Foundation
import TestSupport
import Testing

@testable import Bounces

/// Mails that failed to be read once, where the machine has them.
@Suite(
    .enabled(
        if: ReferenceData.has("cases/mail"), "no cases of mail in BUDSTIKKE_REFERENCE_DATA"))
struct MailCaseTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var delivery: Delivery
        var reason: BounceReason?
        var recipient = MailCaseTests.recipient
        var isKnown = true

        var testDescription: String { name }
    }

    static let recipient = "ap@kunde.example"

    static let cases = [
        Case(name: "01-action-error", delivery: .hardBounced, reason: .domainUnknown),
        Case(name: "02-action-failure", delivery: .softBounced, reason: .messageTooBig),
        Case(name: "04-jmrp-classic", delivery: .blocked, reason: .complaint),
        Case(name: "05-own-copy-dma", delivery: .hardBounced, reason: .userUnknown),
        Case(
            name: "07-own-copy-authentication-results", delivery: .hardBounced,
            reason: .userUnknown),
        Case(
            name: "09-reason-before-address", delivery: .hardBounced, reason: .mailboxDisabled),
        Case(name: "11-delay-taken-for-bounce", delivery: .deferred),
        Case(name: "12a-forward-delivered", delivery: .delivered),
        Case(
            name: "12b-forward-fails", delivery: .hardBounced, reason: .userUnknown,
            recipient: "privat@annet.test"),
        Case(
            name: "14-complaint-of-a-newsletter", delivery: .blocked, reason: .complaint,
            isKnown: false),
        Case(
            name: "15-complaint-forged", delivery: .blocked, reason: .complaint, isKnown: false),
        Case(name: "17a-no-action-field", delivery: .hardBounced, reason: .userUnknown),
        Case(name: "17c-report-as-text-plain", delivery: .hardBounced, reason: .userUnknown),
        Case(name: "19-report-wrapped-by-a-gateway", delivery: .hardBounced, reason: .userUnknown),
        Case(name: "20a-delivered", delivery: .delivered),
        Case(
            name: "20b-stray-report-with-nothing-of-ours", delivery: .hardBounced,
            reason: .userUnknown, isKnown: false),
        Case(
            name: "21-prvs-tag-no-copy", delivery: .hardBounced, reason: .userUnknown,
            recipient: "annen@kunde.test"),
    ]

    private static func mail(_ name: String) throws -> String {
        let url = try #require(ReferenceData.url("cases/mail/\(name).eml"))
        return try String(contentsOf: url, encoding: .utf8)
            .replacing("@RCPT@", with: recipient).replacing("@MID@", with: "<1@fjord.example>")
            .replacing("@VERP@", with: MailSample.marked)
            .replacing("@MARK@", with: MailSample.mark).replacing("@N@", with: "7")
    }

    @Test(arguments: cases) func `each becomes what it is`(_ sample: Case) throws {
        let events = try MailSample.events(Self.mail(sample.name))
        let event = try #require(events.first)
        #expect(events.count == 1)
        #expect(event.recipient == sample.recipient)
        #expect(event.dispatchID == (sample.isKnown ? MailSample.dispatchID : nil))
        let outcome = events.outcome(of: sample.recipient, provider: "smtp")
        #expect(outcome.delivery == sample.delivery, "\(event.text)")
        #expect(outcome.reason == sample.reason, "\(event.text)")
    }

    @Test(arguments: ["22-absence-encoded-subject", "23-auto-reply-from-postmaster"])
    func `an auto-reply is known for one`(_ name: String) throws {
        #expect(try MailSample.read(Self.mail(name)) == .ignored("an auto-reply"))
    }
}
