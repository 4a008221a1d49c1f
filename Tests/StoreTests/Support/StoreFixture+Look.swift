import Dispatching
import Foundation
import Postgres
import Store

extension StoreFixture {
    /// The whole content of the database, a line a row; but for a table.
    func content(except table: String? = nil) throws -> [String] {
        let tables = try connection.rows(
            """
            SELECT relname::text AS name FROM pg_class
            WHERE relnamespace = 'budstikke'::regnamespace AND relkind = 'r' ORDER BY 1
            """
        ) { try $0["name"] as String }
        let all = tables.filter { $0 != table }.map {
            "SELECT '\($0) ' || t::text AS line FROM \($0) AS t"
        }
        .joined(separator: " UNION ALL ")
        return try connection.rows(Query(stringLiteral: "\(all) ORDER BY 1")) { try $0["line"] }
    }

    /// A dispatch in a line: what it is, what it counts, where it stands, what is told of it.
    func line(_ key: DispatchKey) throws -> String {
        try connection.first(
            """
            SELECT d.state || ' ' || d.delivery
                || format(', attempt %s, accepted %s/%s, deferred %s, epoch %s', d.attempt,
                    d.accepted_attempt, d.accepted_count, d.deferrals, d.lease_epoch)
                || CASE WHEN d.deferred_since IS NOT NULL THEN ', waits' ELSE '' END
                || CASE WHEN d.finalized_at IS NOT NULL THEN ', ended' ELSE '' END
                || ' | ' || concat_ws(' ',
                    CASE WHEN q.dispatch_id IS NOT NULL THEN 'queue' END,
                    CASE WHEN x.dispatch_id IS NOT NULL THEN 'outbox' END,
                    CASE WHEN l.parked THEN 'parked' WHEN l.resolve_at IS NOT NULL THEN 'doubt'
                        WHEN l.dispatch_id IS NOT NULL THEN 'lease' END,
                    CASE WHEN o.dispatch_id IS NOT NULL THEN 'ongoing' END)
                || ' | ' || concat_ws(' ',
                    (SELECT string_agg(attempt_number || ' ' || outcome, ' ' ORDER BY attempt_number)
                     FROM attempt AS a
                     WHERE a.tenant_id = d.tenant_id AND a.dispatch_id = d.dispatch_id),
                    (SELECT string_agg(step, ' ' ORDER BY at, step) FROM dispatch_step AS s
                     WHERE s.tenant_id = d.tenant_id AND s.dispatch_id = d.dispatch_id)) AS line
            FROM dispatch AS d
            LEFT JOIN dispatch_queue AS q
                ON q.tenant_id = d.tenant_id AND q.dispatch_id = d.dispatch_id
            LEFT JOIN dispatch_outbox AS x
                ON x.tenant_id = d.tenant_id AND x.dispatch_id = d.dispatch_id
            LEFT JOIN dispatch_lease AS l
                ON l.tenant_id = d.tenant_id AND l.dispatch_id = d.dispatch_id
            LEFT JOIN ongoing_dispatch AS o
                ON o.tenant_id = d.tenant_id AND o.dispatch_id = d.dispatch_id
            WHERE d.tenant_id = \(key.tenantID) AND d.dispatch_id = \(key.dispatchID)
            """
        ) { try $0["line"] } ?? "missing"
    }

    /// What no constraint holds, and does not hold now; the to-dos are not the arrows' to make.
    func broken() throws -> [String] {
        try Invariants(connection).check(leaseGraceSeconds: 86_400)
            .filter { $0.name != "to-dos" }
            .flatMap { finding in finding.brokenBy.map { "\(finding.name): \($0)" } }
    }

    /// One value of one row.
    func value<Value: PostgresDecodable>(_ query: Query) throws -> Value? {
        try connection.first(query) { try $0["value"] }
    }
}
