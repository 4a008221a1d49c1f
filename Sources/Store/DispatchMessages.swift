package import Dispatching
import FoundationEssentials
import Invoicing
package import Postgres

/// The tables dispatch_message and dispatch_attachment: what was fixed when it was queued.
package struct DispatchMessages {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// What a claimed dispatch is to do now, read at the last moment before the wire.
    package enum Readiness: Sendable {
        case ready(OutgoingMessage)
        /// Its cancellation was asked for after it was claimed.
        case cancelled
        /// Its address stands on the provider's suppression list.
        case suppressed
        /// Another has taken it since: the lease was lost.
        case lost
    }

    /// Reads the messages of claims, with their files; in the order of the claims.
    package func load(
        _ claims: [ClaimedDispatch], provider: String
    ) throws -> [(claim: ClaimedDispatch, readiness: Readiness)] {
        let files = try attachments(of: claims)
        var messages: [UUID: Readiness] = [:]
        try connection.rows(
            """
            SELECT d.tenant_id, d.dispatch_id, d.recipient, d.message_id,
                d.cancel_requested_by IS NOT NULL AS is_cancelled,
                m.from_name, m.from_address, m.reply_to, m.to_name, m.subject, m.body_text,
                m.body_html,
                EXISTS (
                    SELECT FROM suppression AS s
                    WHERE s.tenant_id = 0 AND s.provider = \(provider)
                        AND s.address_key = d.recipient_key AND s.lifted_at IS NULL
                ) AS is_suppressed
            FROM unnest(\(claims.map(\.tenantID)), \(claims.map(\.dispatchID)),
                \(claims.map(\.leaseEpoch))) AS c (tenant_id, dispatch_id, lease_epoch)
            JOIN dispatch AS d ON d.tenant_id = c.tenant_id AND d.dispatch_id = c.dispatch_id
                AND d.lease_epoch = c.lease_epoch AND d.state = 'sending'
            JOIN dispatch_message AS m
                ON m.tenant_id = d.tenant_id AND m.dispatch_id = d.dispatch_id
            """
        ) { row in
            let id: UUID = try row["dispatch_id"]
            messages[id] = try readiness(of: row, attachments: files[id] ?? [])
        }
        return claims.map { ($0, messages[$0.dispatchID] ?? .lost) }
    }

    private func readiness(of row: Row, attachments: [Attachment]) throws -> Readiness {
        if try row["is_cancelled"] { return .cancelled }
        if try row["is_suppressed"] { return .suppressed }
        return .ready(
            OutgoingMessage(
                dispatchID: try row["dispatch_id"], tenantID: try row["tenant_id"],
                from: Mailbox(
                    name: try row["from_name"], address: try address(row, "from_address")),
                replyTo: try (row["reply_to"] as String?).map { _ in
                    Mailbox(address: try address(row, "reply_to"))
                },
                to: Mailbox(name: try row["to_name"], address: try address(row, "recipient")),
                subject: try row["subject"], messageID: try row["message_id"],
                text: try row["body_text"], html: try row["body_html"],
                attachments: attachments))
    }

    private func address(_ row: Row, _ column: String) throws -> EmailAddress {
        guard let address = EmailAddress(try row[column]) else {
            throw StoreError.invalidRow(
                table: "dispatch_message", column: column,
                key: "\(try row["dispatch_id"] as UUID)")
        }
        return address
    }

    private func attachments(of claims: [ClaimedDispatch]) throws -> [UUID: [Attachment]] {
        var files: [UUID: [Attachment]] = [:]
        try connection.rows(
            """
            SELECT a.dispatch_id, a.file_name, a.content_type, f.content
            FROM unnest(\(claims.map(\.tenantID)), \(claims.map(\.dispatchID)))
                AS c (tenant_id, dispatch_id)
            JOIN dispatch_attachment AS a
                ON a.tenant_id = c.tenant_id AND a.dispatch_id = c.dispatch_id
            JOIN file_content AS f ON f.tenant_id = a.tenant_id AND f.sha256 = a.sha256
            ORDER BY a.dispatch_id, a.position
            """
        ) { row in
            let file = Attachment(
                fileName: try row["file_name"], contentType: try row["content_type"],
                content: try row["content"])
            files[try row["dispatch_id"], default: []].append(file)
        }
        return files
    }
}
