package import FoundationEssentials
package import Postgres

/// The table audit: what people did by hand, and why.
package struct Audits {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    package func write(
        tenantID: Int64, actor: String, action: String, subject: String, reason: String,
        now: Date
    ) throws {
        _ = try connection.execute(
            """
            INSERT INTO audit (tenant_id, audit_id, at, actor, action, subject, reason)
            VALUES (\(tenantID), \(UUID()), \(now), \(actor), \(action), \(subject), \(reason))
            """)
    }
}
