import Dispatching
import FoundationEssentials
import Invoicing
import Postgres
import Runtime
import Store
import Wire

/// Whether the work is done: the timers' runs, what has waited too long, what can't be sent
/// tonight.
struct OperationChecks {
    let connection: Connection
    let context: RunContext
    /// The database's current time, whatever day the programs are run as.
    let now: Date

    func run() -> [HealthCheck] {
        [runs(), approvals(), queue(), doubts(), events(), setup(), bloat()]
    }

    private func runs() -> HealthCheck {
        var never: [String] = []
        var check = HealthCheck.attempt("runs", "the programs run, and do their work") {
            let jobs = try Gauges(connection).jobs(
                ScheduledJob.names, since: now - 40 * 86_400)
            never = jobs.filter { $0.lastStartedAt == nil }.map(\.name)
            return Self.stale(jobs, now: now)
        }
        if !never.isEmpty {
            check.note =
                "of the last 40 days there is no run of \(never.joined(separator: ", ")):"
                + " systemctl enable --now \(never.map { "\($0).timer" }.joined(separator: " "))"
        }
        return check
    }

    /// A first run that was stopped, or asked to come again later, has not failed.
    private static let stoppedExits = [BudstikkeExit.tryAgain, .interrupted, .terminated]
        .map { Int($0.rawValue) }

    /// The programs that have run but not succeeded recently, each with its last exit and what to
    /// check.
    static func stale(_ jobs: [Gauges.Job], now: Date) -> [String] {
        jobs.compactMap { job in
            guard let scheduled = ScheduledJob(rawValue: job.name) else { return nil }
            let isOverdue =
                job.lastSuccessAt.map { now.timeIntervalSince($0) > scheduled.silenceSecondsMax }
                ?? job.lastExitCode.map { !stoppedExits.contains($0) }
            guard isOverdue == true else { return nil }
            let since = job.lastSuccessAt.map { "since \(Instant.short($0))" } ?? "of late"
            let end = job.lastExitCode.map { ", and ended with \($0)" } ?? ""
            return "\(job.name) has not done its work \(since)\(end): see budstikke runs --job"
                + " \(job.name), then systemctl enable --now \(scheduled.timer)"
        }
    }

    /// Tenants of which so much is due that a person is asked before anything is made.
    private func approvals() -> HealthCheck {
        HealthCheck.attempt("approval", "nothing waits for a person's approval") {
            let waiting = try Gauges(connection).awaitingApproval(namedMax: Self.namedMax)
            let rest = waiting.count - waiting.named.count
            return waiting.named.map {
                "tenant \($0.tenantID) has \($0.due) invoices due, and never had more than"
                    + " \($0.usual) in a day: if that is right, run generate-invoices --tenant"
                    + " \($0.tenantID) --approve"
            } + (rest > 0 ? ["and \(rest) more"] : [])
        }
    }

    private static let namedMax = 20

    private static let queueSecondsMax: Double = 6 * 3_600

    private func queue() -> HealthCheck {
        HealthCheck.attempt(
            "queue-age", "what is due is sent", mend: "systemctl start send-dispatches"
        ) {
            try overdueQueue()
        }
    }

    /// What has been due for too long, in a sentence; empty where nothing has.
    func overdueQueue() throws -> [String] {
        try overdue("due", "dispatches are due", than: Self.queueSecondsMax)
    }

    private func doubts() -> HealthCheck {
        HealthCheck.attempt(
            "doubts", "what is in doubt is found out",
            mend: "budstikke runs --job send-dispatches says why the provider can't be asked"
        ) {
            try overdueDoubts()
        }
    }

    /// What has been in doubt for too long, in a sentence; empty where nothing has.
    func overdueDoubts() throws -> [String] {
        try overdue(
            "in_doubt", "dispatches are in doubt",
            than: Double(context.settings.send.inDoubtWindowSeconds) + 86_400)
    }

    private func overdue(_ place: String, _ what: String, than seconds: Double) throws -> [String] {
        let now = context.clock.now
        let places = try Gauges(connection).pressing(
            held: try TenantControls(connection).held(now: now), now: now)
        guard let waiting = places.first(where: { $0.place == place }),
            let oldest = waiting.oldest, now.timeIntervalSince(oldest) > seconds
        else { return [] }
        return ["\(waiting.count) \(what), the oldest since \(Instant.short(oldest))"]
    }

    /// Data beyond a provider's retention is lost: a cursor must not fall that far behind.
    private func events() -> HealthCheck {
        HealthCheck.attempt(
            "events", "what the provider says is read before it forgets it",
            mend: "systemctl start reconcile-bounces"
        ) {
            guard let kept = context.settings.provider.account.logsKeptSeconds else { return [] }
            let name = context.settings.provider.name
            return try Gauges(connection).sources().filter { $0.provider == name }.compactMap {
                let behind = context.clock.now.timeIntervalSince($0.completeUntil)
                guard behind > Double(kept) / 2 else { return nil }
                return "\($0.name) has been read until \(Instant.short($0.completeUntil)), and"
                    + " \(name) keeps \(kept / 3_600) hours"
            }
        }
    }

    /// Tenants with agreements due within two days that no channel can deliver.
    private func setup() -> HealthCheck {
        HealthCheck.attempt(
            "set-up", "who is to be invoiced tonight can be",
            mend: "generate-invoices --forecast 2 --dry-run names each agreement"
        ) {
            try connection.rows(
                """
                SELECT format('tenant %s has %s agreements due and no %s', due.tenant_id, due.count,
                    lack.what) AS line
                FROM (
                    SELECT tenant_id, count(*) AS count FROM recurring_invoice
                    WHERE prepare_on <= \(context.clock.now)::date + 2 AND automatic_dispatch
                    GROUP BY tenant_id) AS due
                CROSS JOIN LATERAL (
                    SELECT 'form for invoices' AS what WHERE NOT EXISTS (
                        SELECT FROM form_setup AS f
                        WHERE f.tenant_id = due.tenant_id AND f.document_type = 'invoice')
                    UNION ALL
                    SELECT 'send plan' WHERE NOT EXISTS (
                        SELECT FROM send_plan AS p WHERE p.tenant_id = due.tenant_id)
                    UNION ALL
                    SELECT 'VAT rate' WHERE NOT EXISTS (
                        SELECT FROM vat_rate AS v WHERE v.tenant_id = due.tenant_id)
                ) AS lack
                ORDER BY due.tenant_id, lack.what LIMIT 20
                """
            ) { try $0["line"] as String }
        }
    }

    /// Tables consisting mostly of dead rows: autovacuum is off, or a transaction is kept open.
    private func bloat() -> HealthCheck {
        HealthCheck.attempt(
            "bloat", "no table is mostly dead rows",
            mend: "psql -c 'VACUUM', and end what has been idle in transaction for hours"
        ) {
            try connection.rows(
                """
                SELECT format('%s has %s dead rows and %s live ones', relname, n_dead_tup,
                    n_live_tup) AS line
                FROM pg_stat_user_tables
                WHERE schemaname = 'budstikke' AND n_dead_tup > \(Self.deadRowsMax)
                    AND n_dead_tup > n_live_tup
                ORDER BY n_dead_tup DESC LIMIT 20
                """
            ) { try $0["line"] as String }
        }
    }

    private static let deadRowsMax = 100_000
}
