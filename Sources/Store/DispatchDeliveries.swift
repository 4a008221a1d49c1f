package import Bounces
package import Dispatching
package import FoundationEssentials
package import Invoicing
package import Postgres

/// The delivery outcomes of dispatches, derived from their facts; `DispatchLife` writes them.
package struct DispatchDeliveries {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// A dispatch for the reconciler: locked, with all its facts.
    package struct Subject {
        package var tenantID: Int64
        package var dispatchID: UUID
        /// Its state, delivery and whatever else the outcome is derived from.
        package var snapshot: DispatchSnapshot
        /// Everything that is known about its delivery.
        package var facts: [DeliveryFact]
    }

    /// Locks dispatches, always in the same order, and reads them with their facts.
    package func lock(_ keys: [DispatchKey]) throws -> [Subject] {
        guard !keys.isEmpty else { return [] }
        // Several events on a page may concern one dispatch: it is read and evaluated once.
        var seen: Set<UUID> = []
        let keys = keys.filter { seen.insert($0.dispatchID).inserted }
        var subjects = try connection.rows(
            """
            SELECT d.tenant_id, d.dispatch_id, d.state, d.delivery, d.message,
                d.attempt, d.accepted_attempt, d.accepted_count, d.retry_delays,
                d.cancel_requested_by IS NOT NULL AS is_cancel_requested
            FROM dispatch AS d
            JOIN \(keys.table("k"))
                ON k.tenant_id = d.tenant_id AND k.dispatch_id = d.dispatch_id
            ORDER BY d.tenant_id, d.dispatch_id
            FOR UPDATE OF d
            """, subject)
        var positions: [UUID: Int] = [:]
        for (position, subject) in subjects.enumerated() {
            positions[subject.dispatchID] = position
        }
        try connection.rows(
            """
            SELECT e.dispatch_id, e.kind, \(BounceClassification.columns), e.attempt_number,
                e.occurred_at, e.text, e.subject
            FROM delivery_event AS e
            JOIN \(keys.table("k"))
                ON k.tenant_id = e.tenant_id AND k.dispatch_id = e.dispatch_id
            """
        ) { row in
            guard let position = positions[try row["dispatch_id"]] else { return }
            subjects[position].facts.append(try fact(row))
        }
        for position in subjects.indices {
            let (facts, snapshot) = (subjects[position].facts, subjects[position].snapshot)
            subjects[position].snapshot.isProved = facts.contains { snapshot.isProved(by: $0) }
        }
        return subjects
    }

    private func subject(_ row: Row) throws -> Subject {
        Subject(
            tenantID: try row["tenant_id"], dispatchID: try row["dispatch_id"],
            snapshot: DispatchSnapshot(
                state: try row["state"], delivery: try row["delivery"],
                message: try row["message"],
                attempt: try row["attempt"], acceptedAttempt: try row["accepted_attempt"],
                acceptedCount: try row["accepted_count"],
                retryDelays: try row["retry_delays"],
                isCancelRequested: try row["is_cancel_requested"]),
            facts: [])
    }

    private func fact(_ row: Row) throws -> DeliveryFact {
        DeliveryFact(
            kind: try row["kind"], classification: try BounceClassification(row),
            attempt: try row["attempt_number"], occurredAt: try row["occurred_at"],
            text: try row["text"], subject: try row["subject"])
    }

    /// Dispatches that were accepted after events about them were stored, and are to be evaluated
    /// again.
    package func overtaken(
        tenantID: Int64?, limit: Int
    ) throws -> [DispatchKey] {
        try connection.rows(
            """
            SELECT DISTINCT d.tenant_id, d.dispatch_id
            FROM ongoing_dispatch AS o
            JOIN dispatch AS d ON d.tenant_id = o.tenant_id AND d.dispatch_id = o.dispatch_id
            JOIN delivery_event AS e
                ON e.tenant_id = d.tenant_id AND e.dispatch_id = d.dispatch_id
            WHERE (\(tenantID) IS NULL OR d.tenant_id = \(tenantID))
                AND d.state = 'sent' AND d.delivery = 'unknown' AND e.kind <> 'processed'
                AND e.stored_at <= d.sent_at AND e.attempt_number = d.accepted_attempt
            LIMIT \(limit)
            """
        ) { DispatchKey(try $0["tenant_id"], try $0["dispatch_id"]) }
    }
}

/// The view dunning_hold: invoices that the dunning run must leave alone.
package struct DunningHolds {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// An invoice that must not be reminded yet, and why.
    package struct Line: Sendable {
        package var tenantID: Int64
        package var invoiceNumber: String
        package var buyerName: String
        package var payable: Money
        /// The ISO 4217 code.
        package var currency: String
        package var dueDate: CivilDate
        /// `received_late`, `unknown`, or the state or delivery of the newest dispatch.
        package var why: String
        /// The list's column Message of the newest dispatch.
        package var message: String
        /// A due date with the customer's full time to pay, counted from when the invoice arrived,
        /// or from today if it has not.
        package var suggestedDueDate: CivilDate
    }

    /// The invoices, earliest due date first; `tenantID` nil for those of all tenants.
    package func lines(tenantID: Int64?, limit: Int) throws -> [Line] {
        try connection.rows(
            """
            SELECT * FROM dunning_hold
            WHERE (\(tenantID) IS NULL OR tenant_id = \(tenantID))
            ORDER BY due_date, tenant_id, invoice_number LIMIT \(limit)
            """
        ) { row in
            Line(
                tenantID: try row["tenant_id"], invoiceNumber: try row["invoice_number"],
                buyerName: try row["buyer_name"], payable: try row["payable"],
                currency: try row["currency"], dueDate: try row["due_date"],
                why: try row["why"], message: try row["message"],
                suggestedDueDate: try row["suggested_due_date"])
        }
    }

    /// How many invoices there are, without a limit.
    package func count(tenantID: Int64?) throws -> Int {
        try connection.total(
            """
            SELECT FROM dunning_hold WHERE (\(tenantID) IS NULL OR tenant_id = \(tenantID))
            """)
    }
}
