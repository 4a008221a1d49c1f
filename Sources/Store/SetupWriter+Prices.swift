import Postgres

extension SetupWriter {
    package func exchangeRates(_ c: Columns) throws {
        try connection.execute(
            """
            INSERT INTO exchange_rate (tenant_id, currency, rate_date, rate, units, source)
            SELECT n.tenant_id, n.currency, n.rate_date::date, n.rate::numeric,
                coalesce(n.units::int, 1), n.source
            FROM unnest(
                \(c.tenants), \(c["currency"]), \(c["date"]), \(c["rate"]), \(c["units"]),
                \(c["source"]))
                AS n (tenant_id, currency, rate_date, rate, units, source)
            ON CONFLICT ON CONSTRAINT exchange_rate_pk DO UPDATE
            SET rate = excluded.rate, units = excluded.units, source = excluded.source
            """)
    }

    package func priceIndexValues(_ c: Columns) throws {
        try connection.execute(
            """
            INSERT INTO price_index_value (tenant_id, index_code, month, value)
            SELECT n.tenant_id, n.index_code, n.month::date, n.value::numeric
            FROM unnest(\(c.tenants), \(c["index"]), \(c["month"]), \(c["value"]))
                AS n (tenant_id, index_code, month, value)
            ON CONFLICT ON CONSTRAINT price_index_value_pk DO UPDATE SET value = excluded.value
            """)
    }

    package func priceIndexClauses(_ c: Columns) throws {
        try connection.execute(
            """
            INSERT INTO price_index_clause
                (tenant_id, recurring_invoice_number, index_code, base_month, base_value,
                 adjust_month, share_percent, cap_percent, floor_percent, notice_days)
            SELECT n.tenant_id, n.number, n.index_code, n.base_month::date,
                n.base_value::numeric, n.adjust_month::int, coalesce(n.share::numeric, 100),
                n.cap::numeric, n.floor::numeric, coalesce(n.notice_days::int, 31)
            FROM unnest(
                \(c.tenants), \(c["recurring_invoice"]), \(c["index"]), \(c["base_month"]),
                \(c["base_value"]), \(c["adjust_month"]), \(c["share_percent"]),
                \(c["cap_percent"]), \(c["floor_percent"]), \(c["notice_days"]))
                AS n (tenant_id, number, index_code, base_month, base_value, adjust_month, share,
                    cap, floor, notice_days)
            ON CONFLICT ON CONSTRAINT price_index_clause_pk DO UPDATE
            SET index_code = excluded.index_code, base_month = excluded.base_month,
                base_value = excluded.base_value, adjust_month = excluded.adjust_month,
                share_percent = excluded.share_percent, cap_percent = excluded.cap_percent,
                floor_percent = excluded.floor_percent, notice_days = excluded.notice_days
            """)
    }

    package func priceNotices(_ c: Columns) throws {
        try connection.execute(
            """
            INSERT INTO price_notice (tenant_id, recurring_invoice_number, adjusts_on, sent_on)
            SELECT n.tenant_id, n.number, n.adjusts_on::date, n.sent_on::date
            FROM unnest(
                \(c.tenants), \(c["recurring_invoice"]), \(c["adjusts_on"]), \(c["sent_on"]))
                AS n (tenant_id, number, adjusts_on, sent_on)
            ON CONFLICT ON CONSTRAINT price_notice_pk DO UPDATE SET sent_on = excluded.sent_on
            """)
    }

    /// Which notices are of a month that the agreement's prices are not adjusted in: the positions
    /// of the rows, with the calendar month that they are adjusted in.
    package func misdatedNotices(
        tenants: [Int64], agreements: [String?], adjustsOn: [String?]
    ) throws -> [(position: Int, month: Int)] {
        try connection.rows(
            """
            SELECT n.position, p.adjust_month
            FROM unnest(\(tenants), \(agreements), \(adjustsOn))
                WITH ORDINALITY AS n (tenant_id, number, adjusts_on, position)
            JOIN price_index_clause AS p
                ON p.tenant_id = n.tenant_id AND p.recurring_invoice_number = n.number
            WHERE extract(month FROM n.adjusts_on::date) <> p.adjust_month
            ORDER BY n.position
            """
        ) { (position: try $0["position"] - 1, month: try $0["adjust_month"]) }
    }
}
