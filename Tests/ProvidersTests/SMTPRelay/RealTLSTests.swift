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
    /// As it should be set up: STARTTLS on port 587, and IMAP over TLS.
    private func account(_ change: (inout ProviderAccount) -> Void = { _ in }) -> ProviderAccount {
        var account = ProviderAccount.testMail(user: TestMail.user)
        account.sendKey = AccountKey(TestMail.relayPassword)
        account.relayURL = TestMail.submissionURL
        account.relayUser = TestMail.relayUser
        account.mailboxURL = TestMail.mailboxTLSURL
        account.tls = .always
        account.authorityFile = TestMail.authorityFile
        change(&account)
        return account
    }

    private func submit(_ account: ProviderAccount) throws -> (OutgoingMessage, SubmitOutcome) {
        let provider = try SMTPRelayProvider(account, now: { .now }, pause: { _ in })
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

    private func poll(_ account: ProviderAccount) throws {
        let provider = try SMTPRelayProvider(account, now: { .now }, pause: { _ in })
        let source = try #require(provider.sources.first)
        try provider.poll(source, from: .now - 60, until: .now) { _ in }
    }

    @Test(arguments: [TestMail.submissionURL, TestMail.submissionTLSURL])
    func `the right password goes through, by STARTTLS and from the first byte`(
        _ url: String
    ) throws {
        let (message, outcome) = try submit(account { $0.relayURL = url })
        #expect(outcome == .accepted(providerMessageID: message.messageID))
    }

    @Test func `a mailbox is read over TLS`() throws {
        try poll(account())
    }

    @Test(arguments: [TestMail.submissionURL, TestMail.submissionTLSURL])
    func `a wrong password is the account's fault, in the relay's words`(_ url: String) throws {
        let (_, outcome) = try submit(
            account {
                $0.relayURL = url
                $0.sendKey = AccountKey("galt-passord")
            })
        let refusal = try #require(outcome.refusal)
        #expect(refusal.place == "account/unauthorized")
        let reason = refusal.reason
        #expect(reason.hasPrefix("the relay says 535 5.7.8"), "\(reason)")
        #expect(!reason.contains("galt-passord"))
    }

    @Test func `a wrong password of the mailbox is told in its words`() throws {
        let error = #expect(throws: ProviderError.self) {
            try poll(account { $0.reconcileKey = AccountKey("galt-passord") })
        }
        guard case .unauthorized(_, let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.hasPrefix("the mailbox says NO [AUTHENTICATIONFAILED]"), "\(reason)")
    }

    @Test func `who forgot to log in is told so, and the mail waits`() throws {
        let (_, outcome) = try submit(account { $0.relayUser = nil })
        let refusal = try #require(outcome.refusal)
        #expect(refusal.place == "account/unauthorized")
        #expect(refusal.reason.contains("relay_user is not set: 554 5.7.1"), "\(refusal.reason)")
    }

    @Test func `a relay without STARTTLS is refused, but on this machine where that is allowed`()
        throws
    {
        let url = TestMail.relayURL.replacing("127.0.0.1", with: "localhost")
        func clear(_ account: inout ProviderAccount) {
            account.relayURL = url
            account.relayUser = nil
        }
        #expect(
            try submit(account(clear)).1
                == .refused(
                    Refusal(.provider, .untrusted, "localhost offers no STARTTLS")))
        let allowed = try submit(
            account {
                clear(&$0)
                $0.tls = .beyondThisMachine
            })
        #expect(allowed.1 == .accepted(providerMessageID: allowed.0.messageID))
    }

    @Test(arguments: [TestMail.submissionURL, TestMail.submissionTLSURL])
    func `a certificate of an unknown authority is refused`(_ url: String) throws {
        let (_, outcome) = try submit(
            account {
                $0.relayURL = url
                $0.authorityFile = nil
            })
        let refusal = try #require(outcome.refusal)
        #expect(refusal.place == "provider/untrusted")
        #expect(refusal.reason.hasPrefix("the certificate of localhost is not trusted: "))
        let error = #expect(throws: ProviderError.self) {
            try poll(account { $0.authorityFile = nil })
        }
        guard case .untrusted = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: [TestMail.submissionURL, TestMail.submissionTLSURL])
    func `a certificate of another name is refused`(_ url: String) throws {
        let (_, outcome) = try submit(
            account { $0.relayURL = url.replacing("localhost", with: "127.0.0.1") })
        let refusal = try #require(outcome.refusal)
        #expect(refusal.place == "provider/untrusted")
        #expect(refusal.reason.hasPrefix("the certificate of 127.0.0.1 is not trusted: "))
    }

    @Test(arguments: ProviderCase.allCases.filter { $0 != .smtp })
    func `an API whose certificate nobody vouches for is told nothing`(_ providerCase: ProviderCase)
        throws
    {
        // Any port with TLS will do: nothing is said before the certificate is seen.
        var account = ProviderAccount(sendKey: "a", reconcileKey: "b")
        account.baseURL = TestMail.submissionTLSURL.replacing("smtps://", with: "https://")
        account.domain = "mg.fjord.example"
        let provider = try providerCase.open(account, now: { .now }, pause: { _ in })
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
