import Bounces
import Dispatching
import Foundation
import Invoicing
import TestSupport
import Testing

@testable import Providers

/// What an account is set up with, and where its keys go.
@Suite struct AccountTests {
    @Test func `every provider is opened, and measures, by the name that databases know it by`()
        throws
    {
        #expect(
            ProviderName.allCases.map(\.rawValue) == ["sendgrid", "postmark", "mailgun", "smtp"])
        for name in ProviderName.allCases {
            let settings = VendorSettings.test(name)
            #expect(settings.name == name)
            #expect(
                try ProviderRegistry.open(settings, .test(), .test()).name == name.rawValue)
            #expect(ProviderRegistry.limits(of: settings).provider == name.rawValue)
        }
    }

    @Test func `the region chooses the host, and an address beats it`() throws {
        func host(
            _ name: ProviderName, _ region: VendorSettings.Region, at url: String? = nil
        ) throws -> String? {
            let provider = try ProviderRegistry.open(
                .test(name, region: region), .test(at: url), .test())
            return (provider as? any HTTPProvider)?.connection.baseURL
        }
        #expect(try host(.sendgrid, .us) == "https://api.sendgrid.com")
        #expect(try host(.sendgrid, .eu) == "https://api.eu.sendgrid.com")
        #expect(try host(.mailgun, .us) == "https://api.mailgun.net")
        #expect(try host(.mailgun, .eu) == "https://api.eu.mailgun.net")
        #expect(try host(.postmark, .us) == "https://api.postmarkapp.com")
        let error = #expect(throws: AccountError.self) { try host(.postmark, .eu) }
        #expect(error?.description == "region: postmark has no servers in eu")
        #expect(try host(.postmark, .eu, at: "https://mail.example/") == "https://mail.example")
    }

    @Test(arguments: ProviderName.allCases.filter(\.hasLookUp))
    func `one key sends, the other reads, and neither is shown`(_ name: ProviderName) throws {
        let server = StubServer { _ in .answer(404, body: #"{"message":"none","ErrorCode":1}"#) }
        let provider = try ProviderRegistry.open(.test(name), .test(at: server.url), .test())
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
