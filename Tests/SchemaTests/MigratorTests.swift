import Foundation
import Postgres
import Schema
import TestSupport
import Testing

/// The migrations, and what the schema promises of every table.
struct MigratorTests {
    @Test func `the list is the folder`() throws {
        let names = try FileManager.default.contentsOfDirectory(
            atPath: "Sources/Schema/Migrations")
        let listed = Migration.all.map { migration in
            let number = String(migration.version)
            return
                "v\(String(repeating: "0", count: 3 - number.count))\(number)_\(migration.name).sql"
        }
        #expect(listed == names.sorted())
    }

    @Test func `migrating again changes nothing`() throws {
        let connection = try TestDatabase().connect()
        #expect(try Migrator(connection).migrate().isEmpty)
        #expect(try Migrator(connection).pending().isEmpty)
    }

    @Test func `a newer database and a changed step are refused`() throws {
        let connection = try TestDatabase().connect()
        let older = Migrator(connection, migrations: Array(Migration.all.dropLast()))
        let newest = try #require(Migration.all.last)
        #expect(throws: MigrationError.newerDatabase(version: newest.version)) {
            try older.migrate()
        }
        let edited =
            [Migration(version: 1, name: "tenant", sql: "SELECT 1")] + Migration.all.dropFirst()
        #expect(throws: MigrationError.changedStep(version: 1, name: "tenant")) {
            try Migrator(connection, migrations: edited).migrate()
        }
    }

    @Test func `tenant_id leads every key`() throws {
        let connection = try TestDatabase().connect()
        let others = try connection.rows(
            """
            SELECT c.conname::text AS name
            FROM pg_constraint AS c
            JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
            WHERE c.connamespace = 'budstikke'::regnamespace AND c.contype IN ('p', 'u', 'f')
                AND a.attname <> 'tenant_id'
            """
        ) { try $0["name"] as String }
        #expect(others == [])
    }

    @Test func `every table says what it is`() throws {
        let connection = try TestDatabase().connect()
        let silent = try connection.rows(
            """
            SELECT relname::text AS name FROM pg_class
            WHERE relnamespace = 'budstikke'::regnamespace AND relkind IN ('r', 'v')
                AND obj_description(oid, 'pg_class') IS NULL
            """
        ) { try $0["name"] as String }
        #expect(silent == [])
    }
}
