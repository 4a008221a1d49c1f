package import FoundationEssentials
package import Invoicing
package import Postgres

/// The table dispatch_outbox: documents waiting to be fetched, by the company's access point (EHF)
/// or by whoever prints and posts its letters.
package struct Outbox {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// A document that is waiting.
    package struct Waiting: Sendable {
        package var tenantID: Int64
        package var dispatchID: UUID
        package var channel: Channel
        /// As `0192:987654325`, or a postal address on one line.
        package var receiver: String
        /// A letter's postal address; nil for EHF.
        package var letter: PostalAddress?
        package var invoiceNumber: String
        /// When it was put into the outbox.
        package var putAt: Date
    }

    /// Documents of one channel or of all, oldest first; locked until the transaction ends, and
    /// those that another has locked are left out.
    package func waiting(
        by channel: Channel?, tenantID: Int64?, limit: Int
    ) throws -> [Waiting] {
        try connection.rows(
            """
            SELECT o.tenant_id, o.dispatch_id, d.channel, d.recipient, i.number, o.put_at,
                l.name, l.address_lines, l.postal_code, l.city, l.country
            FROM dispatch_outbox AS o
            JOIN dispatch AS d ON d.tenant_id = o.tenant_id AND d.dispatch_id = o.dispatch_id
            JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            LEFT JOIN dispatch_letter AS l
                ON l.tenant_id = o.tenant_id AND l.dispatch_id = o.dispatch_id
            WHERE (\(tenantID) IS NULL OR o.tenant_id = \(tenantID))
                AND (\(channel) IS NULL OR d.channel = \(channel))
                AND NOT \(TenantControls.isSuspended("o"))
            ORDER BY o.put_at, o.tenant_id, o.dispatch_id LIMIT \(limit)
            FOR UPDATE OF o SKIP LOCKED
            """
        ) { row in
            Waiting(
                tenantID: try row["tenant_id"], dispatchID: try row["dispatch_id"],
                channel: try row["channel"],
                receiver: try row["recipient"], letter: try Self.letter(row),
                invoiceNumber: try row["number"], putAt: try row["put_at"])
        }
    }

    /// How many documents wait, without a limit.
    package func count(by channel: Channel?, tenantID: Int64?) throws -> Int {
        try connection.total(
            """
            SELECT FROM dispatch_outbox AS o
            JOIN dispatch AS d ON d.tenant_id = o.tenant_id AND d.dispatch_id = o.dispatch_id
            WHERE (\(tenantID) IS NULL OR o.tenant_id = \(tenantID))
                AND (\(channel) IS NULL OR d.channel = \(channel))
            """)
    }

    private static func letter(_ row: Row) throws -> PostalAddress? {
        guard let name: String = try row["name"] else { return nil }
        let lines: [String?] = try row["address_lines"]
        return PostalAddress(
            name: name, lines: lines.compactMap(\.self), postalCode: try row["postal_code"],
            city: try row["city"], country: try row["country"])
    }

    /// The files of a document, beginning with the document itself.
    package func files(of waiting: Waiting) throws -> [[UInt8]] {
        try connection.rows(
            """
            SELECT f.content FROM dispatch_attachment AS a
            JOIN file_content AS f ON f.tenant_id = a.tenant_id AND f.sha256 = a.sha256
            WHERE a.tenant_id = \(waiting.tenantID) AND a.dispatch_id = \(waiting.dispatchID)
            ORDER BY a.position
            """
        ) { try $0["content"] }
    }

    /// Those of these dispatches that have been handed over; with `parcel`, only those in that
    /// parcel.
    package func taken(among dispatches: [UUID], parcel: String? = nil) throws -> Set<UUID> {
        Set(
            try connection.rows(
                """
                SELECT d.dispatch_id FROM dispatch AS d
                WHERE d.dispatch_id = ANY (\(dispatches)) AND d.channel <> 'email' AND CASE
                    WHEN \(parcel) IS NULL THEN d.state = 'sent'
                    ELSE EXISTS (
                        SELECT FROM dispatch_step AS s
                        WHERE s.tenant_id = d.tenant_id AND s.dispatch_id = d.dispatch_id
                            AND s.step = 'hand_over'
                            AND strpos(s.detail, coalesce(\(parcel), '')) > 0)
                    END
                """
            ) { try $0["dispatch_id"] as UUID })
    }
}
