package import Dispatching
package import FoundationEssentials
package import Postgres

/// The table sender_mark: how far each machine's state directory has come with this database.
package struct SenderMarks {
    /// What was not raised for so long is forgotten: a state directory that is no more.
    static let keptDays = 400

    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    package func held(by stateID: UUID?) throws -> HeldMarks {
        try connection.first(
            """
            SELECT max(counter) FILTER (WHERE state_id = \(stateID)) AS own,
                coalesce(max(counter), 0) AS highest
            FROM sender_mark WHERE tenant_id = 0
            """
        ) { HeldMarks(own: try $0["own"], highest: try $0["highest"]) }
            ?? HeldMarks(own: nil, highest: 0)
    }

    /// Raises the mark of a state directory above all there are; nil where it has none.
    ///
    /// A row that is locked by another run of the same machine is waited for, and read again.
    package func raise(_ stateID: UUID) throws -> Int64? {
        try connection.first(
            """
            UPDATE sender_mark
            SET marked_at = now(), counter = 1 + greatest(
                counter, (SELECT max(m.counter) FROM sender_mark AS m WHERE m.tenant_id = 0))
            WHERE tenant_id = 0 AND state_id = \(stateID)
            RETURNING counter
            """
        ) { try $0["counter"] }
    }

    /// A first mark for a state directory that has none, above all there are.
    package func begin(_ stateID: UUID) throws -> Int64 {
        _ = try connection.execute(
            """
            DELETE FROM sender_mark
            WHERE tenant_id = 0 AND marked_at < now() - make_interval(days => \(Self.keptDays)::int)
                AND counter < (SELECT max(counter) FROM sender_mark WHERE tenant_id = 0)
            """)
        return try connection.first(
            """
            INSERT INTO sender_mark (tenant_id, state_id, counter, marked_at)
            SELECT 0, \(stateID), 1 + coalesce(max(counter), 0), now()
            FROM sender_mark WHERE tenant_id = 0
            RETURNING counter
            """
        ) { try $0["counter"] } ?? 0
    }

    /// When the newest mark was set: what was sent until then is known here.
    package func newest() throws -> Date? {
        let newest = try connection.first(
            "SELECT max(marked_at) AS newest FROM sender_mark WHERE tenant_id = 0"
        ) { try $0["newest"] as Date? }
        return newest ?? nil
    }

    /// Forgets all marks, as those of an identity that is no more.
    package func clear() throws {
        _ = try connection.execute("DELETE FROM sender_mark WHERE tenant_id = 0")
    }
}
