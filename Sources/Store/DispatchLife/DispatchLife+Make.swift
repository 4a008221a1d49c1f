import FoundationEssentials
import Invoicing
import Postgres

extension DispatchLife {
    /// Where new dispatches begin: queued, fetched from the outbox, or ended at once.
    ///
    /// To be called inside a transaction. A second ongoing dispatch for the same document and
    /// recipient violates the key ongoing_dispatch_once.
    func make(_ new: [Dispatches.New], now: Date) throws {
        try insertRows(new, now: now)
        let (queued, put) = (new.filter { $0.message != nil }, new.filter(\.isForOutbox))
        try enterOngoing(queued + put, now: now)
        try enterQueue(queued.map { ($0.key, $0.runAt) })
        try enterOutbox(put.map(\.key), now: now)
    }

    private func insertRows(_ new: [Dispatches.New], now: Date) throws {
        _ = try connection.execute(
            """
            INSERT INTO dispatch
                (tenant_id, dispatch_id, root_id, resend_of, purpose, role, document_type, invoice_id,
                 recurring_invoice_number, period_number, channel, created_by, recipient,
                 recipient_key, message_id, state, delivery, message, reason, retry_delays, created_at,
                 finalized_at)
            SELECT d.tenant_id, d.dispatch_id, d.root_id, d.resend_of, d.purpose, d.role,
                d.document_type, d.invoice_id, d.recurring_invoice_number, d.period_number,
                d.channel, d.created_by, d.recipient, lower(d.recipient), d.message_id, d.state,
                d.delivery, d.message, d.reason, d.retry_delays::int[], \(now),
                CASE WHEN d.state <> 'queued' THEN \(now) END
            FROM unnest(
                \(new.map(\.tenantID)), \(new.map(\.dispatchID)), \(new.map(\.rootID)),
                \(new.map(\.resendOf)), \(new.map(\.purpose.rawValue)), \(new.map(\.role.rawValue)),
                \(new.map(\.documentType)), \(new.map(\.invoiceID)),
                \(new.map { $0.recurring?.number }), \(new.map { $0.recurring?.period }),
                \(new.map(\.channel.rawValue)),
                \(new.map(\.createdBy)), \(new.map(\.recipient)), \(new.map(\.messageID)), \(new.map(\.state)),
                \(new.map(\.delivery)), \(new.map(\.text)), \(new.map(\.reason)),
                \(new.map(\.retryDelaysLiteral)))
                AS d (tenant_id, dispatch_id, root_id, resend_of, purpose, role, document_type,
                    invoice_id, recurring_invoice_number, period_number, channel, created_by,
                    recipient,
                    message_id, state, delivery, message, reason, retry_delays)
            """)
    }

    private func enterOngoing(_ queued: [Dispatches.New], now: Date) throws {
        let documents = queued.filter { $0.invoiceID != nil }
        guard !documents.isEmpty else { return }
        _ = try connection.execute(
            """
            INSERT INTO ongoing_dispatch (tenant_id, invoice_id, recipient_key, dispatch_id, since)
            SELECT o.tenant_id, o.invoice_id, lower(o.recipient), o.dispatch_id, \(now)
            FROM unnest(
                \(documents.map(\.tenantID)), \(documents.map(\.invoiceID)),
                \(documents.map(\.recipient)), \(documents.map(\.dispatchID)))
                AS o (tenant_id, invoice_id, recipient, dispatch_id)
            """)
    }
}

extension Dispatches.New {
    var key: DispatchLife.Key { (tenantID, dispatchID) }
}
