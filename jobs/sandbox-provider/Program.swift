// sandbox-provider: an e-mail provider on this machine that sends nothing.
//
// It implements the APIs of SendGrid (v3), Postmark and Mailgun over HTTP on 127.0.0.1, all three
// over the same mailboxes and lists, and misbehaves on request. The outcome of a mail depends on
// the local part of its recipient (--help has the table); faults are ordered with POST
// /_sandbox/faults.
//
// Reads:   the ledger, if it is there, and the file of the key.
// Writes:  the ledger, a line for each message accepted, before the answer leaves; and one line on
//          standard output when it is ready: listening on http://127.0.0.1:PORT
// Stops:   at SIGTERM, at once. Nothing is lost: what was answered is in the ledger.
// Exit:    0 stopped by SIGTERM; 64 usage; 69 the port is taken; 74 the ledger can't be kept;
//          78 the file of the key can't be read.

import ArgumentParser
import Glibc
import Sandbox
import Version

@main
struct SandboxProvider: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox-provider",
        abstract: "An e-mail provider on this machine that sends nothing.",
        discussion: """
            What becomes of a mail is told by the local part of its recipient, up to the first +, \
            - or digit:

            \(behaviours)

            A mail to an address on one of the lists bounces, invalid_emails or spam_reports is \
            dropped until the address is deleted from the list.

            Postmark's lists show the stream outbound and what is sent, where nothing else is \
            asked for. Mailgun has no domain in .invalid, and Postmark no stream in -gone.

            Faults are ordered with POST /_sandbox/faults {"faults":[{"kind":…}]}, also any answer \
            at all, to so many messages or to those of one recipient or subject:
            {"kind":"answer","status":403,"headers":{"content-type":"text/html"},"body":"<html>", \
            "endpoint":"send","count":12,"recipient":"kari"}. The kinds: \(faultKinds).
            """,
        version: BudstikkeVersion.line(of: "sandbox-provider"))

    @Option(help: "The port on 127.0.0.1; 0 for one that is free.")
    var port = 0

    @Option(help: ArgumentHelp("The file of all that was accepted.", valueName: "file"))
    var ledger: String?

    @Flag(help: "Wait until each acceptance is on the disk.")
    var fsync = false

    @Option(help: ArgumentHelp("How long each send takes.", valueName: "milliseconds"))
    var latencyMs = 0

    @Option(help: ArgumentHelp("How late events can be seen.", valueName: "milliseconds"))
    var eventDelayMs = 0

    @Option(
        help: ArgumentHelp("How long its logs keep a message; else for ever.", valueName: "seconds")
    )
    var logsKept: Int?

    @Option(help: ArgumentHelp("How far its clock goes ahead.", valueName: "seconds"))
    var clockOffset = 0

    @Option(help: ArgumentHelp("The key to ask for; else any is taken.", valueName: "file"))
    var apiKeyFile: String?

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("No such port: \(port).") }
        guard latencyMs >= 0, eventDelayMs >= 0, logsKept ?? 0 >= 0 else {
            throw ValidationError("A time can't be negative.")
        }
    }

    func run() async throws {
        // Everything that was answered is in the ledger, so there is nothing left to do.
        signal(SIGTERM) { _ in _exit(0) }
        var options = SandboxOptions()
        options.port = port
        options.ledgerPath = ledger
        options.syncsLedger = fsync
        options.latencyMilliseconds = latencyMs
        options.eventDelayMilliseconds = eventDelayMs
        options.clockOffsetSeconds = clockOffset
        options.logsKeptSeconds = logsKept
        options.apiKey = try apiKeyFile.map(Self.readKey)
        do {
            try await SandboxServer(options).run { port in
                Self.write("listening on http://127.0.0.1:\(port)\n", to: STDOUT_FILENO)
            }
        } catch let error as LedgerError {
            throw Self.failure("\(error)", code: 74)
        } catch {
            throw Self.failure("cannot listen on 127.0.0.1:\(port): \(error)", code: 69)
        }
    }

    private static let behaviours = Behaviour.allCases
        .map { "  \($0.rawValue.padded(to: 9)) \($0.summary)" }
        .joined(separator: "\n")

    private static let faultKinds = SandboxServer.faultKinds.joined(separator: ", ")

    private static func readKey(path: String) throws -> String {
        guard let file = fopen(path, "r") else {
            throw failure(
                "cannot read the key \(path): \(String(cString: strerror(errno)))", code: 78)
        }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = fread(&bytes, 1, bytes.count, file)
        let key = String(decoding: bytes.prefix(count), as: UTF8.self).prefix { !$0.isNewline }
        guard !key.isEmpty else { throw failure("the key \(path) is empty", code: 78) }
        return String(key)
    }

    private static func failure(_ message: String, code: Int32) -> ExitCode {
        write("sandbox-provider: \(message)\n", to: STDERR_FILENO)
        return ExitCode(code)
    }

    private static func write(_ line: String, to descriptor: Int32) {
        _ = Array(line.utf8).withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }
}

extension String {
    /// The text padded with spaces on the right, for a column.
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
