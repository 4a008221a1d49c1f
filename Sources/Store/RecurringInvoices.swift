package import FoundationEssentials
package import Invoicing
package import Postgres

/// The tables recurring_invoice and recurring_invoice_line: agreements, and where they stand.
package struct RecurringInvoices {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// An agreement that is due, with what the job needs beside it.
    package struct Due: Sendable {
        package var tenantID: Int64
        package var agreement: RecurringInvoice
        package var customerNumber: String
        package var createdBy: String
        package var planKey: String?
        package var isDispatched: Bool
        package var prepareOn: CivilDate
        /// The tenant's own calendar date.
        package var today: CivilDate
    }

    /// Where the reading of a tenant's due agreements has come to.
    package struct Position: Sendable {
        package var tenantID: Int64
        package var prepareOn: CivilDate?
        package var number: String

        package init(tenantID: Int64, prepareOn: CivilDate? = nil, number: String = "") {
            self.tenantID = tenantID
            self.prepareOn = prepareOn
            self.number = number
        }
    }

    /// Tenants with agreements that may be due, after a given one; read without locks.
    ///
    /// A day ahead of UTC it is already tomorrow, so that no zone is missed; each tenant's own
    /// date decides when its agreements are read.
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

    /// The due agreements of tenants, an equal share of each, after the positions given.
    ///
    /// The tenants' number series are locked by the caller, so no agreement is taken twice. Where a
    /// number is given only the agreement of that number is read.
    package func due(
        after positions: [Position], share: Int, now: Date, number: String? = nil
    ) throws -> [Due] {
        guard !positions.isEmpty else { return [] }
        var due = try connection.rows(
            """
            SELECT r.*, p.today
            FROM (
                SELECT p.tenant_id, p.prepare_on, p.number,
                    (\(now) AT TIME ZONE t.time_zone)::date AS today,
                    t.catch_up_policy AS tenant_catch_up_policy
                FROM unnest(
                    \(positions.map(\.tenantID)), \(positions.map(\.prepareOn)),
                    \(positions.map(\.number))) AS p (tenant_id, prepare_on, number)
                JOIN tenant AS t ON t.tenant_id = p.tenant_id
            ) AS p
            CROSS JOIN LATERAL (
                SELECT a.tenant_id, a.recurring_invoice_number, a.customer_number, a.created_by,
                    a.plan_key, a.anchor_date, a.interval_unit, a.interval_count,
                    a.start_date, a.first_period, a.last_period, a.currency,
                    a.preparation_days, a.end_date, a.count_max, a.paused_from, a.paused_until,
                    coalesce(a.catch_up_policy, p.tenant_catch_up_policy) AS catch_up_policy,
                    a.price_factor, a.due_days, a.our_reference, a.your_reference,
                    a.purchase_order, a.introduction, a.automatic_dispatch,
                    a.next_period_number, a.prepare_on
                FROM recurring_invoice AS a
                WHERE a.tenant_id = p.tenant_id AND a.prepare_on <= p.today
                    AND (\(number) IS NULL OR a.recurring_invoice_number = \(number))
                    AND (p.prepare_on IS NULL
                        OR (a.prepare_on, a.recurring_invoice_number)
                            > (p.prepare_on, p.number))
                ORDER BY a.prepare_on, a.recurring_invoice_number
                LIMIT \(share)
            ) AS r
            ORDER BY r.tenant_id, r.prepare_on, r.recurring_invoice_number
            """, decode)
        try addLines(to: &due)
        return due
    }

    private func decode(_ row: Row) throws -> Due {
        let number: String = try row["recurring_invoice_number"]
        guard let unit = Interval.Unit(rawValue: try row["interval_unit"]),
            let interval = Interval(try row["interval_count"], unit),
            let policy = CatchUpPolicy(rawValue: try row["catch_up_policy"]),
            let firstPeriod = FirstPeriodPolicy(rawValue: try row["first_period"]),
            let lastPeriod = LastPeriodPolicy(rawValue: try row["last_period"])
        else {
            throw StoreError.invalidRow(
                table: "recurring_invoice", column: "interval_unit", key: number)
        }
        let pausedFrom: CivilDate? = try row["paused_from"]
        let pausedUntil: CivilDate? = try row["paused_until"]
        let currency: String? = try row["currency"]
        let agreement = RecurringInvoice(
            number: number,
            recurrence: Recurrence(
                anchor: try row["anchor_date"], interval: interval, start: try row["start_date"]),
            nextPeriodNumber: try row["next_period_number"],
            preparationDays: try row["preparation_days"], endDate: try row["end_date"],
            firstPeriodPolicy: firstPeriod, lastPeriodPolicy: lastPeriod,
            periodCountMax: try row["count_max"],
            pause: pausedFrom.map { Pause(from: $0, until: pausedUntil) },
            catchUpPolicy: policy, priceFactor: try row["price_factor"], lines: [],
            references: References(
                buyerReference: try row["your_reference"],
                purchaseOrder: try row["purchase_order"], salesOrder: try row["our_reference"]),
            text: try row["introduction"], dueDays: try row["due_days"],
            currency: currency.map(CurrencyCode.init(rawValue:)))
        return Due(
            tenantID: try row["tenant_id"], agreement: agreement,
            customerNumber: try row["customer_number"], createdBy: try row["created_by"],
            planKey: try row["plan_key"], isDispatched: try row["automatic_dispatch"],
            prepareOn: try row["prepare_on"], today: try row["today"])
    }

    private func addLines(to due: inout [Due]) throws {
        var positions: [Key: Int] = [:]
        for (position, due) in due.enumerated() {
            positions[Key(tenantID: due.tenantID, number: due.agreement.number)] = position
        }
        try connection.rows(
            """
            SELECT l.tenant_id, l.recurring_invoice_number, l.description, l.quantity, l.unit,
                l.unit_price, l.discount_percent, l.vat_code
            FROM unnest(\(due.map(\.tenantID)), \(due.map(\.agreement.number)))
                AS k (tenant_id, number)
            JOIN recurring_invoice_line AS l
                ON l.tenant_id = k.tenant_id AND l.recurring_invoice_number = k.number
            ORDER BY l.tenant_id, l.recurring_invoice_number, l.line_number
            """
        ) { row in
            let key = Key(
                tenantID: try row["tenant_id"], number: try row["recurring_invoice_number"])
            guard let position = positions[key] else { return }
            due[position].agreement.lines.append(
                RecurringInvoiceLine(
                    description: try row["description"], quantity: try row["quantity"],
                    unit: try row["unit"], unitPrice: try row["unit_price"],
                    discountPercent: try row["discount_percent"],
                    vatCode: try row["vat_code"]))
        }
    }

    private struct Key: Hashable {
        var tenantID: Int64
        var number: String
    }

    /// Moves agreements on: their next period and its date, nil where they have ended.
    package func advance(
        _ moves: [(tenantID: Int64, number: String, nextPeriod: Int, nextDate: CivilDate?)]
    ) throws {
        guard !moves.isEmpty else { return }
        _ = try connection.execute(
            """
            UPDATE recurring_invoice AS r
            SET next_period_number = m.next_period, next_date = m.next_date,
                ended = m.next_date IS NULL
            FROM unnest(
                \(moves.map(\.tenantID)), \(moves.map(\.number)), \(moves.map(\.nextPeriod)),
                \(moves.map(\.nextDate))) AS m (tenant_id, number, next_period, next_date)
            WHERE r.tenant_id = m.tenant_id AND r.recurring_invoice_number = m.number
            """)
    }

    /// Records periods that never become invoices.
    package func skip(
        _ periods: [(tenantID: Int64, number: String, period: SkippedPeriod)]
    ) throws {
        guard !periods.isEmpty else { return }
        _ = try connection.execute(
            """
            INSERT INTO skipped_period
                (tenant_id, recurring_invoice_number, period_number, period_date, reason)
            SELECT * FROM unnest(
                \(periods.map(\.tenantID)), \(periods.map(\.number)),
                \(periods.map(\.period.number)), \(periods.map(\.period.date)),
                \(periods.map(\.period.reason.rawValue)))
            ON CONFLICT ON CONSTRAINT skipped_period_pk DO NOTHING
            """)
    }
}

extension RecurringInvoices {
    /// The files that go with every invoice of these agreements.
    package func attachments(
        _ keys: [(tenantID: Int64, number: String)]
    ) throws -> [Int64: [String: [StoredFile]]] {
        guard !keys.isEmpty else { return [:] }
        var files: [Int64: [String: [StoredFile]]] = [:]
        try connection.rows(
            """
            SELECT a.tenant_id, a.recurring_invoice_number, a.file_name, a.content_type,
                a.sha256, f.byte_count
            FROM unnest(\(keys.map(\.tenantID)), \(keys.map(\.number)))
                AS k (tenant_id, number)
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
