package import Dispatching
package import FoundationEssentials
package import Invoicing
package import Postgres

/// The table dispatch: making new ones.
package struct Dispatches {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// What a dispatch is for.
    package enum Purpose: String, Sendable, PostgresRawValue {
        case invoice
        case faultReport = "fault_report"
        case forecast
    }

    /// Whom a dispatch is to.
    package enum Role: String, Sendable, PostgresRawValue {
        /// The main recipient: what becomes of it, became of the invoice.
        case main
        case copy
    }

    /// What a dispatch carries.
    package enum Document: String, Sendable, PostgresRawValue {
        case invoice
        case creditNote = "credit_note"
        /// An e-mail to a user about the user's dispatches.
        case report

        package init(_ type: DocumentType) {
            self =
                switch type {
                case .invoice: .invoice
                case .creditNote: .creditNote
                }
        }
    }

    /// A dispatch to be made: queued with its message, or ended at once by its faults.
    package struct New: Sendable {
        package var tenantID: Int64
        package var dispatchID: UUID
        package var rootID: UUID
        package var resendOf: UUID?
        package var purpose: Purpose
        package var role: Role
        package var document: Document
        package var invoiceID: UUID?
        package var recurring: (number: String, period: Int)?
        package var createdBy: String
        package var recipient: String?
        package var retryDelays: [Int]
        package var runAt: Date
        package var content: Content
        /// In doubt from the first: it may have been sent before, under the same id.
        package var doubt: Doubt?

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

    /// The lost time in which a new dispatch may have been sent before, and what is to be done
    /// where the provider can't be asked.
    package struct Doubt: Hashable, Sendable {
        package var lost: LostTime
        package var policy: InDoubtPolicy

        package init(lost: LostTime, policy: InDoubtPolicy) {
            self.lost = lost
            self.policy = policy
        }
    }

    /// What goes out, or why nothing does.
    package enum Content: Sendable {
        /// To be sent: all that goes over the wire, fixed now.
        case message(Message)
        /// To be fetched by the access point, under an id of its own.
        case outbox(id: String, file: StoredFile)
        /// To be printed and posted, under an id of its own: the document first.
        case letter(id: String, to: PostalAddress, files: [StoredFile])
        /// Not to be sent: the column Message, and the faults with their codes.
        case faults([Fault], message: String)
        /// Deliberately not sent: an empty send plan.
        case stopped(message: String)
    }

    /// The words and files of an e-mail.
    package struct Message: Sendable {
        package var messageID: String
        package var fromName: String?
        package var fromAddress: String
        package var replyTo: String?
        package var toName: String?
        package var subject: String
        package var text: String
        package var html: String?
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

    /// Makes dispatches, with their messages, their places in the queue and their faults.
    ///
    /// To be called inside a transaction. Throws `StoreError.dispatchExists` for an id that stands
    /// already, and `.alreadyOngoing` for a second active dispatch of a document to a recipient.
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
        // PostgreSQL has no array of arrays of unlike lengths, so it is a row each.
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

    /// The reasons for which invoices were not sent, the commonest first.
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
