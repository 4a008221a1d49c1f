package import FoundationEssentials
import Invoicing
import Postgres

extension EventClassifications {
    /// A failure that was judged on so little that a person had better look at it.
    package struct Uncertain: Sendable {
        package var tenantID: Int64
        package var dispatchID: UUID
        package var purpose: String
        package var invoiceNumber: String?
        package var occurredAt: Date
        package var bounceClass: String
        package var reason: String
        package var confidence: Double
        package var grounds: String
        package var replyCode: Int?
        package var enhancedCode: String?
        package var text: String
    }

    /// The failures judged on too little, newest first; what was delivered after all is left out.
    ///
    /// Read off the partial index `delivery_event_for_review`, which needs the bound in the text:
    /// it is `BounceClassification.reviewBelow`.
    package func uncertain(tenantID: Int64?, limit: Int) throws -> [Uncertain] {
        try connection.rows(
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
            ORDER BY e.occurred_at DESC, e.tenant_id, e.provider, e.event_key LIMIT \(limit)
            """
        ) { row in
            Uncertain(
                tenantID: try row["tenant_id"], dispatchID: try row["dispatch_id"],
                purpose: try row["purpose"], invoiceNumber: try row["invoice_number"],
                occurredAt: try row["occurred_at"], bounceClass: try row["class"],
                reason: try row["reason"] ?? "", confidence: try row["confidence"],
                grounds: try row["evidence"], replyCode: try row["reply_code"],
                enhancedCode: try row["enhanced_code"], text: try row["text"])
        }
    }
}
