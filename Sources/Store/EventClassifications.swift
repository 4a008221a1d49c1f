import Invoicing
package import Bounces
package import FoundationEssentials
package import Postgres

/// The classification of stored events: the part of delivery_event that an improved rule may
/// change.
package struct EventClassifications {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// An event with its classification.
    package struct Reclassification: Sendable {
        package var tenantID: Int64
        /// Nil for an orphan.
        package var dispatchID: UUID?
        package var provider: String
        /// The event's unique key at its provider.
        package var eventKey: String
        package var occurredAt: Date
        /// What the classification is made from.
        package var evidence: BounceEvidence
        /// Nil where the event is no failure.
        package var classification: BounceClassification?
    }

    /// The failures within a window, oldest first, after the last one of the previous page.
    package func page(
        tenantID: Int64?, since: Date, until: Date, after last: Reclassification?, limit: Int
    ) throws -> [Reclassification] {
        try connection.rows(
            """
            SELECT tenant_id, dispatch_id, provider, event_key, occurred_at, reply_code,
                enhanced_code, text, provider_type, \(BounceClassification.columns)
            FROM delivery_event
            WHERE kind IN ('bounced', 'dropped', 'complained')
                AND (\(tenantID) IS NULL OR tenant_id = \(tenantID))
                AND occurred_at >= \(since) AND occurred_at < \(until)
                AND (occurred_at, tenant_id, provider, event_key) > (
                    \(last?.occurredAt ?? .distantPast), \(last?.tenantID ?? -1),
                    \(last?.provider ?? ""), \(last?.eventKey ?? ""))
            ORDER BY occurred_at, tenant_id, provider, event_key LIMIT \(limit)
            """, reclassification)
    }

    private func reclassification(_ row: Row) throws -> Reclassification {
        let provider: String = try row["provider"]
        return Reclassification(
            tenantID: try row["tenant_id"], dispatchID: try row["dispatch_id"],
            provider: provider, eventKey: try row["event_key"],
            occurredAt: try row["occurred_at"],
            evidence: BounceEvidence(
                replyCode: try row["reply_code"], enhancedCode: try row["enhanced_code"],
                text: try row["text"], provider: provider, type: try row["provider_type"]),
            classification: try BounceClassification(row))
    }

    /// Writes the classifications of events; what the events reported stays unchanged.
    package func write(_ reclassifications: [Reclassification]) throws {
        guard !reclassifications.isEmpty else { return }
        let classes = BounceClassification.rows(reclassifications.map(\.classification))
        let rows: RowSet = """
            tenant_id \(reclassifications.map(\.tenantID)),
            occurred_at \(reclassifications.map(\.occurredAt)),
            provider \(reclassifications.map(\.provider)),
            event_key \(reclassifications.map(\.eventKey)),
            \(classes)
            """
        _ = try connection.execute(
            """
            UPDATE delivery_event AS e
            SET (\(classes.columnNames)) = ROW (\(classes.columns(of: "j")))
            FROM \(rows.table("j"))
            WHERE e.tenant_id = j.tenant_id AND e.occurred_at = j.occurred_at
                AND e.provider = j.provider AND e.event_key = j.event_key
            """)
    }
}

extension EventClassifications {
    /// A failure classified on so little evidence that a person should check it.
    package struct Uncertain: Sendable {
        package var tenantID: Int64
        package var dispatchID: UUID
        package var purpose: Dispatches.Purpose
        /// Nil where the dispatch has no invoice.
        package var invoiceNumber: String?
        package var occurredAt: Date
        package var bounceClass: BounceClass
        /// Nil where none was recognised.
        package var reason: BounceReason?
        /// From 0 to 1; always below `BounceClassification.reviewBelow`.
        package var confidence: Double
        /// Which rule decided, and on what.
        package var grounds: String
        /// The SMTP reply code (RFC 5321); nil where none was given.
        package var replyCode: Int?
        /// The enhanced status code (RFC 3463); nil where none was given.
        package var enhancedCode: String?
        /// The server's text, possibly empty.
        package var text: String
    }

    /// The failures classified on little evidence, newest first, without those that were delivered
    /// after all.
    ///
    /// Uses the partial index `delivery_event_for_review`, which requires its bound as a literal:
    /// it is `BounceClassification.reviewBelow`.
    package func uncertain(tenantID: Int64?, limit: Int) throws -> [Uncertain] {
        try connection.rows(
            """
            \(uncertain(tenantID))
            ORDER BY e.occurred_at DESC, e.tenant_id, e.provider, e.event_key LIMIT \(limit)
            """
        ) { row in
            Uncertain(
                tenantID: try row["tenant_id"], dispatchID: try row["dispatch_id"],
                purpose: try row["purpose"], invoiceNumber: try row["invoice_number"],
                occurredAt: try row["occurred_at"], bounceClass: try row["class"],
                reason: try row["reason"], confidence: try row["confidence"],
                grounds: try row["evidence"], replyCode: try row["reply_code"],
                enhancedCode: try row["enhanced_code"], text: try row["text"])
        }
    }

    /// How many are uncertain, without a limit.
    package func uncertainCount(tenantID: Int64?) throws -> Int {
        try connection.total(uncertain(tenantID))
    }

    private func uncertain(_ tenantID: Int64?) -> Query {
        """
        SELECT e.tenant_id, e.dispatch_id, l.purpose, l.invoice_number, e.occurred_at,
            e.class, e.reason, e.confidence, coalesce(e.evidence, '') AS evidence,
            e.reply_code, e.enhanced_code, e.text
        FROM delivery_event AS e
        JOIN dispatch_list AS l
            ON l.tenant_id = e.tenant_id AND l.dispatch_id = e.dispatch_id
        WHERE e.kind IN ('bounced', 'dropped', 'complained') AND e.class IS NOT NULL
            AND e.confidence < 0.7 AND l.delivery <> 'delivered'
            AND (\(tenantID) IS NULL OR e.tenant_id = \(tenantID))
        """
    }
}

extension BounceClassification {
    /// The columns of delivery_event that hold a classification.
    static let columns = rows([]).columnNames

    static func rows(_ classes: [BounceClassification?]) -> RowSet {
        """
        class \(classes.map { $0?.bounceClass }), reason \(classes.map { $0?.reason }),
        scope \(classes.map { $0?.scope }), transient \(classes.map { $0?.transient }),
        confidence \(classes.map { $0?.confidence }), evidence \(classes.map { $0?.evidence })
        """
    }

    /// Decodes a classification; nil where there is none.
    init?(_ row: Row) throws {
        guard let bounceClass: BounceClass = try row["class"],
            let reason: BounceReason = try row["reason"]
        else { return nil }
        self.init(
            bounceClass: bounceClass, reason: reason, scope: try row["scope"],
            transient: try row["transient"] ?? false, confidence: try row["confidence"] ?? 0,
            evidence: try row["evidence"] ?? "")
    }
}
