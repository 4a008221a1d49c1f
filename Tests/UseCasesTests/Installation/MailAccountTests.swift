import ArgumentParser
import Dispatching
import Foundation
import Postgres
import Runtime
import TestSupport
import Testing
import Wire

@testable import UseCases

/// What is configured of a provider, as it comes to the account that is opened.
@Suite struct MailAccountTests {
    private let marks: MailAccount.Marks

    init() throws {
        marks = try MailAccount.Marks(TestDatabase().connect())
    }

    /// Settings as the environment has them, without the product's name.
    private static func settings(_ provider: [String: String]) throws -> Settings {
        let environment = provider.map { ("BUDSTIKKE_PROVIDER_\($0)", $1) }
        return try Settings.load(
            options: GlobalOptions.parse([]),
            environment: Dictionary(uniqueKeysWithValues: environment))
    }

    private static let relay = ["NAME": "smtp", "RELAY_URL": "smtp://127.0.0.1:1"]
    private static let mailbox = ["MAILBOX_URL": "imap://127.0.0.1:1"]
    private static let returnPath = ["RETURN_PATH": "bounces@fjord.example"]

    private static let whole: [[String: String]] = [
        [:], ["REGION": "eu"], ["NAME": "postmark"],
        ["NAME": "mailgun", "DOMAIN": "fjord.example"],
        ["NAME": "postmark", "REGION": "eu", "BASE_URL": "https://mail.example"],
        relay.merging(mailbox) { $1 }.merging(returnPath) { $1 },
        // What is another vendor's does no harm.
        ["STREAM": "faktura", "DOMAIN": "fjord.example", "TLS": "always"].merging(mailbox) { $1 },
    ]

    @Test(arguments: whole)
    func `an account that lacks nothing is opened by its vendor`(
        _ provider: [String: String]
    ) throws {
        let settings = try Self.settings(provider)
        let account = try MailAccount.reading(settings, marks)
        #expect(account.name == provider["NAME"] ?? "sendgrid")
        #expect(account.name == settings.provider.name)
        #expect(try MailAccount.limits(settings).bytesMax == account.limits.bytesMax)
    }

    private static let lacking: [([String: String], String)] = [
        (["NAME": "mailgun"], "provider.domain: mailgun needs the domain that mail is sent from"),
        (["NAME": "postmark", "REGION": "eu"], "provider.region: postmark has no servers in eu"),
        (["NAME": "smtp"], "provider.relay_url: smtp needs it, as smtps://host"),
        (relay, "provider.mailbox_url: smtp needs it, as imaps://host"),
        (
            relay.merging(mailbox) { $1 },
            "provider.return_path: smtp needs the address that bounces come back to"
        ),
    ]

    @Test(arguments: lacking)
    func `what an account lacks is told when it is opened, and not to who only measures`(
        _ provider: [String: String], _ words: String
    ) throws {
        let settings = try Self.settings(provider)
        let error = #expect(throws: ConfigurationError.self) {
            try MailAccount.reading(settings, marks)
        }
        #expect(error?.description == words)
        #expect(error?.exit == .configuration)
        #expect(settings.provider.name == provider["NAME"])
        #expect(throws: Never.self) { try MailAccount.limits(settings) }
    }

    @Test func `a name that is no provider's is told to who opens and to who measures`() throws {
        let settings = try Self.settings(["NAME": "pigeon"])
        #expect(settings.provider.name == "pigeon")
        let words = "provider.name: 'pigeon' is not one of mailgun, postmark, sendgrid, smtp"
        for use in [
            { _ = try MailAccount.reading(settings, marks) },
            { _ = try MailAccount.limits(settings) },
        ] {
            let error = #expect(throws: ConfigurationError.self) { try use() }
            #expect(error?.description == words)
        }
    }

    @Test func `what the relay and the stream are set to is what is measured by`() throws {
        let relay = try Self.settings(["NAME": "smtp", "MESSAGE_BYTES_MAX": "20000"])
        #expect(try MailAccount.limits(relay).bytesMax == 20_000)
        let address = Mailbox(address: try .sample("ap@kunde.example"))
        let message = OutgoingMessage(
            dispatchID: UUID(), tenantID: 1, from: address, to: address, subject: "", messageID: "",
            text: "")
        func size(_ stream: String) throws -> Int {
            let settings = try Self.settings(["NAME": "postmark", "STREAM": stream])
            return try MailAccount.limits(settings).size(of: message, fileBytes: [])
        }
        #expect(try size("faktura-utgaaende") - size("faktura") == 10)
    }
}
