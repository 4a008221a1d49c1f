package import Dispatching
package import FoundationEssentials
package import Invoicing
package import Postgres

/// The table dispatch: creating new ones.
package struct Dispatches {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The purpose of a dispatch.
    package enum Purpose: String, Sendable, PostgresRawValue {
        /// To deliver an invoice or a credit note.
        case invoice
        /// To report faults found by a run.
        case faultReport = "fault_report"
        /// To report faults that a coming run will find.
        case forecast
    }

    /// The role of a dispatch's recipient.
    package enum Role: String, Sendable, PostgresRawValue {
        /// The main recipient, whose outcome is that of the invoice.
        case main
        /// A recipient of a copy.
        case copy
    }

    /// The document of a dispatch.
    package enum Document: String, Sendable, PostgresRawValue {
        /// An invoice.
        case invoice
        /// A credit note.
        case creditNote = "credit_note"
        /// An e-mail to a user about their dispatches.
        case report

        /// The document of an invoice or a credit note.
        package init(_ type: DocumentType) {
            self =
                switch type {
                case .invoice: .invoice
                case .creditNote: .creditNote
                }
        }
    }

    /// A dispatch to be created: queued with its message, or ended immediately by its faults.
    package struct New: Sendable {
        package var tenantID: Int64
        package var dispatchID: UUID
        /// The first dispatch of its chain, itself where it starts one.
        package var rootID: UUID
        /// The dispatch that it repeats; nil for the first of a chain.
        package var resendOf: UUID?
        package var purpose: Purpose
        package var role: Role
        package var document: Document
        /// Nil for a report, and for a period that could not become an invoice.
        package var invoiceID: UUID?
        /// The agreement and period; nil for an invoice made elsewhere and for a report.
        package var recurring: (number: String, period: Int)?
        /// The key of the user who created it.
        package var createdBy: String
        /// The address as it was entered; nil where none is known.
        package var recipient: String?
        /// Seconds to wait before each retry of a soft bounce; empty for none.
        package var retryDelays: [Int]
        /// When it is to be sent, at the earliest.
        package var runAt: Date
        package var content: Content
        /// Set where it may have been sent before under the same id, so that it starts in doubt;
        /// nil otherwise.
        package var doubt: Doubt?

        /// A dispatch that starts its own chain where `rootID` is nil.
        package init(
            tenantID: Int64, dispatchID: UUID, rootID: UUID? = nil, resendOf: UUID? = nil,
            purpose: Purpose, role: Role = .main, document: Document, invoiceID: UUID? = nil,
            recurring: (number: String, period: Int)? = nil, createdBy: String,
            recipient: String?, retryDelays: [Int] = [], runAt: Date, content: Content,
            doubt: Doubt? = nil
        ) {
            self.tenantID = tenantID
            self.dispatchID = dispatchID
            self.rootID = rootID ?? dispatchID
            self.resendOf = resendOf
            self.purpose = purpose
            self.role = role
            self.document = document
            self.invoiceID = invoiceID
            self.recurring = recurring
            self.createdBy = createdBy
            self.recipient = recipient
            self.retryDelays = retryDelays
            self.runAt = runAt
            self.content = content
            self.doubt = doubt
        }
    }

    /// The lost time in which a new dispatch may have been sent before, and the policy that applies
    /// where the provider can't be queried.
    package struct Doubt: Hashable, Sendable {
        package var lost: LostTime
        package var policy: InDoubtPolicy

        package init(lost: LostTime, policy: InDoubtPolicy) {
            self.lost = lost
            self.policy = policy
        }
    }

    /// What is sent, or why nothing is.
    package enum Content: Sendable {
        /// To be sent: the complete message, fixed now.
        case message(Message)
        /// To be fetched by the access point, under its own id.
        case outbox(id: String, file: StoredFile)
        /// To be printed and posted, under its own id; the document is the first file.
        case letter(id: String, to: PostalAddress, files: [StoredFile])
        /// Not to be sent: the column Message, and the faults with their codes.
        case faults([Fault], message: String)
        /// Deliberately not sent, because the send plan is empty.
        case stopped(message: String)
    }

    /// The texts and files of an e-mail.
    package struct Message: Sendable {
        /// The header Message-ID, with its angle brackets.
        package var messageID: String
        /// The name shown as the sender; nil for the bare address.
        package var fromName: String?
        package var fromAddress: String
        /// Nil for no header Reply-To.
        package var replyTo: String?
        /// The name shown as the recipient; nil for the bare address.
        package var toName: String?
        package var subject: String
        /// The plain text body.
        package var text: String
        /// The HTML body; nil for plain text only.
        package var html: String?
        /// The attachments in order.
        package var files: [StoredFile]

        package init(
            messageID: String, fromName: String?, fromAddress: String, replyTo: String?,
            toName: String?, subject: String, text: String, html: String?, files: [StoredFile]
        ) {
            self.messageID = messageID
            self.fromName = fromName
            self.fromAddress = fromAddress
            self.replyTo = replyTo
            self.toName = toName
            self.subject = subject
            self.text = text
            self.html = html
            self.files = files
        }
    }

    /// Creates dispatches with their messages, queue entries and faults.
    ///
    /// To be called inside a transaction. Throws `StoreError.dispatchExists` for an id that is
    /// already taken, and `.alreadyOngoing` for a second active dispatch of a document to a
    /// recipient.
    package func insert(_ new: [New], now: Date) throws {
        guard !new.isEmpty else { return }
        try DispatchLife(connection).create(new, now: now)
        try insertMessages(new.compactMap { new in new.message.map { (new, $0) } })
        try insertAttachments(new)
        try insertLetters(new)
        try insertFaults(new, now: now)
        try DispatchLife(connection).doubt(new)
    }

    private func insertMessages(_ queued: [(New, Message)]) throws {
        guard !queued.isEmpty else { return }
        let messages = queued.map(\.1)
        let rows: RowSet = """
            tenant_id \(queued.map(\.0.tenantID)), dispatch_id \(queued.map(\.0.dispatchID)),
            from_name \(messages.map(\.fromName)), from_address \(messages.map(\.fromAddress)),
            reply_to \(messages.map(\.replyTo)), to_name \(messages.map(\.toName)),
            subject \(messages.map(\.subject)), body_text \(messages.map(\.text)),
            body_html \(messages.map(\.html))
            """
        _ = try connection.execute(
            "INSERT INTO dispatch_message (\(rows.columnNames)) SELECT * FROM \(rows.table("m"))")
    }

    private func insertAttachments(_ new: [New]) throws {
        let files = new.flatMap { new in
            new.files.enumerated().map { (new, $0.offset + 1, $0.element) }
        }
        guard !files.isEmpty else { return }
        let rows: RowSet = """
            tenant_id \(files.map(\.0.tenantID)), dispatch_id \(files.map(\.0.dispatchID)),
            position \(files.map(\.1)), \(StoredFile.rows(files.map(\.2)))
            """
        _ = try connection.execute(
            """
            INSERT INTO dispatch_attachment (\(rows.columnNames)) SELECT * FROM \(rows.table("a"))
            """)
    }

    private func insertLetters(_ new: [New]) throws {
        // PostgreSQL has no arrays of arrays of different lengths, so each gets its own row.
        for new in new {
            guard case .letter(_, let address, _) = new.content else { continue }
            _ = try connection.execute(
                """
                INSERT INTO dispatch_letter
                    (tenant_id, dispatch_id, name, address_lines, postal_code, city, country)
                VALUES (\(new.tenantID), \(new.dispatchID), \(address.name), \(address.lines),
                    \(address.postalCode), \(address.city), \(address.country))
                """)
        }
    }

    private func insertFaults(_ new: [New], now: Date) throws {
        let faults = new.flatMap { new in new.faults.map { (new, $0) } }
        try DispatchFaults(connection).insert(
            faults.map { ($0.0.tenantID, $0.0.dispatchID, $0.1) }, now: now)
    }
}

extension Dispatches {
    /// The last dispatches of chains that failed for a reason, at or after a time.
    package func failed(
        reason: String, since: Date, tenantID: Int64?, limit: Int
    ) throws -> [OfInvoice] {
        try connection.rows(
            """
            SELECT \(OfInvoice.columns) FROM dispatch AS d
            JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            WHERE \(isLastAndFailed) AND d.reason = \(reason) AND d.finalized_at >= \(since)
                AND (\(tenantID) IS NULL OR d.tenant_id = \(tenantID))
            ORDER BY d.tenant_id, d.created_at, i.number, d.role DESC LIMIT \(limit)
            """, OfInvoice.init)
    }

    /// The reasons for which invoices were not sent, most frequent first.
    package func failureReasons(tenantID: Int64?) throws -> [(reason: String, count: Int)] {
        try connection.rows(
            """
            SELECT d.reason, count(*) AS count
            FROM dispatch AS d
            WHERE \(isLastAndFailed) AND d.reason IS NOT NULL
                AND (\(tenantID) IS NULL OR d.tenant_id = \(tenantID))
            GROUP BY d.reason ORDER BY count DESC, d.reason
            """
        ) { (try $0["reason"], try $0["count"]) }
    }

    private var isLastAndFailed: Query {
        """
        dispatch_status(d.state, d.delivery, d.accepted_count) = 'failed'
            AND d.purpose = 'invoice' AND d.invoice_id IS NOT NULL
            AND NOT EXISTS (
                SELECT FROM dispatch AS later
                WHERE later.tenant_id = d.tenant_id AND later.root_id = d.root_id
                    AND later.created_at > d.created_at)
        """
    }
}
