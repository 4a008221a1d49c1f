import Foundation
import Postgres
import TestSupport
import Testing

/// The program that draws logos, beside the one that makes invoices: absent, and at work at a stop.
struct DrawLogoTests {
    private static func company(logo: [UInt8]?) throws -> TestInstallation {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: ["ok-1@kunde.test"])
        if let logo { try set(logo, installation) }
        return installation
    }

    private static func set(_ logo: [UInt8], _ installation: TestInstallation) throws {
        try installation.database.connect().execute("UPDATE form_template SET logo = \(logo)")
    }

    @Test func `where the program that draws is not there, what is known needs none`() throws {
        let installation = try Self.company(logo: BadPicture.sound)
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        let program = try Self.alone("generate-invoices", installation)
        let known = try Self.run(program, installation.arguments(["--as-of", "2026-12-24"]))
        #expect(known.exitCode == 0, "\(known.errors)")
        try Self.set(BadPicture.svg("<circle r='5'/>"), installation)
        let unknown = try Self.run(program, installation.arguments(["--as-of", "2027-01-24"]))
        #expect(unknown.exitCode == 78 && unknown.errors.contains("draw-logo"), "\(unknown.errors)")
    }

    /// A program in a folder where no other stands beside it.
    private static func alone(_ name: String, _ installation: TestInstallation) throws -> URL {
        let copy = installation.folder.appending(path: name)
        try FileManager.default.copyItem(
            at: ProgramRun.folder.resolvingSymlinksInPath().appending(path: name), to: copy)
        return copy
    }

    private static func run(
        _ program: URL, _ arguments: [String]
    ) throws -> (exitCode: Int32, errors: String) {
        let process = Process()
        let errors = Pipe()
        process.executableURL = program
        process.arguments = arguments
        process.standardError = errors
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let text = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: text, as: UTF8.self))
    }

    @Test func `a stop while a logo is drawn ends the run at once, and the next draws it`() throws {
        let installation = try Self.company(logo: BadPicture.copies)
        let running = try installation.start("generate-invoices", "--as-of", Company.smallAsOf)
        let isDrawing = try installation.wait {
            let process = try installation.lines("SELECT process_id::text AS line FROM job_run")
                .first
            let children = process.flatMap {
                try? String(contentsOfFile: "/proc/\($0)/task/\($0)/children", encoding: .utf8)
            }
            return children?.isEmpty == false
        }
        #expect(isDrawing)
        running.send(SIGTERM)
        let stopped = running.wait()
        #expect(stopped.exitCode == 75, "\(stopped.errors)")
        #expect(try installation.count("SELECT count(*) AS count FROM logo_drawing") == 0)
        #expect(try installation.count("SELECT count(*) AS count FROM invoice") == 0)
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        let reasons = try installation.lines(
            "SELECT reason AS line FROM dispatch WHERE purpose = 'invoice'")
        #expect(reasons == ["logo_unusable"])
    }
}
