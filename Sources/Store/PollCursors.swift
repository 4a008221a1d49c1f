package import FoundationEssentials
package import Postgres

/// The table poll_cursor: how far each source of a provider has been read.
package struct PollCursors {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    package func position(provider: String, source: String) throws -> Date? {
        try connection.first(
            """
            SELECT complete_until FROM poll_cursor
            WHERE tenant_id = 0 AND provider = \(provider) AND source = \(source)
            """
        ) { try $0["complete_until"] }
    }

    /// Moves a cursor forward, never back: in the transaction that stored the page.
    package func advance(provider: String, source: String, to instant: Date) throws {
        _ = try connection.execute(
            """
            INSERT INTO poll_cursor AS c (tenant_id, provider, source, complete_until)
            VALUES (0, \(provider), \(source), \(instant))
            ON CONFLICT ON CONSTRAINT poll_cursor_pk DO UPDATE
            SET complete_until = excluded.complete_until
            WHERE c.complete_until < excluded.complete_until
            """)
    }
}
