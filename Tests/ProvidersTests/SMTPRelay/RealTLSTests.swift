import Dispatching
import Foundation
import Invoicing
import TestSupport
import Testing

@testable import Providers

/// Logs in to a real Postfix and a real Dovecot over TLS, and says nothing to those who can't be
/// trusted.
@Suite(
    .timeLimit(.minutes(15)),
    .enabled(if: TestMail.isThere, Comment(rawValue: TestMail.absence)))
struct RealTLSTests {
    /// An account as it should be set up: STARTTLS on port 587, and IMAP over TLS.
    private struct Setup {
        var relay = RelaySettings.testMail
        var account = ProviderAccount.test(
            sendKey: TestMail.relayPassword, reconcileKey: TestMail.password)

        init() {
            relay.relayURL = TestMail.submissionURL
            relay.relayUser = TestMail.relayUser
            relay.mailboxURL = TestMail.mailboxTLSURL
            relay.tls = .always
            account.settings.authorityFile = TestMail.authorityFile
        }

        func provider() throws -> SMTPRelayProvider {
            try SMTPRelayProvider(relay, messageBytesMax: 10_240_000, account, .test())
        }
    }

    private func setup(_ change: (inout Setup) -> Void = { _ in }) -> Setup {
        var setup = Setup()
        change(&setup)
        return setup
    }

    private func submit(_ setup: Setup) throws -> (OutgoingMessage, SubmitOutcome) {
        let provider = try setup.provider()
        let message = OutgoingMessage.sample(to: "silent@kunde.example")
        var pending: OutgoingMessage? = message
        var outcome: SubmitOutcome?
        try provider.submit(
            next: {
                defer { pending = nil }
                return pending
            }, finished: { outcome = $1 })
        return (message, try #require(outcome))
    }

    private func poll(_ setup: Setup) throws {
        let provider = try setup.provider()
        let source = try #require(provider.sources.first)
        try provider.poll(source, from: .now - 60, until: .now) { _ in }
    }

    @Test(arguments: [TestMail.submissionURL, TestMail.submissionTLSURL])
    func `the right password goes through, by STARTTLS and from the first byte`(
        _ url: String
    ) throws {
        let (message, outcome) = try submit(setup { $0.relay.relayURL = url })
        #expect(outcome == .accepted(providerMessageID: message.messageID))
    }

    @Test func `a mailbox is read over TLS`() throws {
        try poll(setup())
    }

    @Test(arguments: [TestMail.submissionURL, TestMail.submissionTLSURL])
    func `a wrong password is the account's fault, in the relay's words`(_ url: String) throws {
        let (_, outcome) = try submit(
            setup {
                $0.relay.relayURL = url
                $0.account.sendKey = Secret("galt-passord")
            })
        let refusal = try #require(outcome.refusal)
        #expect(refusal.place == "account/unauthorized")
        let reason = refusal.reason
        #expect(reason.hasPrefix("the relay says 535 5.7.8"), "\(reason)")
        #expect(!reason.contains("galt-passord"))
    }

    @Test func `a wrong password of the mailbox is told in its words`() throws {
        let error = #expect(throws: ProviderError.self) {
            try poll(setup { $0.account.reconcileKey = Secret("galt-passord") })
        }
        guard case .unauthorized(_, let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.hasPrefix("the mailbox says NO [AUTHENTICATIONFAILED]"), "\(reason)")
    }

    @Test func `who forgot to log in is told so, and the mail waits`() throws {
        let (_, outcome) = try submit(setup { $0.relay.relayUser = nil })
        let refusal = try #require(outcome.refusal)
        #expect(refusal.place == "account/unauthorized")
        #expect(refusal.reason.contains("relay_user is not set: 554 5.7.1"), "\(refusal.reason)")
    }

    @Test func `a relay without STARTTLS is refused, but on this machine where that is allowed`()
        throws
    {
        let url = TestMail.relayURL.replacing("127.0.0.1", with: "localhost")
        func clear(_ setup: inout Setup) {
            setup.relay.relayURL = url
            setup.relay.relayUser = nil
        }
        #expect(
            try submit(setup(clear)).1
                == .refused(
                    Refusal(.provider, .untrusted, "localhost offers no STARTTLS")))
        let allowed = try submit(
            setup {
                clear(&$0)
                $0.relay.tls = .beyondThisMachine
            })
        #expect(allowed.1 == .accepted(providerMessageID: allowed.0.messageID))
    }

    @Test(arguments: [TestMail.submissionURL, TestMail.submissionTLSURL])
    func `a certificate of an unknown authority is refused`(_ url: String) throws {
        let (_, outcome) = try submit(
            setup {
                $0.relay.relayURL = url
                $0.account.settings.authorityFile = nil
            })
        let refusal = try #require(outcome.refusal)
        #expect(refusal.place == "provider/untrusted")
        #expect(refusal.reason.hasPrefix("the certificate of localhost is not trusted: "))
        let error = #expect(throws: ProviderError.self) {
            try poll(setup { $0.account.settings.authorityFile = nil })
        }
        guard case .untrusted = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: [TestMail.submissionURL, TestMail.submissionTLSURL])
    func `a certificate of another name is refused`(_ url: String) throws {
        let (_, outcome) = try submit(
            setup { $0.relay.relayURL = url.replacing("localhost", with: "127.0.0.1") })
        let refusal = try #require(outcome.refusal)
        #expect(refusal.place == "provider/untrusted")
        #expect(refusal.reason.hasPrefix("the certificate of 127.0.0.1 is not trusted: "))
    }

    @Test(arguments: ProviderCase.allCases.filter(\.hasLookUp))
    func `an API whose certificate nobody vouches for is told nothing`(_ providerCase: ProviderCase)
        throws
    {
        // Any port with TLS will do: nothing is said before the certificate is seen.
        let url = TestMail.submissionTLSURL.replacing("smtps://", with: "https://")
        let provider = try ProviderRegistry.open(.test(providerCase), .test(at: url), .test())
        var pending: OutgoingMessage? = .sample()
        var outcome: SubmitOutcome?
        try provider.submit(
            next: {
                defer { pending = nil }
                return pending
            }, finished: { outcome = $1 })
        #expect(outcome?.refusal?.place == "provider/untrusted", "\(String(describing: outcome))")
        guard case .failure(.untrusted) = provider.lookUp([.sample(.sample())])[0] else {
            Issue.record("the look-up was not refused")
            return
        }
    }
}
