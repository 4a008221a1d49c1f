import Dispatching
import Foundation
import Testing
import Wire

@testable import Runtime

@Suite struct SettingsTests {
    @Test func `defaults stand where nothing is said`() throws {
        let settings = try Settings.loaded()
        #expect(settings.database.isEmpty)
        #expect(settings.provider.account.concurrency == 16)
        #expect(settings.send.batch == 100)
        #expect(settings.logFormat == .auto)
        #expect(settings.installation == nil)
    }

    @Test func `the file beats the default`() throws {
        let settings = try Settings.loaded(
            yaml: "send:\n  batch: 7\nlog:\n  level: warning\nmail:\n  from_address: a@firma.no\n")
        #expect(settings.send.batch == 7)
        #expect(settings.logLevel == "warning")
        #expect(settings.mail.fromAddress == "a@firma.no")
    }

    @Test func `the environment beats the file`() throws {
        let settings = try Settings.loaded(
            yaml: "send:\n  batch: 7\n  breaker_failures: 3\n",
            environment: ["BUDSTIKKE_SEND_BATCH": "8"])
        #expect(settings.send.batch == 8)
        #expect(settings.send.breakerFailures == 3)
    }

    @Test func `an option beats the environment`() throws {
        let settings = try Settings.loaded(
            yaml: "log: {level: info}", environment: ["BUDSTIKKE_LOG_LEVEL": "warning"],
            options: ["--log-level", "error"])
        #expect(settings.logLevel == "error")
    }

    @Test(arguments: [
        ("0s", 0), ("45s", 45), ("90m", 5_400), ("2h", 7_200), ("1d", 86_400), ("007m", 420),
    ])
    func `a duration is a whole number with its unit`(_ text: String, _ seconds: Int) throws {
        let settings = try Settings.loaded(
            yaml: "database_lock_timeout: \(text)\ndatabase_statement_timeout: \(text)")
        #expect(settings.databaseLockSeconds == seconds)
        #expect(settings.databaseStatementSeconds == seconds)
    }

    @Test(arguments: ["send:\n  batch:\n", "send:\n  batch: ~\n", "send:\n  batch: ''\n", "# none"])
    func `an empty value stands for the default`(yaml: String) throws {
        #expect(try Settings.loaded(yaml: yaml).send.batch == 100)
    }

    @Test func `what YAML takes for a truth value stays the word that was written`() throws {
        #expect(try Settings.loaded(yaml: "installation: no").installation == "no")
    }

    @Test func `an address loses its last slash, so that a path can follow`() throws {
        let settings = try Settings.loaded(yaml: "provider: {base_url: 'http://127.0.0.1:8025/'}")
        #expect(settings.provider.account.baseURL == "http://127.0.0.1:8025")
    }

    @Test func `of what vendors have for their own, the named one's is kept`() throws {
        let yaml = """
            provider:
              region: eu
              domain: mg.firma.no
              stream: faktura
              relay_url: smtp://relay.firma.no
              relay_user: budstikke
              mailbox_url: imaps://post.firma.no/INBOX
              return_path: retur@firma.no
              tls: always
              message_bytes_max: 20000
            """
        func vendor(_ name: String) throws -> VendorSettings {
            try Settings.loaded(yaml: yaml + "\n  name: \(name)").provider.vendor.get()
        }
        guard case .sendgrid(.eu) = try vendor("sendgrid"),
            case .postmark(.eu, "faktura") = try vendor("postmark"),
            case .mailgun(.eu, .success("mg.firma.no")) = try vendor("mailgun"),
            case .smtp(.success(let relay), 20_000) = try vendor("smtp")
        else {
            Issue.record("another vendor's, or not what was set")
            return
        }
        #expect(relay.relayURL == "smtp://relay.firma.no")
        #expect(relay.relayUser == "budstikke")
        #expect(relay.mailboxURL == "imaps://post.firma.no/INBOX")
        #expect(relay.mailboxUser == nil)
        #expect(relay.returnPath.text == "retur@firma.no")
        #expect(relay.tls == .always)
    }

    @Test func `a name that is nobody's is kept as it stands`() throws {
        let provider = try Settings.loaded(yaml: "provider: {name: pigeon}").provider
        #expect(provider.name == "pigeon")
        #expect(throws: UnknownProvider(name: "pigeon")) { try provider.vendor.get() }
    }

    @Test func `the example names every setting, with its default`() throws {
        let example = try String(contentsOf: Self.example, encoding: .utf8)
        let settings = try Settings.loaded(yaml: example)
        #expect("\(settings)" == "\(Settings())")
    }

    @Test func `what the example has commented out is a setting too`() throws {
        let example = try String(contentsOf: Self.example, encoding: .utf8)
            .replacing(
                /(?m)^( *)# ((installation|[a-z_]+_file|message_id_domain|key_expires|dkim_selectors|name_server): )/
            ) {
                "\($0.1)\($0.2)"
            }
        let settings = try Settings.loaded(yaml: example)
        #expect(settings.installation == "production")
        #expect(settings.provider.apiKeyFile == "/etc/budstikke/api-key")
        #expect(settings.provider.reconcileKeyFile == "/etc/budstikke/reconcile-key")
        #expect(settings.mail.messageIDDomain == "eksempel.no")
        #expect(settings.provider.keyExpires.map { "\($0)" } == "2027-03-31")
        #expect(settings.mail.dkimSelectors == ["s1", "s2"])
        #expect(settings.mail.nameServer == "192.0.2.53")
    }

    @Test func `all that is read is in the example`() throws {
        let example = try String(contentsOf: Self.example, encoding: .utf8)
        let source = try ["Load", "Provider"].map { concern in
            try String(
                contentsOf: Self.root.appending(
                    path: "Sources/Runtime/Configuration/Settings+\(concern).swift"),
                encoding: .utf8)
        }.joined()
        let keys = source.matches(
            of: /"(((provider|mail|send|generate|reconcile|ping|log)\.|(?=database))([a-z_]+))"/)
        #expect(keys.count >= 20)
        for key in keys {
            #expect(example.contains("\(key.4):"), "\(key.1) is not in the example")
        }
    }

    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private static let example = root.appending(path: "examples/budstikke.yaml.example")
}
