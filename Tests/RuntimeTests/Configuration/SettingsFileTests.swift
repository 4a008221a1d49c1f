import Foundation
import Testing

@testable import Runtime

@Suite struct SettingsFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func `a file that is named has to be there`() {
        let path = "\(folder.path)/none.yaml"
        #expect(
            refusal { try SettingsFile.read(named: path) } == "--config: \(path) does not exist")
    }

    @Test func `a folder, a pipe and a device are no files`() throws {
        let pipe = "\(folder.path)/pipe"
        try #require(mkfifo(pipe, 0o600) == 0)
        for path in [folder.path, pipe, "/dev/zero"] {
            #expect(
                refusal { try SettingsFile.read(named: path) }
                    == "--config: \(path) is not a regular file")
        }
    }

    @Test func `a gigantic file is refused`() throws {
        let path = try folder.file("large.yaml", Data(repeating: 0x23, count: 1_048_577))
        #expect(refusal { try SettingsFile.read(named: path) } == "--config: \(path) is too large")
    }

    @Test func `a file that is not UTF-8 is refused`() throws {
        let path = try folder.file("latin.yaml", Data([0x61, 0x3a, 0x20, 0xe6]))
        #expect(refusal { try SettingsFile.read(named: path) } == "\(path): is not UTF-8")
    }

    @Test func `nested aliases are refused before they are expanded`() throws {
        var lines = ["a0: &a0 {x: 1}"]
        for level in 1...16 {
            let alias = "*a\(level - 1)"
            let pairs = (0..<9).map { "k\($0): \(alias)" }.joined(separator: ", ")
            lines.append("a\(level): &a\(level) {\(pairs)}")
        }
        let path = try folder.file("aliases.yaml", lines.joined(separator: "\n"))
        #expect(
            refusal { try SettingsFile.read(named: path) }
                == "\(path):2: holds an alias (*); write the value in its place")
    }

    @Test(arguments: [
        "a: *b", "{*a : 1}", "a: &x 1\nb: *x", "? *a\n: 1", "a: [*b]", "- *b", "a: \"&\"\nb: *c",
        "a: [&x 1, *x]",
    ])
    func `an alias is refused wherever it stands`(yaml: String) throws {
        let path = try folder.file("alias.yaml", yaml)
        #expect(refusal { try SettingsFile.read(named: path) }?.contains("holds an alias") == true)
    }

    @Test(arguments: [
        "a: 5 * 3 & 2", "a: '*b & c'", "a: \"*b\"", "# *b\na: 1", "a: x*y", "a: &anchor 1",
    ])
    func `a star that is no alias is part of its value`(yaml: String) throws {
        let path = try folder.file("star.yaml", yaml)
        #expect(try SettingsFile.read(named: path).values["a"] != nil)
    }

    @Test func `a file that anybody may write is refused`() throws {
        let path = try folder.file("open.yaml", "send: {batch: 1}", mode: 0o666)
        #expect(
            refusal { try SettingsFile.read(named: path) }
                == "\(path): anybody may write it; run chmod o-w \(path)")
    }

    @Test func `the first of the usual places that has a file is taken`() throws {
        let first = try folder.file("first.yaml", "send: {batch: 1}")
        let second = try folder.file("second.yaml", "send: {batch: 2}")
        let none = "\(folder.path)/none.yaml"
        #expect(try read([first, second]).values == ["send.batch": "1"])
        #expect(try read([none, second]).values == ["send.batch": "2"])
        #expect(try read([none]).values.isEmpty)
        #expect(try read([none]).path == nil)
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give a file away"))
    func `another user's file is taken by name only`() throws {
        let path = try folder.file("foreign.yaml", "send: {batch: 1}")
        try #require(chown(path, 4_242, 4_242) == 0)
        #expect(
            refusal { try read([path]) }
                == "\(path): belongs to another user; name it by --config if it is meant")
        #expect(try SettingsFile.read(named: path).values == ["send.batch": "1"])
    }

    private func read(_ places: [String]) throws -> SettingsFile {
        try SettingsFile.read(named: nil, places: places)
    }

    private func refusal(_ body: () throws -> SettingsFile) -> String? {
        do {
            _ = try body()
            return nil
        } catch {
            return "\(error)"
        }
    }
}

@Suite struct ConninfoTests {
    @Test(arguments: [
        "password=hunter2", "host=db password = hunter2", "host=db\tpassword='a b'",
        "sslkey=k sslpassword=hunter2", "postgresql://me:hunter2@db/budstikke",
        "postgres://me:@db", "postgresql://db/budstikke?password=hunter2",
        "postgresql://db?sslmode=require&sslpassword=x", "postgresql://db?p%61ssword=hunter2",
    ])
    func `a password is seen, and never shown`(conninfo: String) {
        #expect(Conninfo.holdsPassword(conninfo))
        #expect(
            Settings.refusal(environment: ["BUDSTIKKE_DATABASE": conninfo])
                == "database: holds a password, from the environment (BUDSTIKKE_DATABASE);"
                + " put it into ~/.pgpass or a service file")
    }

    @Test(arguments: [
        "", "service=budstikke", "host=/run/postgresql dbname=budstikke user=password",
        "dbname=password_vault passfile=/etc/budstikke/pgpass", "postgresql://me@db:5432/budstikke",
        "postgresql:///budstikke?host=/run/postgresql", "postgresql://[::1]:5432/budstikke",
        "host=db dbname=a@b:c",
    ])
    func `what only looks like one is let by`(conninfo: String) throws {
        #expect(!Conninfo.holdsPassword(conninfo))
        #expect(
            try Settings.loaded(environment: ["BUDSTIKKE_DATABASE": conninfo]).database == conninfo)
    }
}

@Suite struct ProviderAddressTests {
    @Test(arguments: [
        "https://api.sendgrid.com", "https://api.eu.sendgrid.com/v3/", "http://127.0.0.1:8025",
        "http://localhost:8025", "http://[::1]:8025",
    ])
    func `a key may go there`(address: String) {
        #expect(ProviderAddress.isAllowed(address))
    }

    @Test(arguments: [
        "http://api.sendgrid.com", "http://127.0.0.1.example.com", "http://localhost.example.com",
        "http://127.0.0.1@example.com", "https://me:key@api.sendgrid.com", "https://",
        "api.sendgrid.com",
        "ftp://127.0.0.1", "https://api.sendgrid.com?x=1", "https://api.sendgrid.com#x", "",
        "https://a b",
        "file:///etc/passwd", "HTTP://api.sendgrid.com",
    ])
    func `a key must not go there`(address: String) {
        #expect(!ProviderAddress.isAllowed(address))
    }
}
