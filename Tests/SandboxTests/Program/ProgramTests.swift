import Foundation
import Synchronization
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(15)))
final class ProgramTests {
    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "sandbox-\(UUID().uuidString)")
    private var ledger: String { folder.appending(path: "ledger.jsonl").path() }

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    private func file(_ name: String, _ text: String) throws -> String {
        let url = folder.appending(path: name)
        try Data(text.utf8).write(to: url)
        return url.path()
    }

    @Test func `it stops at SIGTERM at once, also while it keeps a client waiting`() async throws {
        let program = try RunningProgram(["--ledger", ledger])
        let sandbox = TestSandbox(port: try await program.port(), clock: ManualClock())
        try await sandbox.arm(#"{"kind":"timeout_after_accept"}"#)
        let connection = try sandbox.connect()
        await connection.send(
            TestSandbox.request(
                "POST", "/v3/mail/send", TestSandbox.mail(to: "kari@kunde.example")))
        _ = try await sandbox.summary { $0["accepted"] == 1 }
        program.terminate()
        let end = await program.end()
        #expect(end.status == 0)
        #expect(end.reason == .exit)
        #expect(end.errors == "")
    }

    @Test func `whoever was answered is in the ledger after a kill`() async throws {
        let program = try RunningProgram(["--ledger", ledger])
        let port = try await program.port()
        let answered = AnsweredIDs()
        await withTaskGroup(of: Void.self) { group in
            for client in 0..<4 {
                group.addTask {
                    await Self.sendUntilCutOff(port: port, client: client) { id in
                        if answered.insert(id) == 100 { program.kill() }
                    }
                }
            }
        }
        #expect(await program.end().reason == .uncaughtSignal)
        let heir = try RunningProgram(["--ledger", ledger])
        let sandbox = TestSandbox(port: try await heir.port(), clock: ManualClock())
        let lines = try #require(try await sandbox.request("GET", "/_sandbox/ledger")).text
        let kept = try lines.split(separator: "\n").map { line in
            try JSONReader.read(line.utf8)["provider_message_id"]?.text?.prefix { $0 != "." } ?? ""
        }
        let ids = answered.all
        #expect(ids.count >= 100)
        #expect(ids.isSubset(of: kept.map(String.init)))
    }

    /// Sends one mail after another on one connection and tells the id of each answer.
    private static func sendUntilCutOff(
        port: Int, client: Int, answered: (String) -> Void
    ) async {
        guard let connection = try? RawConnection(port: port) else { return }
        for number in 0... {
            let mail = TestSandbox.mail(to: "kari+\(client)-\(number)@kunde.example")
            await connection.send(TestSandbox.request("POST", "/v3/mail/send", mail))
            guard let reply = try? await connection.receive(), reply.status == 202,
                let id = reply.headers["x-message-id"]
            else { return }
            answered(id)
        }
    }

    @Test func `the key is read from its file`() async throws {
        let path = try file("key", "key\n")
        let program = try RunningProgram(["--api-key-file", path])
        let sandbox = TestSandbox(port: try await program.port(), clock: ManualClock())
        #expect(try await sandbox.send(to: "kari@kunde.example")?.status == 202)
    }

    @Test(arguments: [
        (["--port", "70000"], Int32(64), "No such port: 70000."),
        (["--latency-ms=-1"], 64, "A time can't be negative."),
        (["--ledger", "/nowhere/ledger"], 74, "No such file or directory"),
        (["--api-key-file", "/nowhere/key"], 78, "No such file or directory"),
    ])
    func `it says why it does not start`(
        arguments: [String], status: Int32, reason: String
    ) async throws {
        let end = await (try RunningProgram(arguments)).end()
        #expect(end.status == status)
        #expect(end.errors.contains(reason))
    }

    @Test func `a taken port and a taken ledger are told apart`() async throws {
        let first = try RunningProgram(["--ledger", ledger])
        let port = try await first.port()
        let onPort = await (try RunningProgram(["--port", "\(port)"])).end()
        #expect(onPort.status == 69)
        #expect(onPort.errors.contains("cannot listen on 127.0.0.1:\(port)"))
        let onLedger = await (try RunningProgram(["--ledger", ledger])).end()
        #expect(onLedger.status == 74)
        #expect(onLedger.errors.contains("cannot lock the ledger"))
    }

    @Test func `a file that is no ledger is refused by its line`() async throws {
        let path = try file("other.txt", "not a ledger\n")
        let end = await (try RunningProgram(["--ledger", path])).end()
        #expect(end.status == 74)
        #expect(end.errors.contains("line 1 is no entry of a sandbox's ledger"))
    }
}

/// The ids that several clients were answered with.
private final class AnsweredIDs: Sendable {
    private let ids = Mutex<Set<String>>([])

    var all: Set<String> {
        ids.withLock { $0 }
    }

    /// Takes one in and gives their number.
    func insert(_ id: String) -> Int {
        ids.withLock { ids in
            ids.insert(id)
            return ids.count
        }
    }
}
