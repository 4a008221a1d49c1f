import Dispatch
import Foundation
import Testing

/// `sandbox-provider` as a process of its own.
final class RunningProgram: Sendable {
    private let process: Process
    private let output: FileHandle
    private let errors: FileHandle

    init(_ arguments: [String]) throws {
        process = Process()
        process.executableURL = try Self.executable()
        process.arguments = arguments
        let output = Pipe()
        let errors = Pipe()
        process.standardOutput = output
        process.standardError = errors
        self.output = output.fileHandleForReading
        self.errors = errors.fileHandleForReading
        try process.run()
    }

    deinit {
        kill()
    }

    /// Where the package's programs are built, its tests are too.
    private static func executable() throws -> URL {
        let tests = try #require(CommandLine.arguments.first)
        var folder = URL(filePath: tests).deletingLastPathComponent()
        while !FileManager.default.isExecutableFile(
            atPath: folder.appending(path: "sandbox-provider").path())
        {
            try #require(folder.path() != "/", "sandbox-provider is not built")
            folder.deleteLastPathComponent()
        }
        return folder.appending(path: "sandbox-provider")
    }

    /// The port that it says it listens on.
    func port() async throws -> Int {
        let line = await Self.off { [output] in
            var line: [UInt8] = []
            while let byte = output.readData(ofLength: 1).first, byte != UInt8(ascii: "\n") {
                line.append(byte)
            }
            return String(decoding: line, as: UTF8.self)
        }
        let prefix = "listening on http://127.0.0.1:"
        return try #require(line.hasPrefix(prefix) ? Int(line.dropFirst(prefix.count)) : nil)
    }

    func terminate() {
        process.terminate()
    }

    /// SIGKILL: it has no say in it.
    func kill() {
        if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
    }

    /// What it says on standard error and how it exits.
    func end() async -> (errors: String, status: Int32, reason: Process.TerminationReason) {
        await Self.off { [process, errors] in
            let text = String(decoding: errors.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            return (text, process.terminationStatus, process.terminationReason)
        }
    }

    /// Blocking calls stay off the threads of the concurrency pool.
    private static func off<Value: Sendable>(
        _ work: @escaping @Sendable () -> Value
    ) async -> Value {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: work()) }
        }
    }
}
