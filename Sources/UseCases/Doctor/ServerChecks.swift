import FoundationEssentials
import Postgres
import Runtime
import Schema

/// Checks of the database server, before anything of ours is read.
struct ServerChecks {
    let connection: Connection
    let context: RunContext

    func run() -> [HealthCheck] {
        [encryption(), clock()]
    }

    func schema() -> HealthCheck {
        HealthCheck.attempt(
            "schema", "the schema is this program's", mend: "budstikke migrate"
        ) {
            let pending = try Migrator(connection).pending()
            return pending.isEmpty
                ? [] : ["\(pending.count) steps are missing, from \(pending[0].version) on"]
        }
    }

    /// A network connection without TLS; a local socket needs none.
    private func encryption() -> HealthCheck {
        HealthCheck.attempt(
            "encryption", "nobody on the network reads along with the database",
            mend: "add sslmode=verify-full to database:"
        ) {
            let isOpen = try connection.first(
                """
                SELECT inet_server_addr() IS NOT NULL AND NOT coalesce(s.ssl, false)
                    AND NOT (inet_client_addr() <<= '127.0.0.0/8' OR inet_client_addr() = '::1')
                    AS open
                FROM pg_stat_ssl AS s WHERE s.pid = pg_backend_pid()
                """
            ) { try $0["open"] as Bool }
            return isOpen == true ? ["the connection is not encrypted"] : []
        }
    }

    /// Leases use the database's clock, days and tokens this machine's.
    private func clock() -> HealthCheck {
        HealthCheck.attempt(
            "clock", "this machine's clock is the database's", mend: "timedatectl set-ntp true"
        ) {
            let before = Date()
            let there = now()
            let after = Date()
            guard let there else { return [] }
            return Self.skew(
                of: there, named: "the database", askedAt: before, answeredAt: after,
                secondsMax: Double(context.settings.reconcile.clockSkewSeconds))
        }
    }

    /// How far a clock is off that was read between two readings of ours, in seconds; zero where it
    /// is as close as can be determined.
    static func skew(
        of there: Date, named name: String, askedAt asked: Date, answeredAt answered: Date,
        secondsMax: Double
    ) -> [String] {
        let ahead = asked.timeIntervalSince(there)
        let behind = there.timeIntervalSince(answered)
        guard max(ahead, behind) > secondsMax else { return [] }
        let words = ahead > behind ? "ahead of" : "behind"
        return ["this machine is \(Int(max(ahead, behind).rounded())) s \(words) \(name)"]
    }

    func now() -> Date? {
        (try? connection.first("SELECT clock_timestamp() AS now") { try $0["now"] as Date })
            .flatMap(\.self)
    }

    /// Privileges that the programs need: a role with read access only sends nothing.
    private static let rights = [
        ("INSERT", "invoice"), ("INSERT", "dispatch"), ("UPDATE", "dispatch"),
        ("DELETE", "dispatch_queue"), ("INSERT", "attempt"), ("INSERT", "delivery_event"),
        ("UPDATE", "todo"), ("INSERT", "job_run"), ("SELECT", "mark_key"),
    ]

    func role() -> HealthCheck {
        let user = try? connection.first("SELECT current_user::text AS name") {
            try $0["name"] as String
        }
        return HealthCheck.attempt(
            "role", "the database's role may do what the programs do",
            mend:
                "psql -c 'GRANT budstikke_job TO \"\(user ?? "the role")\"', by the database's owner"
        ) {
            let lacking = try connection.rows(
                """
                SELECT format('%s on %s', lower(n.right_name), n.table_name) AS line
                FROM unnest(\(Self.rights.map(\.0)), \(Self.rights.map(\.1)))
                    AS n (right_name, table_name)
                WHERE NOT has_table_privilege('budstikke.' || n.table_name, n.right_name)
                """
            ) { try $0["line"] as String }
            return lacking.isEmpty
                ? [] : ["\(user ?? "the role") lacks \(lacking.joined(separator: ", "))"]
        }
    }
}
