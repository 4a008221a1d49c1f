import Foundation
package import Postgres
import Schema
import Synchronization

/// A fresh, migrated database for one test, cloned from a template that is made once.
///
/// The server is the one of `BUDSTIKKE_TEST_DATABASE` (a conninfo, as scripts/test exports it).
/// Databases are left behind: the whole server is thrown away.
package final class TestDatabase {
    package let conninfo: String

    package init() throws {
        conninfo = try Self.cluster.withLock { try $0.clone() }
    }

    /// A copy of another, as it is restored from a backup; nobody may be connected to that.
    package init(copyOf other: TestDatabase) throws {
        let template = other.conninfo.split(separator: " ").last { $0.hasPrefix("dbname=") }
        let name = template.map { String($0.dropFirst("dbname=".count)) }
        conninfo = try Self.cluster.withLock { try $0.clone(name) }
    }

    package func connect() throws -> Connection {
        try Connection(conninfo, applicationName: "budstikke-tests")
    }

    private static let cluster = Mutex(Cluster())

    /// The server; cloning is done one at a time, since a template in use can't be cloned.
    private struct Cluster {
        private var template: String?
        private var count = 0

        mutating func clone(_ other: String? = nil) throws -> String {
            guard let base = ProcessInfo.processInfo.environment["BUDSTIKKE_TEST_DATABASE"] else {
                throw TestDatabaseError.noServer
            }
            let admin = try Connection(base, applicationName: "budstikke-tests")
            let prefix = "test_\(ProcessInfo.processInfo.processIdentifier)"
            let template =
                try other ?? self.template
                ?? makeTemplate(
                    "\(prefix)_template", base, admin)
            if other == nil { self.template = template }
            count += 1
            let name = "\(prefix)_\(count)"
            try admin.run(script: "CREATE DATABASE \(name) TEMPLATE \(template)")
            return Self.conninfo(base, database: name)
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
