package import Foundation

/// A built program run as a process, as a timer or a person would run it.
package struct ProgramRun: Sendable {
    package var exitCode: Int32
    package var output: String
    package var errors: String

    /// Where the programs were built.
    package static var folder: URL {
        let environment = ProcessInfo.processInfo.environment
        return URL(
            filePath: environment["BUDSTIKKE_BIN"] ?? ".build/debug", directoryHint: .isDirectory)
    }

    /// Runs a program to its end.
    package static func run(
        _ program: String, _ arguments: [String], input: String? = nil,
        environment: [String: String] = [:]
    ) throws -> ProgramRun {
        let process = RunningProgram(program, arguments, environment: environment)
        try process.start(input: input)
        return process.wait()
    }
}

/// A program that is running, and may be killed.
package final class RunningProgram {
    private let process = Process()
    private let output: URL
    private let errors: URL

    package init(
        _ program: String, _ arguments: [String], environment: [String: String] = [:]
    ) {
        let base = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        output = base.appendingPathExtension("out")
        errors = base.appendingPathExtension("err")
        process.executableURL = ProgramRun.folder.appending(path: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    }

    package func start(input: String? = nil) throws {
        for url in [output, errors] {
            try Data().write(to: url)
        }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        let pipe = Pipe()
        process.standardInput = pipe
        try process.run()
        try pipe.fileHandleForWriting.write(contentsOf: Data((input ?? "").utf8))
        try pipe.fileHandleForWriting.close()
    }

    package var isRunning: Bool {
        process.isRunning
    }

    /// The most memory that it has held so far; nil once it has ended.
    package var peakKilobytes: Int? {
        let status = try? String(
            contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
        return status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
            .flatMap { Int($0.filter(\.isNumber)) }
    }

    package func send(_ signal: Int32) {
        kill(process.processIdentifier, signal)
    }

    /// What has been printed so far.
    package var printed: String {
        (try? String(contentsOf: output, encoding: .utf8)) ?? ""
    }

    package func wait() -> ProgramRun {
        process.waitUntilExit()
        defer {
            try? FileManager.default.removeItem(at: output)
            try? FileManager.default.removeItem(at: errors)
        }
        return ProgramRun(
            exitCode: process.terminationStatus, output: printed,
            errors: (try? String(contentsOf: errors, encoding: .utf8)) ?? "")
    }
}
