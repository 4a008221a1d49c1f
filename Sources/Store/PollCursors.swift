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

    /// How far a source has been read.
    package struct Position: Hashable, Sendable {
        package var provider: String
        package var source: String
        package var completeUntil: Date

        package init(provider: String, source: String, completeUntil: Date) {
            self.provider = provider
            self.source = source
            self.completeUntil = completeUntil
        }
    }

    /// Moves a cursor forward, never back: in the transaction that stored the page.
    package func advance(to position: Position) throws {
        _ = try connection.execute(
            """
            INSERT INTO poll_cursor AS c (tenant_id, provider, source, complete_until)
            VALUES (0, \(position.provider), \(position.source), \(position.completeUntil))
            ON CONFLICT ON CONSTRAINT poll_cursor_pk DO UPDATE
            SET complete_until = excluded.complete_until
            WHERE c.complete_until < excluded.complete_until
            """)
    }
}
