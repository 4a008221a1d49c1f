import Foundation
import Postgres
import Schema
import TestSupport
import Testing

/// What each role may do, held by the database itself.
struct RoleTests {
    @Test func `every table is under row level security`() throws {
        let connection = try TestDatabase().connect()
        let open = try connection.rows(
            """
            SELECT c.relname::text AS name FROM pg_class AS c
            WHERE c.relnamespace = 'budstikke'::regnamespace AND c.relkind = 'r'
                AND (NOT c.relrowsecurity OR 2 <> (
                    SELECT count(*) FROM pg_policy AS p
                    WHERE p.polrelid = c.oid AND p.polpermissive))
            """
        ) { try $0["name"] as String }
        #expect(open == [])
    }

    /// What reads as its owner shows all tenants to whoever may read it: no policy holds the owner.
    @Test func `no view and no function reads with the rights of its owner`() throws {
        let connection = try TestDatabase().connect()
        let asOwner = try connection.rows(
            """
            SELECT c.relname::text AS name FROM pg_class AS c
            WHERE c.relnamespace = 'budstikke'::regnamespace AND c.relkind IN ('v', 'm')
                AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false)
            UNION ALL
            SELECT p.proname::text FROM pg_proc AS p
            WHERE p.pronamespace = 'budstikke'::regnamespace AND p.prosecdef
            """
        ) { try $0["name"] as String }
        #expect(asOwner == [])
    }

    @Test(arguments: [
        "UPDATE invoice SET payable = 0", "UPDATE invoice SET content = '{}'",
        "DELETE FROM invoice_line", "DELETE FROM audit",
        "UPDATE delivery_event SET text = ''", "UPDATE file_content SET content = ''",
        "DELETE FROM dispatch", "DELETE FROM attempt", "DELETE FROM todo", "DELETE FROM job_run",
        "DELETE FROM dispatch_message", "DELETE FROM unread_report", "DELETE FROM file_content",
        "INSERT INTO schema_migration (version, name, sha256) VALUES (999, 'x', '')",
    ])
    func `the programs can't change what is fixed for ever`(_ statement: String) throws {
        let connection = try connect(as: "budstikke_job")
        let error = try #require(throws: PostgresError.self) {
            try connection.run(script: statement)
        }
        #expect(error.sqlState == SQLState(rawValue: "42501"))
    }

    @Test(arguments: [
        "UPDATE invoice SET payable = 0", "UPDATE invoice SET number = '1'", "DELETE FROM invoice",
        "DELETE FROM dispatch", "UPDATE dispatch SET state = 'failed'", "DELETE FROM todo",
        "UPDATE attempt SET detail = ''", "DELETE FROM skipped_period",
        "DELETE FROM imported_invoice", "DELETE FROM number_series", "SELECT key FROM mark_key",
        "UPDATE audit SET reason = ''", "DELETE FROM dispatch_queue", "INSERT INTO dispatch_queue",
        "DELETE FROM ongoing_dispatch", "DELETE FROM recovery", "DELETE FROM poll_cursor",
    ])
    func `who lets history go can do nothing else`(_ statement: String) throws {
        let connection = try connect(as: "budstikke_pruner")
        let rest = statement == "INSERT INTO dispatch_queue" ? " VALUES (1, NULL, now())" : ""
        let error = try #require(throws: PostgresError.self) {
            try connection.run(script: statement + rest)
        }
        #expect(error.sqlState == SQLState(rawValue: "42501"))
    }

    /// The one column of a file that the programs may write can be set to what it is, and no other.
    @Test func `the size of a file is what it is`() throws {
        let database = try TestDatabase()
        try database.connect().run(
            script: """
                INSERT INTO tenant (tenant_id, name) VALUES (1, 'Fjordlys');
                INSERT INTO file_content (tenant_id, sha256, byte_count, content)
                VALUES (1, sha256('a'), 1, 'a')
                """)
        let programs = try database.connect()
        try programs.run(script: "SET ROLE budstikke_job; UPDATE file_content SET byte_count = 1")
        let error = try #require(throws: PostgresError.self) {
            try programs.run(script: "UPDATE file_content SET byte_count = 2")
        }
        #expect(error.sqlState == SQLState(rawValue: "23514"))
    }

    @Test func `of events the programs can take away orphans alone`() throws {
        let database = try TestDatabase()
        let owner = try database.connect()
        let id = UUID()
        try owner.insertCompany()
        try owner.insertSent(
            id, to: "ap@kunde.test", messageID: "m", provider: "p", startedAt: .now)
        try owner.run(
            script: """
                INSERT INTO delivery_event (tenant_id, occurred_at, provider, event_key, dispatch_id,
                    attempt_number, attribution, subject, origin, source, kind, text,
                    provider_type, recipient_key, raw, stored_at)
                SELECT t, now(), 'p', 'k' || t, CASE WHEN t = 1 THEN '\(id)'::uuid END,
                    CASE WHEN t = 1 THEN 1 END, CASE WHEN t = 1 THEN 'own_id' ELSE 'none' END,
                    CASE WHEN t = 1 THEN 'attempt' ELSE 'address' END, 'provider', 's',
                    'delivered', '', '', 'a', '{}', now()
                FROM generate_series(0, 1) AS t
                """)
        let programs = try database.connect()
        try programs.run(script: "SET ROLE budstikke_job; DELETE FROM delivery_event")
        let left = try owner.rows("SELECT tenant_id FROM delivery_event") {
            try $0["tenant_id"] as Int
        }
        #expect(left == [1])
    }

    @Test func `a console sees the tenant that it names, and none without`() throws {
        let database = try TestDatabase()
        let owner = try database.connect()
        try owner.run(
            script: "INSERT INTO tenant (tenant_id, name) VALUES (1, 'Fjordlys'), (2, 'Nordlys')")
        let console = try database.connect()
        try console.run(script: "SET ROLE budstikke_console")
        #expect(try tenants(console) == [])
        try console.run(script: "SET budstikke.tenant_id = '2'")
        #expect(try tenants(console) == ["Nordlys"])
        #expect(throws: PostgresError.self) {
            try console.run(script: "UPDATE tenant SET name = 'x'")
        }
    }

    private func connect(as role: String) throws -> Connection {
        let connection = try TestDatabase().connect()
        try connection.run(script: "SET ROLE \(role)")
        return connection
    }

    private func tenants(_ connection: Connection) throws -> [String] {
        try connection.rows("SELECT name FROM tenant") { try $0["name"] }
    }
}
