package import Dispatching
import FoundationEssentials
package import Postgres

/// The tables provider_pause and provider_memory: what every machine and every run knows of the
/// provider's troubles.
package struct ProviderPauses {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The pauses of the whole account (tenant 0) and of tenants' senders; over ones too.
    package func all(provider: String) throws -> [Int64: ProviderPause] {
        let pauses: [(tenantID: Int64, pause: ProviderPause)] = try connection.rows(
            """
            SELECT tenant_id, since, until, tries, cause, reason FROM provider_pause
            WHERE provider = \(provider)
            """
        ) { row in
            let pause = ProviderPause(
                since: try row["since"], until: try row["until"], tries: try row["tries"],
                cause: Refusal.Cause(rawValue: try row["cause"]) ?? .unknown,
                reason: try row["reason"])
            return (try row["tenant_id"], pause)
        }
        return Dictionary(pauses.map { ($0.tenantID, $0.pause) }) { first, _ in first }
    }

    /// Writes a pause down; of two that are written at once, the longer holds.
    package func begin(_ pause: ProviderPause, tenantID: Int64, provider: String) throws {
        _ = try connection.execute(
            """
            INSERT INTO provider_pause AS p (tenant_id, provider, since, until, tries, cause, reason)
            VALUES (\(tenantID), \(provider), \(pause.since), \(pause.until), \(pause.tries),
                \(pause.cause.rawValue), \(pause.reason))
            ON CONFLICT ON CONSTRAINT provider_pause_pk DO UPDATE
            SET since = least(p.since, excluded.since), until = excluded.until,
                tries = excluded.tries, cause = excluded.cause, reason = excluded.reason
            WHERE excluded.until >= p.until
            """)
    }

    /// The provider takes mail again.
    package func end(tenantID: Int64, provider: String) throws {
        _ = try connection.execute(
            "DELETE FROM provider_pause WHERE tenant_id = \(tenantID) AND provider = \(provider)")
    }

    /// The last no that no table explains, where nothing was accepted since.
    package func unexplained(provider: String) throws -> String? {
        try connection.first(
            """
            SELECT unexplained FROM provider_memory
            WHERE tenant_id = 0 AND provider = \(provider)
            """
        ) { try $0["unexplained"] }
    }

    package func remember(unexplained signature: String?, provider: String) throws {
        guard let signature else {
            _ = try connection.execute(
                "DELETE FROM provider_memory WHERE tenant_id = 0 AND provider = \(provider)")
            return
        }
        _ = try connection.execute(
            """
            INSERT INTO provider_memory (tenant_id, provider, unexplained, at)
            VALUES (0, \(provider), \(signature), now())
            ON CONFLICT ON CONSTRAINT provider_memory_pk DO UPDATE
            SET unexplained = excluded.unexplained, at = excluded.at
            """)
    }
}
