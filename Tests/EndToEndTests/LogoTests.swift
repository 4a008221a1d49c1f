import Foundation
import Postgres
import TestSupport
import Testing

/// Logos that would stop a night, imported or written by the host system.
struct LogoTests {
    private static let bad: [(name: String, file: [UInt8], refusal: String)] = [
        ("overflow.png", BadPicture.overflow, "too_many_pixels"),
        ("turbulence.svg", BadPicture.turbulence, "filters"),
        ("deep.svg", BadPicture.deep, "too_complex"),
        ("outside.svg", BadPicture.svg("<image href='file:///etc/passwd'/>"), "outside_references"),
        ("none.png", Array("GIF89a".utf8), "not_a_picture"),
        ("copies.svg", BadPicture.copies, "over_budget"),
    ]

    /// Tenants from 1, one agreement each; the first has no logo, the second a sound one, and each
    /// of the others another bad one, all written by the host system.
    private static func company() throws -> TestInstallation {
        let installation = try TestInstallation(role: "budstikke_job")
        try installation.importCompany(
            recipients: ["ok-1@kunde.test"], tenants: Array(1...(bad.count + 2)))
        try set(BadPicture.sound, tenant: 2, installation)
        for (index, logo) in bad.enumerated() {
            try set(logo.file, tenant: index + 3, installation)
        }
        return installation
    }

    private static func set(_ logo: [UInt8], tenant: Int, _ installation: TestInstallation) throws {
        try installation.database.connect().execute(
            "UPDATE form_template SET logo = \(logo) WHERE tenant_id = \(tenant)")
    }

    private static func dispatches(_ installation: TestInstallation) throws -> [String] {
        try installation.lines(
            """
            SELECT format('%s %s %s', tenant_id, state, coalesce(reason, '')) AS line
            FROM dispatch WHERE purpose = 'invoice' ORDER BY tenant_id, created_at
            """)
    }

    @Test func `a night goes on past every bad logo, tells its user, and draws none again`() throws
    {
        let installation = try Self.company()
        let first = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        #expect(first.exitCode == 1, "\(first.errors)")
        #expect(
            try Self.dispatches(installation) == ["1 queued ", "2 queued "]
                + Self.bad.indices.map { "\($0 + 3) failed logo_unusable" })
        #expect(
            try installation.lines(
                """
                SELECT format('%s %s', tenant_id, coalesce(refusal, encoding)) AS line
                FROM logo_drawing ORDER BY tenant_id
                """)
                == ["2 rows"]
                + Self.bad.enumerated().map { "\($0.offset + 3) \($0.element.refusal)" })
        let told = try installation.lines(
            """
            SELECT format('%s %s', m.tenant_id, m.body_text) AS line FROM dispatch_message AS m
            JOIN dispatch AS d ON d.tenant_id = m.tenant_id AND d.dispatch_id = m.dispatch_id
            WHERE d.purpose = 'fault_report' ORDER BY m.tenant_id
            """)
        #expect(told.count == Self.bad.count)
        #expect(told.allSatisfy { $0.contains("en logo som ikke kan brukes") }, "\(told)")
        #expect(told[0].contains("for mange piksler"), "\(told[0])")
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)

        // Where the program that draws is not there, what is known needs none.
        let program = try Self.alone("generate-invoices", installation)
        let second = try Self.run(program, installation.arguments(["--as-of", "2026-12-24"]))
        #expect(second.exitCode == 1, "\(second.errors)")
        #expect(
            try installation.count(
                "SELECT count(*) AS count FROM dispatch WHERE reason = 'logo_unusable'")
                == 2 * Self.bad.count)
        try Self.set(BadPicture.svg("<circle r='5'/>"), tenant: 1, installation)
        let third = try Self.run(program, installation.arguments(["--as-of", "2027-01-24"]))
        #expect(third.exitCode == 78 && third.errors.contains("draw-logo"), "\(third.errors)")
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

    @Test func `what the e-mail advises mends it`() throws {
        let installation = try Self.company()
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        _ = try installation.write(
            String(decoding: BadPicture.sound, as: UTF8.self), to: "new/logo.svg")
        let file = try installation.write(
            "key,name,logo\nstandard,Standard,logo.svg\n", to: "new/form_templates.csv")
        let imported = try installation.run("budstikke", "import", "--tenant", "3", file)
        #expect(imported.exitCode == 0, "\(imported.errors)")
        let again = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        #expect(again.output.contains("\"mended\":1"), "\(again.output)\(again.errors)")
        let resent = try installation.run(
            "budstikke", "resend", "--tenant", "3", "--reason", "ny logo", "1")
        #expect(resent.exitCode == 0 && resent.output.contains("queued as"), "\(resent.output)")
        #expect(try Self.dispatches(installation).contains("3 queued "))
    }

    @Test func `import refuses a bad logo by its line, and draws a sound one once`() throws {
        let installation = try TestInstallation(role: "budstikke_job")
        try installation.importCompany(recipients: ["ok-1@kunde.test"])
        let table = installation.folder.appending(path: "logo/form_templates.csv")
        for logo in Self.bad + [("sound.svg", BadPicture.sound, "")] {
            _ = try installation.write(
                "key,name,logo\nstandard,Standard,\(logo.name)\n", to: "logo/form_templates.csv")
            try Data(logo.file).write(to: installation.folder.appending(path: "logo/\(logo.name)"))
            let run = try installation.run("budstikke", "import", "--tenant", "1", table.path())
            guard !logo.refusal.isEmpty else {
                #expect(run.exitCode == 0, "\(run.errors)")
                continue
            }
            #expect(run.exitCode == 65, "\(logo.name): \(run.errors)")
            let start = "form_templates.csv:2: logo \"\(logo.name)\": can't be a logo: The "
            #expect(
                run.errors.split(separator: "\n").count { $0.hasPrefix(start) } == 1,
                "\(run.errors)")
            #expect(
                try installation.count(
                    "SELECT count(*) AS count FROM form_template WHERE logo IS NOT NULL") == 0)
        }
        #expect(try installation.lines("SELECT encoding AS line FROM logo_drawing") == ["rows"])
        let drawnAt = try installation.lines("SELECT drawn_at::text AS line FROM logo_drawing")
        #expect(
            try installation.run("budstikke", "import", "--tenant", "1", table.path()).exitCode == 0
        )
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        #expect(try Self.dispatches(installation) == ["1 queued "])
        #expect(
            try installation.lines("SELECT drawn_at::text AS line FROM logo_drawing") == drawnAt)
    }

    @Test func `a preview of a bad logo says so, and keeps nothing`() throws {
        let installation = try Self.company()
        let before = try installation.contents()
        for tenant in [3, 4, Self.bad.count + 2] {
            let run = try installation.run(
                "budstikke", "preview", "--tenant", "\(tenant)", "--recurring", "A1",
                "--open-faults")
            #expect(run.exitCode == 1, "\(run.errors)")
            #expect(run.output.contains("logo_unusable"), "\(run.output)")
        }
        let sound = try installation.run(
            "budstikke", "preview", "--tenant", "2", "--recurring", "A1", "--open-faults")
        #expect(sound.exitCode == 0, "\(sound.output)\(sound.errors)")
        #expect(try installation.contents() == before)
    }

    @Test func `a stop while a logo is drawn ends the run at once, and the next draws it`() throws {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: ["ok-1@kunde.test"])
        try Self.set(BadPicture.copies, tenant: 1, installation)
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
        #expect(try Self.dispatches(installation) == ["1 failed logo_unusable"])
    }
}
