import Foundation
import TestSupport
import Testing

@testable import Bounces

/// Mails that failed to be read once, where the machine has them.
@Suite(.enabled(if: MailCase.isThere, Comment(rawValue: MailCase.absence)))
struct MailCaseTests {
    private static let sent = MailCase.Sent(
        recipient: MailCase.recipient, messageID: "<1@fjord.example>", mark: MailSample.mark,
        returnPath: MailSample.marked)

    @Test func `there is none that nothing is said of`() throws {
        #expect(
            try MailCase.names() == (MailCase.all.map(\.name) + MailCase.autoReplies).sorted())
    }

    @Test(arguments: MailCase.all) func `each becomes what it is`(_ sample: MailCase) throws {
        let events = try MailSample.events(MailCase.text(sample.name, of: Self.sent))
        let event = try #require(events.first)
        #expect(events.count == 1)
        #expect(event.recipient == sample.recipient)
        #expect(event.dispatchID == (sample.isKnown ? MailSample.dispatchID : nil))
        let outcome = events.outcome(of: sample.recipient, provider: "smtp")
        #expect(outcome.delivery == sample.delivery, "\(event.text)")
        #expect(outcome.reason == sample.reason, "\(event.text)")
    }

    @Test(arguments: MailCase.autoReplies)
    func `an auto-reply is known for one`(_ name: String) throws {
        #expect(
            try MailSample.read(MailCase.text(name, of: Self.sent)) == .ignored("an auto-reply"))
    }
}
