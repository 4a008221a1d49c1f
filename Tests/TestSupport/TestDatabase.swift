import Foundation
package import Postgres
import Schema
import Synchronization

/// A fresh, migrated database for one test, cloned from a template that is made once.
///
/// The server is the one of `BUDSTIKKE_TEST_DATABASE` (a conninfo, as scripts/test exports it). A
/// database is dropped some time after its test has let go of it, so that a whole run needs the
/// disk of a few and not of all.
package final class TestDatabase: Sendable {
    package let conninfo: String

    deinit { Self.cluster.withLock { $0.letGo(of: conninfo) } }

    package init() throws {
        conninfo = try Self.cluster.withLock { try $0.clone() }
    }

    /// A copy of another, as it is restored from a backup; nobody may be connected to that.
    package init(copyOf other: TestDatabase) throws {
        let name = other.conninfo.split(separator: " ").last { $0.hasPrefix("dbname=") }
        guard let name = name?.dropFirst("dbname=".count) else { throw TestDatabaseError.noServer }
        conninfo = try Self.cluster.withLock { try $0.copy(of: String(name)) }
    }

    private init(conninfo: String) {
        self.conninfo = conninfo
    }

    /// A database on a server of the test's own, which is to be migrated where it is new.
    package init(conninfo: String, isNew: Bool) throws {
        self.conninfo = conninfo
        if isNew { _ = try Migrator(connect()).migrate() }
    }

    /// A database with nothing in it.
    package static func empty() throws -> TestDatabase {
        TestDatabase(conninfo: try cluster.withLock { try $0.create() })
    }

    /// A database of an older version, which lacks the last steps of the schema.
    package static func older(bySteps count: Int) throws -> TestDatabase {
        let database = try empty()
        let steps = Array(Migration.all.dropLast(count))
        _ = try Migrator(database.connect(), migrations: steps).migrate()
        return database
    }

    /// A further connection to the database, of the caller's own.
    package func connect() throws -> Connection {
        try Connection(conninfo, applicationName: "budstikke-tests")
    }

    private static let cluster = Mutex(Cluster())

    /// The server; cloning is done one at a time, since a template in use can't be cloned.
    private struct Cluster {
        private var template: String?
        private var count = 0
        /// Names of databases whose tests have ended.
        private var leftBehind: Set<String> = []

        /// Dropping makes the server write all that it holds: it is done for many at once.
        private static let leftBehindMax = 20

        private let prefix = "test_\(ProcessInfo.processInfo.processIdentifier)"

        mutating func clone() throws -> String {
            let (base, admin) = try connect()
            let template = try template ?? makeTemplate("\(prefix)_template", base, admin)
            self.template = template
            return try create(from: template, base, admin)
        }

        /// A copy of a database that nobody is connected to.
        mutating func copy(of other: String) throws -> String {
            let (base, admin) = try connect()
            return try create(from: other, base, admin)
        }

        mutating func create() throws -> String {
            let (base, admin) = try connect()
            return try create(from: "template0", base, admin)
        }

        private func connect() throws -> (base: String, admin: Connection) {
            guard let base = ProcessInfo.processInfo.environment["BUDSTIKKE_TEST_DATABASE"] else {
                throw TestDatabaseError.noServer
            }
            return (base, try Connection(base, applicationName: "budstikke-tests"))
        }

        private mutating func create(
            from template: String, _ base: String, _ admin: Connection
        ) throws -> String {
            if leftBehind.count > Self.leftBehindMax { try dropLeftBehind(admin) }
            count += 1
            let name = "\(prefix)_\(count)"
            try admin.run(script: "CREATE DATABASE \(name) TEMPLATE \(template)")
            return Self.conninfo(base, database: name)
        }

        /// Remembers a database of this server that no test holds any longer.
        mutating func letGo(of conninfo: String) {
            let name = conninfo.split(separator: " ").last { $0.hasPrefix("dbname=") }
            guard let name = name?.dropFirst("dbname=".count), name.hasPrefix(prefix) else {
                return
            }
            leftBehind.insert(String(name))
        }

        /// Drops what nobody is connected to: a test may let go of its database before its
        /// connection ends.
        private mutating func dropLeftBehind(_ admin: Connection) throws {
            let used = try admin.rows(
                "SELECT datname::text FROM pg_stat_activity WHERE datname IS NOT NULL"
            ) { try $0["datname"] as String }
            for name in leftBehind.subtracting(used) {
                // Who has just connected keeps it: it is tried again with the next ones.
                let isDropped = (try? admin.run(script: "DROP DATABASE IF EXISTS \(name)")) != nil
                if isDropped { leftBehind.remove(name) }
            }
        }

        private func makeTemplate(
            _ name: String, _ base: String, _ admin: Connection
        ) throws -> String {
            try admin.run(script: "CREATE DATABASE \(name)")
            let connection = try Connection(
                Self.conninfo(base, database: name), applicationName: "budstikke-tests")
            _ = try Migrator(connection).migrate()
            return name
        }

        private static func conninfo(_ base: String, database: String) -> String {
            let others = base.split(separator: " ").filter { !$0.hasPrefix("dbname=") }
            return (others + ["dbname=\(database)"]).joined(separator: " ")
        }
    }
}

package enum TestDatabaseError: Error, CustomStringConvertible {
    case noServer

    package var description: String {
        "BUDSTIKKE_TEST_DATABASE is not set: run the tests by scripts/test"
    }
}
