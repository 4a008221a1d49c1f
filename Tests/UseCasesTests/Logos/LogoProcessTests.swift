import Documents
import Foundation
import Invoicing
import UseCases
import Runtime
import TestSupport
import Testing

/// The process that draws a picture: what it may do, and how it ends.
struct LogoProcessTests {
    private func draw(_ picture: [UInt8]) throws -> LogoProcess.Ending {
        try LogoProcess(
            program: ProgramRun.folder.appending(path: "draw-logo").path(), stop: StopSignal()
        ).run(picture)
    }

    @Test func `a sound picture is drawn, and a bad one refused`() throws {
        let drawn = try draw(BadPicture.sound)
        guard case .answer(.drawn(let logo)) = drawn else {
            Issue.record("\(drawn)")
            return
        }
        #expect(try logo.picture().encoding == .rows)
        #expect(try draw([]) == .answer(.refused(.notAPicture)))
        let huge = [UInt8](repeating: 0x3C, count: 8 << 20)
        #expect(try draw(huge) == .answer(.refused(.tooLarge)))
    }

    @Test(arguments: [
        Brief(BadPicture.copies, "copies of copies"), Brief(BadPicture.corners, "corners"),
    ])
    func `a picture that takes more than its budget is broken off`(
        picture: Brief<[UInt8]>
    ) throws {
        let ending = try draw(picture.value)
        let isOver = [.broken, .answer(.refused(.overBudget))].contains(ending)
        #expect(isOver, "\("\(ending)".prefix(200))")
    }

    /// A program that does what a test wants, in place of the one that draws.
    private static func standIn(_ script: String) throws -> String {
        let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try "#!/bin/sh\n\(script)\n".write(to: url, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o700], ofItemAtPath: url.path())
        return url.path()
    }

    private func ending(_ script: String, seconds: Int = 20) throws -> LogoProcess.Ending {
        let process = LogoProcess(
            program: try Self.standIn(script), seconds: seconds, stop: StopSignal())
        while true {
            let ending = try process.run([UInt8](repeating: 0, count: 1 << 20))
            // Another test's process was begun while the script was being written, and held it.
            if ending != .interrupted(reason: "Text file busy") { return ending }
        }
    }

    @Test(arguments: ["SEGV", "ABRT", "ILL", "BUS", "FPE", "XCPU", "TRAP"])
    func `what breaks the program is the picture's fault`(signal: String) throws {
        let ending = try ending("kill -\(signal) $$")
        #expect(ending == .broken, "\(ending)")
    }

    @Test func `so is an answer without end`() throws {
        #expect(try ending("exec /usr/bin/yes") == .broken)
    }

    @Test(arguments: [
        "kill -KILL $$", "kill -TERM $$", "exit 127", "exit 74", "true", "echo drawn", "echo ok",
    ])
    func `what others do to it is not`(script: String) throws {
        guard case .interrupted = try ending(script) else {
            Issue.record("\(script)")
            return
        }
    }

    @Test(arguments: ["exec sleep 600", "exec >&- <&-; exec sleep 600", "cat; exec sleep 600"])
    func `it is ended when its time is over, whether it speaks or not`(script: String) throws {
        #expect(
            try ending(script, seconds: 1) == .interrupted(reason: "it took too long"))
    }

    @Test func `a program that is not there draws nothing`() throws {
        let process = LogoProcess(program: "/nowhere/draw-logo", stop: StopSignal())
        #expect(try process.run([]) == .interrupted(reason: "No such file or directory"))
    }

    @Test func `it has no environment, and no descriptor but three`() throws {
        let secret = try FileHandle(forReadingFrom: URL(filePath: "/etc/hostname"))
        let inherited = dup(secret.fileDescriptor)
        defer { close(inherited) }
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        let told = try ending("/usr/bin/env > \(file.path()); echo refused damaged")
        #expect(told == .answer(.refused(.damaged)))
        let environment = try String(contentsOf: file, encoding: .utf8)
        #expect(!environment.contains("HOME=") && !environment.contains("BUDSTIKKE"))
    }
}
