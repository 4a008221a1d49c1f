import Bounces
import FoundationEssentials
import Invoicing
import Wire
package import Dispatching
package import Postgres

/// The tables dispatch_message and dispatch_attachment: the content, fixed when the dispatch was
/// queued.
package struct DispatchMessages {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Whether a claimed dispatch may go out, as read at the last moment before it is sent.
    package enum Readiness: Sendable {
        /// It may go out, with this message.
        case ready(OutgoingMessage)
        /// Its cancellation was requested after the claim.
        case cancelled
        /// Its address is on the provider's suppression list.
        case suppressed
        /// The lease was lost, and another process has claimed it.
        case lost
        /// The content fixed when it was queued can't be sent, for the reason given.
        case unsendable(String)
    }

    /// Reads the messages of claims with their files, in the order of the claims.
    package func load(
        _ claims: [ClaimedDispatch], provider: String
    ) throws -> [(claim: ClaimedDispatch, readiness: Readiness)] {
        let files = try attachments(of: claims)
        var messages: [UUID: Readiness] = [:]
        let rows: RowSet = """
            tenant_id \(claims.map(\.tenantID)), dispatch_id \(claims.map(\.dispatchID)),
            lease_epoch \(claims.map(\.leaseEpoch))
            """
        try connection.rows(
            """
            SELECT d.tenant_id, d.dispatch_id, d.attempt, d.recipient, d.message_id,
                d.cancel_requested_by IS NOT NULL AS is_cancelled,
                m.from_name, m.from_address, m.reply_to, m.to_name, m.subject, m.body_text,
                m.body_html,
                EXISTS (
                    SELECT FROM suppression AS s
                    WHERE s.tenant_id = 0 AND s.provider = \(provider)
                        AND s.address_key = d.recipient_key AND s.lifted_at IS NULL
                ) AS is_suppressed
            FROM \(rows.table("c"))
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
        guard let from = EmailAddress(try row["from_address"]) else {
            return .unsendable("its sender is no e-mail address")
        }
        guard let to = EmailAddress(try row["recipient"]) else {
            return .unsendable("its recipient is no e-mail address")
        }
        let replyTo: String? = try row["reply_to"]
        let answersTo = replyTo.flatMap(EmailAddress.init)
        guard replyTo == nil || answersTo != nil else {
            return .unsendable("its address for replies is no e-mail address")
        }
        return .ready(
            OutgoingMessage(
                dispatchID: try row["dispatch_id"], tenantID: try row["tenant_id"],
                attempt: try row["attempt"],
                from: Mailbox(name: try row["from_name"], address: from),
                replyTo: answersTo.map { Mailbox(address: $0) },
                to: Mailbox(name: try row["to_name"], address: to),
                subject: try row["subject"], messageID: try row["message_id"],
                text: try row["body_text"], html: try row["body_html"],
                attachments: attachments))
    }

    /// The total size in bytes of each claim's files, in the order of the claims, without reading
    /// them.
    package func fileBytes(of claims: [ClaimedDispatch]) throws -> [Int] {
        guard !claims.isEmpty else { return [] }
        var bytes: [UUID: Int] = [:]
        try connection.rows(
            """
            SELECT a.dispatch_id, sum(f.byte_count)::bigint AS bytes
            FROM \(claims.map(\.key).table("c"))
            JOIN dispatch_attachment AS a
                ON a.tenant_id = c.tenant_id AND a.dispatch_id = c.dispatch_id
            JOIN file_content AS f ON f.tenant_id = a.tenant_id AND f.sha256 = a.sha256
            GROUP BY a.dispatch_id
            """
        ) { bytes[try $0["dispatch_id"]] = try $0["bytes"] }
        return claims.map { bytes[$0.dispatchID] ?? 0 }
    }

    private func attachments(of claims: [ClaimedDispatch]) throws -> [UUID: [Attachment]] {
        var files: [UUID: [Attachment]] = [:]
        try connection.rows(
            """
            SELECT a.dispatch_id, a.file_name, a.content_type, f.content
            FROM \(claims.map(\.key).table("c"))
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

extension Dispatches.Content {
    /// Whether it is to be sent, rather than stopped beforehand.
    package var goesOut: Bool {
        switch self {
        case .message, .outbox, .letter: true
        case .faults, .stopped: false
        }
    }
}

/// The columns derived from the content of a new dispatch.
extension Dispatches.New {
    var message: Dispatches.Message? {
        if case .message(let message) = content { message } else { nil }
    }

    var isForOutbox: Bool {
        switch content {
        case .outbox, .letter: true
        case .message, .faults, .stopped: false
        }
    }

    /// A dispatch without a channel, because it does not go out, is stored as e-mail.
    var channel: Channel {
        switch content {
        case .outbox: .ehf
        case .letter: .print
        case .message, .faults, .stopped: .email
        }
    }

    var messageID: String? {
        switch content {
        case .message(let message): message.messageID
        case .outbox(let id, _), .letter(let id, _, _): id
        case .faults, .stopped: nil
        }
    }

    var files: [StoredFile] {
        switch content {
        case .message(let message): message.files
        case .outbox(_, let file): [file]
        case .letter(_, _, let files): files
        case .faults, .stopped: []
        }
    }

    var faults: [Fault] {
        if case .faults(let faults, _) = content { faults } else { [] }
    }

    var state: DispatchState {
        switch content {
        case .message, .outbox, .letter: .queued
        case .faults: .failed
        case .stopped: .cancelled
        }
    }

    /// A suppressed address is blocked, as if the provider had reported it.
    var delivery: Delivery {
        faults.contains { $0.code == .recipientSuppressed } ? .blocked : .unknown
    }

    /// The column Message of a dispatch that does not go out; empty for one that does.
    package var text: String {
        switch content {
        case .message, .outbox, .letter: ""
        case .faults(_, let message), .stopped(let message): message
        }
    }

    var reason: FaultCode? {
        switch content {
        case .message, .outbox, .letter: nil
        case .faults(let faults, _): faults.first?.code
        case .stopped: .sendPlanEmpty
        }
    }

    /// PostgreSQL has no arrays of arrays of different lengths, so each is passed as a literal.
    var retryDelaysLiteral: String {
        "{\(retryDelays.map(String.init).joined(separator: ","))}"
    }
}
