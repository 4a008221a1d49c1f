package import Dispatching
import FoundationEssentials
package import Postgres

/// The table send_rate: how many messages the rates allow now.
package struct SendAllowances {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// How many may be sent at this moment; nil and what is missing have no limit.
    package struct Room: Sendable {
        package var account: Int?
        package var domains: [String: Int] = [:]

        /// The domains that nothing may be sent to now.
        var exhausted: [String] { domains.filter { $0.value < 1 }.keys.sorted() }
    }

    /// Locks the rates until the transaction ends, and tells what they allow.
    ///
    /// A second's worth is the most that gathers, so that a pause allows no burst. All times are the
    /// database's.
    package func lock(_ rates: SendRates, provider: String) throws -> Room {
        let all = (rates.account.map { ["": $0] } ?? [:]).merging(rates.domains) { first, _ in first
        }
        .sorted { $0.key < $1.key }
        guard !all.isEmpty else { return Room() }
        let rows: RowSet = """
            domain \(all.map(\.key)), rate \(all.map { Double($0.value) })
            """
        try connection.execute(
            """
            INSERT INTO send_rate (provider, domain, tokens, filled_at)
            SELECT \(provider), c.domain, c.rate, clock_timestamp() FROM \(rows.table("c"))
            ON CONFLICT ON CONSTRAINT send_rate_pk DO NOTHING
            """)
        try connection.execute(
            """
            SELECT FROM send_rate WHERE tenant_id = 0 AND provider = \(provider)
                AND domain = ANY (\(all.map(\.key))) ORDER BY domain FOR UPDATE
            """)
        let filled: [(domain: String, tokens: Double)] = try connection.rows(
            """
            UPDATE send_rate AS s
            SET tokens = least(c.rate, s.tokens
                    + c.rate * greatest(0, extract(epoch FROM clock_timestamp() - s.filled_at))),
                filled_at = clock_timestamp()
            FROM \(rows.table("c"))
            WHERE s.tenant_id = 0 AND s.provider = \(provider) AND s.domain = c.domain
            RETURNING s.domain, s.tokens
            """
        ) { (try $0["domain"], try $0["tokens"]) }
        let room = Dictionary(filled.map { ($0.domain, Int($0.tokens)) }) { first, _ in first }
        return Room(account: room[""], domains: room.filter { !$0.key.isEmpty })
    }

    /// Uses what was locked: one of the account's, and one of its domain's, for each recipient.
    package func use(_ room: Room, recipientDomains: [String], provider: String) throws {
        var counts = Dictionary(
            recipientDomains.filter { room.domains[$0] != nil }.map { ($0, 1) },
            uniquingKeysWith: +)
        if room.account != nil { counts[""] = recipientDomains.count }
        guard counts.contains(where: { $0.value > 0 }) else { return }
        let rows: RowSet = """
            domain \(counts.map(\.key)), count \(counts.map { Double($0.value) })
            """
        try connection.execute(
            """
            UPDATE send_rate AS s SET tokens = greatest(0, s.tokens - c.count)
            FROM \(rows.table("c"))
            WHERE s.tenant_id = 0 AND s.provider = \(provider) AND s.domain = c.domain
            """)
    }
}
