import Foundation
import Postgres
import Schema
import TestSupport
import Testing

/// The programs work with the rights of budstikke_job, which can't change what is fixed for ever;
/// what they work on belongs to a role that only migrates.
struct RoleTests {
    @Test func `a night needs no more than the rights of the programs' role`() throws {
        let installation = try TestInstallation(role: "budstikke_job")
        try Self.runNight(installation)
    }

    @Test func `an owner that may make no roles migrates, once roles sql was run`() throws {
        let server = try PrivateServer()
        let admin = try Connection(server.conninfo, applicationName: "budstikke-tests")
        try admin.run(script: "CREATE ROLE budstikke_owner LOGIN")
        try admin.run(script: "CREATE DATABASE owned OWNER budstikke_owner")
        let owner = try Self.connect(server, as: "budstikke_owner")
        #expect(
            throws: MigrationError.missingRoles(
                role: "budstikke_owner",
                missing: [
                    "budstikke_console", "budstikke_job", "budstikke_pruner", "budstikke_reader",
                ])
        ) {
            try Migrator(owner).migrate()
        }
        #expect(try Migrator(owner).pending().count == Migration.all.count)

        try admin.run(script: Self.roles)
        #expect(try Migrator(owner).migrate() == Migration.all)
        try admin.run(script: Self.roles)
        try admin.run(script: "CREATE ROLE programs LOGIN IN ROLE budstikke_job")
        #expect(throws: MigrationError.notTheOwner(role: "programs", owner: "budstikke_owner")) {
            try Migrator(Self.connect(server, as: "programs")).migrate()
        }
        try Self.runNight(TestInstallation(database: Self.database(server, as: "programs")))
    }

    @Test func `a database that the programs owned is handed over`() throws {
        let server = try PrivateServer()
        let admin = try Connection(server.conninfo, applicationName: "budstikke-tests")
        try admin.run(script: "CREATE ROLE programs LOGIN CREATEROLE")
        try admin.run(script: "CREATE DATABASE owned OWNER programs")
        _ = try Migrator(Self.connect(server, as: "programs")).migrate()

        try admin.run(script: Self.roles)
        let inside = try Self.connect(server, as: "budstikke")
        try inside.run(script: "REASSIGN OWNED BY programs TO budstikke_owner")
        try inside.run(script: "ALTER ROLE programs NOCREATEROLE")
        try inside.run(script: "GRANT budstikke_job TO programs")
        #expect(try Migrator(Self.connect(server, as: "budstikke_owner")).migrate() == [])
        let programs = try Self.connect(server, as: "programs")
        let error = try #require(throws: PostgresError.self) {
            try programs.run(script: "DELETE FROM budstikke.audit")
        }
        #expect(error.sqlState == SQLState(rawValue: "42501"))
        try Self.runNight(TestInstallation(database: Self.database(server, as: "programs")))
    }

    @Test func `who may only read looks at everything, and changes nothing`() throws {
        let night = try TestInstallation(role: "budstikke_job")
        #expect(try night.importCompany(agreements: 1).exitCode == 0)
        _ = try night.run("generate-invoices", "--as-of", TestInstallation.asOf)
        let number = try #require(try night.lines("SELECT number AS line FROM invoice").first)
        let looking = try TestInstallation(role: "budstikke_reader", database: night.database)
        let before = try night.contents()
        for words in [
            ["list"], ["list", "failed"], ["why", number], ["runs"], ["metrics"], ["todo"],
            ["notifications"],
        ] {
            let run = try looking.run("budstikke", words)
            #expect(run.exitCode == 0, "\(words): \(run.errors)")
            #expect(!run.errors.contains("denied"), "\(words)")
        }
        let refused = try looking.run(
            "budstikke", ["resend", "--invoice", number, "--reason", "to try it"])
        #expect(refused.exitCode != 0)
        #expect(refused.errors.contains("permission denied"), "\(refused.errors)")
        #expect(try night.contents() == before)
    }

    private static func runNight(_ installation: TestInstallation) throws {
        #expect(try installation.importCompany(agreements: 20).exitCode == 0)
        _ = try installation.run("generate-invoices", "--as-of", TestInstallation.asOf)
        try installation.drain()
        try installation.settle()
        #expect(try installation.problems(invoices: 85) == [])
    }

    /// What the package has for whoever may make roles.
    private static var roles: String {
        get throws { try String(contentsOfFile: "packaging/roles.sql", encoding: .utf8) }
    }

    private static func conninfo(_ server: PrivateServer, as role: String) -> String {
        let words = server.conninfo.split(separator: " ").filter { $0.hasPrefix("host=") }
        return (words + ["user=\(role)", "dbname=owned"]).joined(separator: " ")
    }

    private static func connect(_ server: PrivateServer, as role: String) throws -> Connection {
        try Connection(conninfo(server, as: role), applicationName: "budstikke-tests")
    }

    private static func database(_ server: PrivateServer, as role: String) throws -> TestDatabase {
        try TestDatabase(conninfo: conninfo(server, as: role), isNew: false)
    }
}
