package import FoundationEssentials
package import Invoicing
package import Postgres

/// An agreement's key across all tenants.
package struct AgreementKey: Hashable, Sendable {
    package var tenantID: Int64
    package var number: String

    package init(_ tenantID: Int64, _ number: String) {
        self.tenantID = tenantID
        self.number = number
    }
}

extension Sequence where Element == AgreementKey {
    /// The keys as a table of `tenant_id` and `number`.
    func table(_ name: StaticString) -> Query {
        let rows: RowSet = "tenant_id \(map(\.tenantID)), number \(map(\.number))"
        return rows.table(name)
    }
}

/// The tables recurring_invoice and recurring_invoice_line: agreements, and where they stand.
package struct RecurringInvoices {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Whether periods are billed before they begin or after they end.
    package enum Billed: String, Sendable, PostgresRawValue {
        /// Before the period begins.
        case advance
        /// After the period has ended.
        case arrears
    }

    /// An agreement that is due, with the data the job needs.
    package struct Due: Sendable {
        package var tenantID: Int64
        package var agreement: RecurringInvoice
        package var customerNumber: String
        /// The key of the user who created it.
        package var createdBy: String
        /// The send plan; nil where none was chosen.
        package var planKey: String?
        /// Whether its invoices are sent, or only made.
        package var isDispatched: Bool
        /// The date in the tenant's time zone.
        package var today: CivilDate

        /// The agreement's key across all tenants.
        package var key: AgreementKey { AgreementKey(tenantID, agreement.number) }
    }

    /// Tenants with agreements that may be due, after a given one; read without locks.
    ///
    /// The date used is a day ahead of UTC's, so that no zone is missed; each tenant's own date
    /// decides when its agreements are read, and so does whether it is suspended.
    package func dueTenants(after tenantID: Int64, now: Date, limit: Int) throws -> [Int64] {
        try connection.rows(
            """
            WITH RECURSIVE due AS (
                (SELECT tenant_id FROM recurring_invoice
                 WHERE tenant_id > \(tenantID) AND prepare_on <= (\(now))::date + 1
                 ORDER BY tenant_id LIMIT 1)
                UNION ALL
                SELECT (
                    SELECT r.tenant_id FROM recurring_invoice AS r
                    WHERE r.tenant_id > due.tenant_id AND r.prepare_on <= (\(now))::date + 1
                    ORDER BY r.tenant_id LIMIT 1)
                FROM due WHERE due.tenant_id IS NOT NULL
            )
            SELECT tenant_id FROM due WHERE tenant_id IS NOT NULL LIMIT \(limit)
            """
        ) { try $0["tenant_id"] }
    }

    /// The tenants' due agreements, oldest first; read without locks.
    ///
    /// With a limit, those that were processed longest ago come first, so that agreements that stay
    /// due because of a fault do not keep the others from their turn.
    package func dueKeys(tenants: [Int64], now: Date, limit: Int?) throws -> [AgreementKey] {
        guard !tenants.isEmpty else { return [] }
        return try connection.rows(
            """
            SELECT r.tenant_id, r.recurring_invoice_number
            FROM recurring_invoice AS r
            JOIN tenant AS t ON t.tenant_id = r.tenant_id
            WHERE r.tenant_id = ANY (\(tenants)) AND NOT \(TenantControls.isSuspended("t"))
                AND r.prepare_on <= (\(now) AT TIME ZONE t.time_zone)::date
            ORDER BY CASE WHEN \(limit) IS NOT NULL THEN r.looked_at END NULLS FIRST,
                r.prepare_on, r.tenant_id, r.recurring_invoice_number
            LIMIT \(limit)
            """
        ) {
            AgreementKey(try $0["tenant_id"], try $0["recurring_invoice_number"])
        }
    }

    /// How many agreements are due, with a tenant or with all.
    package func dueCount(tenantID: Int64?, now: Date) throws -> Int {
        try connection.total(
            """
            SELECT FROM recurring_invoice AS r JOIN tenant AS t ON t.tenant_id = r.tenant_id
            WHERE (\(tenantID) IS NULL OR r.tenant_id = \(tenantID))
                AND NOT \(TenantControls.isSuspended("t"))
                AND r.prepare_on <= (\(now) AT TIME ZONE t.time_zone)::date
            """)
    }

    /// The part of an agreement that can be read from any row of the table.
    package struct Head: Sendable {
        package var key: AgreementKey
        /// The key of the user who created it.
        package var createdBy: String
        /// The number of its next period.
        package var nextPeriod: Int

        package init(key: AgreementKey, createdBy: String, nextPeriod: Int) {
            self.key = key
            self.createdBy = createdBy
            self.nextPeriod = nextPeriod
        }
    }

    /// The head of an agreement that can't be read in full; nil where it does not exist.
    package func head(_ key: AgreementKey) throws -> Head? {
        try connection.first(
            """
            SELECT created_by, next_period_number FROM recurring_invoice
            WHERE tenant_id = \(key.tenantID) AND recurring_invoice_number = \(key.number)
            """
        ) {
            Head(
                key: key, createdBy: try $0["created_by"],
                nextPeriod: try $0["next_period_number"])
        }
    }

    /// Those of these agreements that are due.
    ///
    /// The caller has locked the tenants' number series, so that no agreement is processed twice.
    package func due(_ keys: [AgreementKey], now: Date) throws -> [Due] {
        guard !keys.isEmpty else { return [] }
        var due = try connection.rows(
            """
            SELECT a.tenant_id, \(Self.recurrenceColumns), a.customer_number, a.created_by,
                a.plan_key, a.first_period, a.last_period, a.currency, a.billed,
                a.arrears_days, a.preparation_days, a.end_date, a.count_max, a.paused_from,
                a.paused_until, a.skip_before, a.catch_up_through,
                coalesce(a.catch_up_policy, t.catch_up_policy) AS catch_up_policy,
                a.price_factor, a.due_days, a.our_reference, a.your_reference,
                a.purchase_order, a.introduction, a.automatic_dispatch, t.today
            FROM \(keys.table("k"))
            JOIN (SELECT *, (\(now) AT TIME ZONE time_zone)::date AS today FROM tenant) AS t
                ON t.tenant_id = k.tenant_id
            JOIN recurring_invoice AS a ON a.tenant_id = k.tenant_id
                AND a.recurring_invoice_number = k.number
            WHERE a.prepare_on <= t.today
            ORDER BY a.tenant_id, a.prepare_on, a.recurring_invoice_number
            """, decode)
        try addLines(to: &due)
        return due
    }

    private func decode(_ row: Row) throws -> Due {
        let number: String = try row["recurring_invoice_number"]
        let through: CivilDate? = try row["invoiced_through"]
        let pausedFrom: CivilDate? = try row["paused_from"]
        let pausedUntil: CivilDate? = try row["paused_until"]
        let agreement = RecurringInvoice(
            number: number,
            recurrence: try recurrence(row), nextPeriodNumber: try row["next_period_number"],
            billing: try billing(row),
            endDate: try row["end_date"],
            // The remainder of a period whose schedule changed in the middle is priced by days.
            firstPeriodPolicy: through == nil ? try row["first_period"] : .byDays,
            lastPeriodPolicy: try row["last_period"],
            periodCountMax: try row["count_max"],
            pause: pausedFrom.map { Pause(from: $0, until: pausedUntil) },
            catchUpPolicy: try row["catch_up_policy"],
            decision: CatchUpDecision(
                skipBefore: try row["skip_before"], catchUpThrough: try row["catch_up_through"]),
            priceFactor: try row["price_factor"], lines: [],
            references: References(
                buyerReference: try row["your_reference"],
                purchaseOrder: try row["purchase_order"], salesOrder: try row["our_reference"]),
            text: try row["introduction"], dueDays: try row["due_days"],
            currency: try row["currency"])
        return Due(
            tenantID: try row["tenant_id"], agreement: agreement,
            customerNumber: try row["customer_number"], createdBy: try row["created_by"],
            planKey: try row["plan_key"], isDispatched: try row["automatic_dispatch"],
            today: try row["today"])
    }

    private func billing(_ row: Row) throws -> Billing {
        switch try row["billed"] as Billed {
        case .advance: .advance(daysBefore: try row["preparation_days"])
        case .arrears: .arrears(daysAfter: try row["arrears_days"])
        }
    }

    /// The columns that `recurrence` reads, from the table `a`.
    static let recurrenceColumns: Query = """
        a.recurring_invoice_number, a.anchor_date, a.start_date, a.interval_unit,
        a.interval_count, a.invoiced_through, a.next_period_number
        """

    /// The dates of the remaining periods: they begin on the day after the last one made, whatever
    /// its schedule was.
    func recurrence(_ row: Row) throws -> Recurrence {
        let number: String = try row["recurring_invoice_number"]
        guard let interval = Interval(try row["interval_count"], try row["interval_unit"]) else {
            throw StoreError.invalidRow(
                table: "recurring_invoice", column: "interval_count", key: number)
        }
        let through: CivilDate? = try row["invoiced_through"]
        return Recurrence(
            anchor: try row["anchor_date"], interval: interval,
            start: try through?.adding(days: 1) ?? row["start_date"],
            firstNumber: try row["next_period_number"])
    }

    private func addLines(to due: inout [Due]) throws {
        var positions: [AgreementKey: Int] = [:]
        for (position, due) in due.enumerated() { positions[due.key] = position }
        try connection.rows(
            """
            SELECT l.tenant_id, l.recurring_invoice_number, l.description, l.quantity, l.unit,
                l.unit_price, l.discount_percent, l.vat_code
            FROM \(due.map(\.key).table("k"))
            JOIN recurring_invoice_line AS l
                ON l.tenant_id = k.tenant_id AND l.recurring_invoice_number = k.number
            ORDER BY l.tenant_id, l.recurring_invoice_number, l.line_number
            """
        ) { row in
            let key = AgreementKey(
                try row["tenant_id"], try row["recurring_invoice_number"])
            guard let position = positions[key] else { return }
            due[position].agreement.lines.append(
                RecurringInvoiceLine(
                    description: try row["description"], quantity: try row["quantity"],
                    unit: try row["unit"], unitPrice: try row["unit_price"],
                    discountPercent: try row["discount_percent"],
                    vatCode: try row["vat_code"]))
        }
    }
}

extension RecurringInvoices {
    /// The files that go with every invoice of these agreements.
    package func attachments(
        _ keys: [AgreementKey]
    ) throws -> [Int64: [String: [StoredFile]]] {
        guard !keys.isEmpty else { return [:] }
        var files: [Int64: [String: [StoredFile]]] = [:]
        try connection.rows(
            """
            SELECT a.tenant_id, a.recurring_invoice_number, a.file_name, a.content_type,
                a.sha256, f.byte_count
            FROM \(keys.table("k"))
            JOIN recurring_invoice_attachment AS a ON a.tenant_id = k.tenant_id
                AND a.recurring_invoice_number = k.number
            JOIN file_content AS f ON f.tenant_id = a.tenant_id AND f.sha256 = a.sha256
            ORDER BY a.tenant_id, a.recurring_invoice_number, a.position
            """
        ) { row in
            files[try row["tenant_id"], default: [:]][
                try row["recurring_invoice_number"], default: []
            ].append(try StoredFile(row))
        }
        return files
    }
}
