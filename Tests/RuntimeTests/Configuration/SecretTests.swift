import Dispatching
import Foundation
import Testing
import Wire

@testable import Runtime

@Suite struct SecretTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func `a secret is dots wherever it is printed`() {
        let secret = Secret("SG.hemmelig")
        var dumped = ""
        dump([secret], to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), "\([secret])", dumped] {
            #expect(text.contains("•••"))
            #expect(!text.contains("hemmelig"))
        }
    }

    @Test(arguments: [0o600, 0o400])
    func `a file that only its owner may read is read`(mode: Int) throws {
        let path = try folder.file("key", "SG.hemmelig\n", mode: mode)
        #expect(try read(path).value == "SG.hemmelig")
    }

    @Test(arguments: [0o604, 0o620, 0o644, 0o660, 0o601])
    func `a file that others may reach is refused`(mode: Int) throws {
        let path = try folder.file("key", "SG.hemmelig", mode: mode)
        let mend = geteuid() == 0 ? "640" : "600"
        #expect(
            refusal(path)
                == "provider.api_key_file: others may read \(path); run chmod \(mend) \(path),"
                + " and take a new key if they did")
    }

    @Test func `a group may read what root gave it, and nobody else's`() throws {
        let path = try folder.file("key", "SG.hemmelig", mode: 0o640)
        if geteuid() == 0 {
            #expect(try read(path).value == "SG.hemmelig")
            try #require(chown(path, 65_534, 65_534) == 0)
        }
        #expect(
            refusal(path)
                == "provider.api_key_file: others may read \(path); run chmod 600 \(path),"
                + " and take a new key if they did")
    }

    @Test func `a file that is not there is told`() {
        let path = "\(folder.path)/none"
        #expect(refusal(path) == "provider.api_key_file: \(path) does not exist")
    }

    @Test func `a folder is no secret`() {
        #expect(
            refusal(folder.path) == "provider.api_key_file: \(folder.path) is not a regular file")
    }

    @Test(arguments: ["", " \n", "two words", "two\nlines", "nøkkel", "a\u{1b}b"])
    func `a file that holds no single key is refused, without its contents`(text: String) throws {
        let path = try folder.file("key", text)
        #expect(refusal(path) == "provider.api_key_file: \(path) does not hold one key on one line")
    }

    @Test func `a gigantic file is refused`() throws {
        let path = try folder.file("key", String(repeating: "x", count: 4_097))
        #expect(refusal(path) == "provider.api_key_file: \(path) is too large")
    }

    @Test func `systemd's credential is taken where no file is named, whatever its mode`() throws {
        _ = try folder.file("api-key", "SG.credential", mode: 0o440)
        let secret = try Settings.Provider().sendingKey(environment: credentials)
        #expect(secret.value == "SG.credential")
    }

    @Test func `a unit takes its credential, and a command the file that is named`() throws {
        _ = try folder.file("api-key", "SG.credential")
        var provider = Settings.Provider()
        provider.apiKeyFile = try folder.file("key", "SG.file")
        #expect(try provider.sendingKey(environment: credentials).value == "SG.credential")
        #expect(try provider.sendingKey(environment: [:]).value == "SG.file")
    }

    @Test func `without a file and a credential it is told what to do`() {
        #expect(throws: ConfigurationError.self) {
            try Settings.Provider().sendingKey(environment: [:])
        }
        #expect(
            refusal(nil)
                == "provider.api_key_file: names no file, and there is no credential api-key;"
                + " write the key into a file of mode 600 and name it")
    }

    @Test func `the reconciling key is its own, or else the sending key`() throws {
        var provider = Settings.Provider()
        provider.apiKeyFile = try folder.file("send", "SG.send")
        #expect(try provider.reconcilingKey(environment: credentials).value == "SG.send")
        _ = try folder.file("reconcile-key", "SG.credential")
        #expect(try provider.reconcilingKey(environment: credentials).value == "SG.credential")
        provider.reconcileKeyFile = try folder.file("reconcile", "SG.reconcile")
        #expect(try provider.reconcilingKey(environment: credentials).value == "SG.credential")
        #expect(try provider.reconcilingKey(environment: [:]).value == "SG.reconcile")
    }

    @Test func `a reconciling key that is wrong is not passed over`() throws {
        _ = try folder.file("api-key", "SG.send")
        _ = try folder.file("reconcile-key", "")
        #expect(throws: ConfigurationError.self) {
            try Settings.Provider().reconcilingKey(environment: credentials)
        }
    }

    @Test func `a relay that nobody logs in to needs no key, and a mailbox its own`() throws {
        _ = try folder.file("api-key", "relay-password")
        var provider = Settings.Provider()
        var relay = RelaySettings(
            relayURL: "smtp://127.0.0.1", mailboxURL: "imap://127.0.0.1",
            returnPath: try #require(EmailAddress("bounces@fjord.example")))
        provider.vendor = .success(.smtp(.success(relay), messageBytesMax: 10_000))
        #expect(try provider.sendingKey(environment: [:]).value == "")
        #expect(throws: ConfigurationError.self) {
            try provider.reconcilingKey(environment: credentials)
        }
        // Who sends asks nobody, and who lifts looks into no mailbox.
        #expect(try provider.lookUpKey(environment: credentials).value == "")
        #expect(try provider.listKey(environment: credentials).value == "")
        relay.relayUser = "budstikke"
        provider.vendor = .success(.smtp(.success(relay), messageBytesMax: 10_000))
        #expect(try provider.sendingKey(environment: credentials).value == "relay-password")
        _ = try folder.file("reconcile-key", "mailbox-password")
        #expect(try provider.reconcilingKey(environment: credentials).value == "mailbox-password")
    }

    private var credentials: [String: String] { ["CREDENTIALS_DIRECTORY": folder.path] }

    private func read(_ path: String?) throws -> Secret {
        try Secret.read(
            file: path, credential: "api-key", setting: "provider.api_key_file", environment: [:])
    }

    private func refusal(_ path: String?) -> String? {
        do {
            _ = try read(path)
            return nil
        } catch {
            return "\(error)"
        }
    }
}
