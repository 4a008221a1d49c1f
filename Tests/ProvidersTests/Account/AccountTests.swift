import Bounces
import Dispatching
import Foundation
import Invoicing
import TestSupport
import Testing

@testable import Providers

/// What an account is set up with, and where its keys go.
@Suite struct AccountTests {
    private func account(_ url: String? = nil) -> ProviderAccount {
        var account = ProviderAccount(sendKey: "key-to-send", reconcileKey: "key-to-read")
        account.baseURL = url
        account.domain = "mg.fjord.example"
        account.relayURL = "smtp://127.0.0.1:25"
        account.markKey = MarkKey(Array(repeating: 7, count: 32))
        account.mailboxURL = "imap://127.0.0.1:143"
        account.returnPath = "bounces@fjord.example"
        return account
    }

    @Test func `every provider is registered by its own name`() throws {
        #expect(ProviderRegistry.all.keys.sorted() == ["mailgun", "postmark", "sendgrid", "smtp"])
        // The suite holds each of them to its behaviour.
        #expect(
            ProviderRegistry.all.keys.sorted() == ProviderCase.allCases.map(\.rawValue).sorted())
        for (name, vendor) in ProviderRegistry.all {
            #expect(try vendor.open(account()).name == name)
            #expect(vendor.limits(nil, 1_000_000).provider == name)
        }
    }

    @Test func `the region chooses the host, and an address beats it`() throws {
        var account = account()
        #expect(try SendGridProvider(account).connection.baseURL == "https://api.sendgrid.com")
        #expect(try MailgunProvider(account).connection.baseURL == "https://api.mailgun.net")
        account.region = .eu
        #expect(
            try SendGridProvider(account).connection.baseURL == "https://api.eu.sendgrid.com")
        #expect(try MailgunProvider(account).connection.baseURL == "https://api.eu.mailgun.net")
        let error = #expect(throws: AccountError.self) { try PostmarkProvider(account) }
        #expect(error?.description == "region: postmark has no servers in eu")
        account.baseURL = "https://mail.example/"
        #expect(try PostmarkProvider(account).connection.baseURL == "https://mail.example")
    }

    @Test func `mailgun asks for its domain`() {
        var account = account()
        account.domain = nil
        let error = #expect(throws: AccountError.self) { try MailgunProvider(account) }
        #expect(error?.setting == "domain")
    }

    @Test(arguments: ["sendgrid", "postmark", "mailgun"])
    func `one key sends, the other reads, and neither is shown`(_ name: String) throws {
        let server = StubServer { _ in .answer(404, body: #"{"message":"none","ErrorCode":1}"#) }
        let vendor = try #require(ProviderRegistry.all[name])
        let provider = try vendor.open(account(server.url))
        var pending: OutgoingMessage? = .sample()
        try provider.submit(
            next: {
                defer { pending = nil }
                return pending
            }, finished: { _, _ in })
        // The answer fits no provider's contract in every case; the request is what counts.
        _ = try? provider.suppressions(of: .sample("ap@kunde.example"))

        func encoded(_ key: String) -> String {
            Data("api:\(key)".utf8).base64EncodedString()
        }
        let heads = server.requests.map(\.head)
        try #require(heads.count >= 2)
        #expect(heads[0].contains("key-to-send") || heads[0].contains(encoded("key-to-send")))
        for head in heads.dropFirst() {
            #expect(head.contains("key-to-read") || head.contains(encoded("key-to-read")))
        }
        var text = ""
        dump(provider, to: &text)
        for key in ["key-to-send", "key-to-read"] {
            #expect(!text.contains(key) && !text.contains(encoded(key)))
        }
    }

    @Test(arguments: [
        (#"Olsen, "Ola" \"#, #""Olsen, \"Ola\" \\" <ap@kunde.example>"#),
        ("Ærlig\r\nBcc: x", #""Ærlig  Bcc: x" <ap@kunde.example>"#), ("", "ap@kunde.example"),
    ])
    func `a mailbox is one mailbox whatever its name`(_ name: String, _ text: String) throws {
        let mailbox = Mailbox(name: name, address: try .sample("ap@kunde.example"))
        #expect(mailbox.headerText == text)
    }
}
