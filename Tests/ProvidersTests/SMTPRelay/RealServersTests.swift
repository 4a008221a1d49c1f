import Bounces
import Dispatching
import Foundation
import Invoicing
import TestSupport
import Testing
import Wire

@testable import Providers

/// Sends through a real Postfix and reads its bounces out of a real Dovecot.
@Suite(
    .timeLimit(.minutes(15)),
    .enabled(if: TestMail.isThere, Comment(rawValue: TestMail.absence)))
struct RealServersTests {
    private let start = Date.now - 5

    private func provider() throws -> SMTPRelayProvider {
        try SMTPRelayProvider(
            .testMail, messageBytesMax: 10_240_000,
            .test(sendKey: "", reconcileKey: TestMail.password), .test(now: { Date.now + 2 }))
    }

    private func submit(
        _ messages: [OutgoingMessage], to provider: SMTPRelayProvider
    ) throws -> [UUID: SubmitOutcome] {
        var rest = messages[...]
        var outcomes: [UUID: SubmitOutcome] = [:]
        try provider.submit(
            next: { rest.popFirst() }, finished: { outcomes[$0.dispatchID] = $1 })
        return outcomes
    }

    /// Polls until the events are what is waited for, or far too late.
    private func events(
        of provider: SMTPRelayProvider, until isEnough: ([ProviderEvent]) -> Bool
    ) throws -> [ProviderEvent] {
        let source = try #require(provider.sources.first)
        var events: [ProviderEvent] = []
        let haveCome = try eventually {
            events = []
            try provider.poll(source, from: start, until: .now + 60) { events += $0.events }
            return isEnough(events)
        }
        try #require(haveCome, "the bounces did not come")
        return events
    }

    @Test func `what becomes of a message comes back with its dispatch and its cause`() throws {
        let provider = try provider()
        let expected: [(word: String, delivery: Delivery, reason: BounceReason?)] = [
            ("ok", .delivered, nil), ("unknown", .hardBounced, .userUnknown),
            ("full", .softBounced, .mailboxFull), ("over", .softBounced, .mailboxFull),
            ("toolarge", .softBounced, .messageTooBig), ("spam", .blocked, .spamContent),
            ("blocked", .blocked, .policy), ("deferred", .softBounced, nil),
            ("down", .softBounced, nil),
        ]
        let messages = expected.map {
            OutgoingMessage.sample(
                to: "\($0.word)@kunde.example", subject: "Faktura for æøå", text: "Hei\r\n.\r\n",
                attachments: [
                    Attachment(
                        fileName: "a.pdf", contentType: "application/pdf",
                        content: [UInt8](repeating: 0, count: 50_000))
                ])
        }
        let outcomes = try submit(messages, to: provider)
        for message in messages {
            #expect(
                outcomes[message.dispatchID] == .accepted(providerMessageID: message.messageID))
        }
        let ids = Set(messages.map(\.dispatchID))
        let events = try events(of: provider) { events in
            let ended = events.filter { $0.kind != .deferred }.compactMap(\.dispatchID)
            return ids.isSubset(of: ended)
        }
        for (message, want) in zip(messages, expected) {
            let own = events.filter { $0.dispatchID == message.dispatchID }
            #expect(own.allSatisfy { $0.tenantID == message.tenantID })
            #expect(own.allSatisfy { $0.recipient == message.to.address.text })
            #expect(own.allSatisfy { $0.providerMessageID == message.messageID }, "\(want.word)")
            let delivery = own.delivery(of: message.to.address.text, provider: "smtp")
            #expect(delivery == want.delivery, "\(want.word): \(own.map(\.text))")
            guard let reason = want.reason else { continue }
            let found = own.map { event in
                Classifier().classify(
                    BounceEvidence(
                        replyCode: event.replyCode, enhancedCode: event.enhancedCode,
                        text: event.text, provider: "smtp", type: event.providerType)
                ).reason
            }
            #expect(found == [reason], "\(want.word): \(own.map(\.text))")
        }
        // Read again: the same, so that nothing was marked or taken away.
        let again = try self.events(of: provider) { _ in true }
        #expect(again.keys.isSuperset(of: events.keys))
    }

    @Test func `what the relay refuses is judged as the bounce that it would have been`() throws {
        let provider = try provider()
        let cases: [(word: String, code: String, bounceClass: BounceClass, reason: BounceReason)] =
            [
                ("nosuch", "550 5.1.1", .hard, .userUnknown),
                ("refused", "554 5.7.1", .blocked, .policy),
            ]
        for expected in cases {
            let message = OutgoingMessage.sample(to: "\(expected.word)@kunde.example")
            let outcome = try submit([message], to: provider)[message.dispatchID]
            guard let evidence = outcome?.refusal?.evidence else {
                Issue.record("\(expected.word): \(String(describing: outcome))")
                continue
            }
            #expect(evidence.text.hasPrefix(expected.code))
            let found = Classifier().classify(evidence)
            #expect(found.bounceClass == expected.bounceClass)
            #expect(found.reason == expected.reason)
        }
    }

    @Test func `what the relay does not take just now is sent again later`() throws {
        let message = OutgoingMessage.sample(to: "wait@kunde.example")
        let outcome = try submit([message], to: provider())[message.dispatchID]
        let refusal = try #require(outcome?.refusal)
        #expect(refusal.place == "recipient/notYet")
        #expect(refusal.reason.hasPrefix("450 4.2.0"))
    }

    @Test func `a message that is too large for the relay is not begun`() throws {
        let provider = try provider()
        let message = OutgoingMessage.sample(
            to: "ok@kunde.example",
            attachments: [
                Attachment(
                    fileName: "a.pdf", contentType: "application/pdf",
                    content: [UInt8](repeating: 0, count: 1_000_000))
            ])
        let outcome = try submit([message], to: provider)[message.dispatchID]
        let refusal = try #require(outcome?.refusal)
        #expect(refusal.place == "message/content")
        #expect(refusal.reason.contains("the server takes 1000000"))
    }

    @Test func `a wrong password is the account's trouble`() throws {
        let provider = try SMTPRelayProvider(
            .testMail, messageBytesMax: 10_240_000,
            .test(reconcileKey: "galt"), .test())
        let error = #expect(throws: ProviderError.self) {
            try provider.poll(
                EventSource(name: "mailbox", overlapSeconds: 0), from: start, until: .now
            ) { _ in }
        }
        guard case .unauthorized(_, let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!reason.contains("galt"))
    }
}

extension RelaySettings {
    /// The servers of `scripts/dev-mail`.
    static var testMail: RelaySettings {
        .test(
            relayURL: TestMail.relayURL, mailboxURL: TestMail.mailboxURL,
            mailboxUser: TestMail.user, returnPath: "bounces@avsender.example")
    }
}
