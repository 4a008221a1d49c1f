import Dispatching
package import FoundationEssentials
import Postgres

extension DispatchLife {
    /// The arrow `handOver`: documents were fetched, so they are sent.
    ///
    /// What becomes of an EHF, the access point says. Of a letter nobody does, unless it comes
    /// back: it counts as delivered when it is handed over. `parcel` is what letters went in.
    package func handOver(_ keys: [Key], parcel: String? = nil, now: Date) throws {
        guard !keys.isEmpty else { return }
        let taken: [(key: Key, isLetter: Bool)] = try connection.rows(
            """
            UPDATE dispatch AS d
            SET state = 'sent', sent_at = \(now), attempt = 1, accepted_attempt = 1,
                accepted_count = 1,
                delivery = CASE d.channel WHEN 'print' THEN 'delivered' ELSE d.delivery END,
                message = CASE d.channel
                    WHEN 'print' THEN 'Handed over to be printed and posted' ELSE d.message END,
                finalized_at = CASE d.channel WHEN 'print' THEN \(now) END
            FROM unnest(\(keys.map(\.tenantID)), \(keys.map(\.dispatchID)))
                AS c (tenant_id, dispatch_id)
            WHERE d.tenant_id = c.tenant_id AND d.dispatch_id = c.dispatch_id
                AND d.channel <> 'email'
                AND d.state = ANY (\(DispatchArrow.handOver.sourceNames))
            RETURNING d.tenant_id, d.dispatch_id, d.channel = 'print' AS is_letter
            """
        ) { ((try $0["tenant_id"], try $0["dispatch_id"]), try $0["is_letter"]) }
        try leaveOutbox(taken.map(\.key))
        try leaveOngoing(taken.filter(\.isLetter).map(\.key))
        let words = parcel.map { "handed over in \($0)" } ?? "fetched by the access point"
        try write(taken.map { ($0.key, .handOver, words) }, now: now)
    }

    /// The arrows `settle` and `reject` of what was handed over, or may have been: what whoever
    /// took it says became of it.
    ///
    /// A letter may come back after it counted as delivered.
    /// - Returns: whether there was such a document, of which nothing had been said before.
    package func answer(_ key: Key, refusal: String?, now: Date) throws -> Bool {
        let arrow = refusal == nil ? DispatchArrow.settle : .reject
        let changed = try connection.execute(
            """
            UPDATE dispatch
            SET state = \(arrow.target.rawValue),
                delivery = CASE WHEN \(refusal) IS NULL THEN 'delivered' ELSE 'unknown' END,
                message = coalesce(
                    CASE channel WHEN 'print' THEN 'The letter came back: '
                        ELSE 'EHF was refused: ' END || \(refusal), 'Delivered'),
                reason = CASE WHEN \(refusal) IS NULL THEN NULL
                    WHEN channel = 'print' THEN 'letter_returned' ELSE 'ehf_refused' END,
                sent_at = coalesce(sent_at, \(now)), accepted_attempt = attempt,
                accepted_count = greatest(accepted_count, 1),
                finalized_at = \(now)
            WHERE tenant_id = \(key.tenantID) AND dispatch_id = \(key.dispatchID)
                AND channel <> 'email' AND state <> 'queued'
                AND (finalized_at IS NULL OR (
                    channel = 'print' AND state = 'sent' AND \(refusal) IS NOT NULL))
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
