package import Invoicing
package import Postgres

/// The tables customer and customer_recipient: customers, and the recipients of their copies.
package struct Customers {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// A customer with the data that the jobs need.
    package struct Profile: Sendable {
        package var tenantID: Int64
        package var customer: Customer
        /// The main recipient's address as it was entered; nil where there is none.
        package var email: String?
        /// The recipients of copies as they were entered, possibly with duplicates.
        package var copies: [CopyRecipient]
    }

    /// A customer's key across all tenants.
    package struct Key: Hashable, Sendable {
        package var tenantID: Int64
        /// The customer number, unique within the tenant.
        package var number: String

        package init(tenantID: Int64, number: String) {
            self.tenantID = tenantID
            self.number = number
        }
    }

    /// Those of these customers that exist, each with its send plan and copies.
    package func profiles(_ keys: [Key]) throws -> [Key: Profile] {
        guard !keys.isEmpty else { return [:] }
        var profiles: [Key: Profile] = [:]
        let rows: RowSet = """
            tenant_id \(keys.map(\.tenantID)), customer_number \(keys.map(\.number))
            """
        try connection.rows(
            """
            SELECT DISTINCT c.tenant_id, c.customer_number, c.name, c.email,
                c.organisation_number, c.street, c.postal_code, c.city, c.country, c.language,
                c.due_days, c.buyer_reference, c.endpoint, c.reverse_charge, c.copies
            FROM \(rows.table("k"))
            JOIN customer AS c ON c.tenant_id = k.tenant_id
                AND c.customer_number = k.customer_number
            """
        ) { row in
            let profile = try profile(row)
            profiles[Key(tenantID: profile.tenantID, number: profile.customer.number)] = profile
        }
        for (key, copy) in try recipients(rows) { profiles[key]?.copies.append(copy) }
        return profiles
    }

    private func recipients(_ rows: RowSet) throws -> [(Key, CopyRecipient)] {
        try connection.rows(
            """
            SELECT r.tenant_id, r.customer_number, r.email, r.name
            FROM (
                SELECT DISTINCT * FROM \(rows.table("k"))) AS k
            JOIN customer_recipient AS r ON r.tenant_id = k.tenant_id
                AND r.customer_number = k.customer_number
            ORDER BY r.tenant_id, r.customer_number, r.email
            """
        ) { row in
            (
                Key(tenantID: try row["tenant_id"], number: try row["customer_number"]),
                CopyRecipient(address: try row["email"], name: try row["name"])
            )
        }
    }

    private func profile(_ row: Row) throws -> Profile {
        let country: String = try row["country"]
        let organisation: String? = try row["organisation_number"]
        let scheme = country == "NO" ? "0192" : nil
        let endpoint: String? = try row["endpoint"]
        return Profile(
            tenantID: try row["tenant_id"],
            customer: Customer(
                number: try row["customer_number"],
                party: Party(
                    name: try row["name"],
                    organisationNumber: organisation.map { Identifier($0, scheme: scheme) },
                    endpoint: endpoint.flatMap { Identifier(endpoint: $0) }
                        ?? (endpoint ?? organisation).map { Identifier($0, scheme: scheme) },
                    address: Address(
                        street: try row["street"], postalCode: try row["postal_code"],
                        city: try row["city"], country: country)),
                language: try row["language"],
                dueDays: try row["due_days"], buyerReference: try row["buyer_reference"],
                hasReverseCharge: try row["reverse_charge"]),
            email: try row["email"],
            copies: (try row["copies"] as [String?]).compactMap(\.self)
                .map { CopyRecipient(address: $0) })
    }
}

/// The tables send_plan and send_plan_step.
package struct SendPlans {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The tenants' plans, by tenant and plan key.
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
            if let channel: Channel = try row["channel"] {
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
