import Dispatching
package import FoundationEssentials
import Postgres

extension DispatchLife {
    /// The arrow `handOver`: documents were fetched by the access point, so they are sent.
    package func handOver(_ keys: [Key], now: Date) throws {
        guard !keys.isEmpty else { return }
        let taken: [Key] = try connection.rows(
            """
            UPDATE dispatch AS d
            SET state = 'sent', sent_at = \(now), attempt = 1, accepted_attempt = 1,
                accepted_count = 1
            FROM unnest(\(keys.map(\.tenantID)), \(keys.map(\.dispatchID)))
                AS c (tenant_id, dispatch_id)
            WHERE d.tenant_id = c.tenant_id AND d.dispatch_id = c.dispatch_id
                AND d.channel = 'ehf' AND d.state = ANY (\(DispatchArrow.handOver.sourceNames))
            RETURNING d.tenant_id, d.dispatch_id
            """
        ) { (try $0["tenant_id"], try $0["dispatch_id"]) }
        try leaveOutbox(taken)
        try write(taken.map { ($0, .handOver, "fetched by the access point") }, now: now)
    }

    /// The arrows `settle` and `reject` of what the access point took, or may have taken: what it
    /// says became of it.
    /// - Returns: whether there was such a document, of which nothing had been said before.
    package func answer(_ key: Key, refusal: String?, now: Date) throws -> Bool {
        let arrow = refusal == nil ? DispatchArrow.settle : .reject
        let changed = try connection.execute(
            """
            UPDATE dispatch
            SET state = \(arrow.target.rawValue),
                delivery = CASE WHEN \(refusal) IS NULL THEN 'delivered' ELSE 'unknown' END,
                message = coalesce('EHF was refused: ' || \(refusal), 'Delivered'),
                reason = CASE WHEN \(refusal) IS NULL THEN NULL ELSE 'ehf_refused' END,
                sent_at = coalesce(sent_at, \(now)), accepted_attempt = attempt,
                accepted_count = greatest(accepted_count, 1),
                finalized_at = \(now)
            WHERE tenant_id = \(key.tenantID) AND dispatch_id = \(key.dispatchID)
                AND channel = 'ehf' AND state <> 'queued' AND finalized_at IS NULL
                AND state = ANY (\(arrow.sourceNames))
            """
        ).affectedRows
        guard changed == 1 else { return false }
        try leaveLease([key])
        try leaveOngoing([key])
        if let refusal { try write([(key, .reject, refusal)], now: now) }
        return true
    }
}
