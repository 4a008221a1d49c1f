package import Invoicing
package import Postgres

/// The tables send_plan and send_plan_step.
package struct SendPlans {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The plans of tenants, by tenant and key.
    package func all(_ tenantIDs: [Int64]) throws -> [Int64: [String: SendPlan]] {
        guard !tenantIDs.isEmpty else { return [:] }
        var plans: [Int64: [String: SendPlan]] = [:]
        try connection.rows(
            """
            SELECT p.tenant_id, p.plan_key, s.channel, s.retry_delays,
                s.attach_ehf
            FROM send_plan AS p
            LEFT JOIN send_plan_step AS s
                ON s.tenant_id = p.tenant_id AND s.plan_key = p.plan_key
            WHERE p.tenant_id = ANY (\(tenantIDs))
            ORDER BY p.tenant_id, p.plan_key, s.position
            """
        ) { row in
            let (tenantID, key): (Int64, String) = (try row["tenant_id"], try row["plan_key"])
            var plan = plans[tenantID]?[key] ?? SendPlan(key: key, steps: [])
            if let channel = (try row["channel"] as String?).flatMap(Channel.init) {
                plan.steps.append(
                    SendPlanStep(
                        channel: channel, retryDelaysSeconds: try row["retry_delays"] ?? [],
                        attachesEHF: try row["attach_ehf"]))
            }
            plans[tenantID, default: [:]][key] = plan
        }
        return plans
    }
}
