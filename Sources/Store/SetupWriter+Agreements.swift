import Postgres

extension SetupWriter {
    /// Agreements; what is made of one is never undone by an import.
    package func recurringInvoices(_ c: Columns) throws {
        try connection.execute(
            """
            INSERT INTO recurring_invoice AS r
                (tenant_id, recurring_invoice_number, customer_number, created_by, plan_key,
                 anchor_date, interval_unit, interval_count, preparation_days, end_date,
                 count_max, paused_from, paused_until, catch_up_policy, price_factor, due_days,
                 our_reference, your_reference, purchase_order, introduction,
                 automatic_dispatch, start_date, first_period, last_period, currency, billed,
                 arrears_days, skip_before, catch_up_through)
            SELECT n.tenant_id, n.number, n.customer, n.created_by, n.send_plan,
                n.anchor_date::date, n.interval_unit, coalesce(n.interval_count::int, 1),
                coalesce(n.preparation_days::int, 0), n.end_date::date, n.count_max::int,
                n.paused_from::date, n.paused_until::date, n.catch_up_policy,
                coalesce(n.price_factor::numeric, 1), n.due_days::int, n.our_reference,
                n.your_reference, n.purchase_order, n.introduction,
                coalesce(n.automatic_dispatch::boolean, true), n.start_date::date,
                coalesce(n.first_period, 'full'), coalesce(n.last_period, 'full'), n.currency,
                coalesce(n.billed, 'advance'), coalesce(n.arrears_days::int, 0),
                n.skip_before::date, n.catch_up_through::date
            FROM unnest(
                \(c.tenants), \(c["number"]), \(c["customer"]), \(c["created_by"]),
                \(c["send_plan"]), \(c["anchor_date"]), \(c["interval_unit"]),
                \(c["interval_count"]), \(c["preparation_days"]), \(c["end_date"]),
                \(c["count_max"]), \(c["paused_from"]), \(c["paused_until"]),
                \(c["catch_up_policy"]), \(c["price_factor"]), \(c["due_days"]),
                \(c["our_reference"]), \(c["your_reference"]), \(c["purchase_order"]),
                \(c["introduction"]), \(c["automatic_dispatch"]), \(c["start_date"]),
                \(c["first_period"]), \(c["last_period"]), \(c["currency"]), \(c["billed"]),
                \(c["arrears_days"]), \(c["skip_before"]), \(c["catch_up_through"]))
                AS n (tenant_id, number, customer, created_by, send_plan, anchor_date,
                    interval_unit, interval_count, preparation_days, end_date, count_max,
                    paused_from, paused_until, catch_up_policy, price_factor, due_days,
                    our_reference, your_reference, purchase_order, introduction,
                    automatic_dispatch, start_date, first_period, last_period, currency, billed,
                    arrears_days, skip_before, catch_up_through)
            ON CONFLICT ON CONSTRAINT recurring_invoice_pk DO UPDATE
            SET customer_number = excluded.customer_number, created_by = excluded.created_by,
                plan_key = excluded.plan_key, anchor_date = excluded.anchor_date,
                interval_unit = excluded.interval_unit,
                interval_count = excluded.interval_count, start_date = excluded.start_date,
                end_date = excluded.end_date, billed = excluded.billed,
                arrears_days = excluded.arrears_days, skip_before = excluded.skip_before,
                catch_up_through = excluded.catch_up_through,
                preparation_days = excluded.preparation_days, count_max = excluded.count_max,
                paused_from = excluded.paused_from, paused_until = excluded.paused_until,
                catch_up_policy = excluded.catch_up_policy,
                price_factor = excluded.price_factor, due_days = excluded.due_days,
                our_reference = excluded.our_reference,
                your_reference = excluded.your_reference,
                purchase_order = excluded.purchase_order,
                introduction = excluded.introduction,
                automatic_dispatch = excluded.automatic_dispatch,
                first_period = excluded.first_period, last_period = excluded.last_period,
                currency = excluded.currency
            """)
    }

    /// Lines; those of an agreement that is in the file are replaced as a whole.
    package func recurringInvoiceLines(_ c: Columns) throws {
        try connection.execute(
            """
            DELETE FROM recurring_invoice_line AS l
            USING unnest(\(c.tenants), \(c["recurring_invoice"])) AS n (tenant_id, number)
            WHERE l.tenant_id = n.tenant_id AND l.recurring_invoice_number = n.number
            """)
        try connection.execute(
            """
            INSERT INTO recurring_invoice_line
                (tenant_id, recurring_invoice_number, line_number, description, quantity, unit,
                 unit_price, discount_percent, vat_code)
            SELECT n.tenant_id, n.number, n.line_number::int, n.description,
                coalesce(n.quantity::numeric, 1), coalesce(n.unit, 'EA'), n.unit_price::numeric,
                coalesce(n.discount_percent::numeric, 0), n.vat_code
            FROM unnest(
                \(c.tenants), \(c["recurring_invoice"]), \(c["line_number"]),
                \(c["description"]), \(c["quantity"]), \(c["unit"]), \(c["unit_price"]),
                \(c["discount_percent"]), \(c["vat_code"]))
                AS n (tenant_id, number, line_number, description, quantity, unit, unit_price,
                    discount_percent, vat_code)
            """)
    }

    /// Files of agreements; those of an agreement that is in the file are replaced as a whole.
    package func attachments(_ c: Columns, files: [StoredFile]) throws {
        try connection.execute(
            """
            DELETE FROM recurring_invoice_attachment AS a
            USING unnest(\(c.tenants), \(c["recurring_invoice"])) AS n (tenant_id, number)
            WHERE a.tenant_id = n.tenant_id AND a.recurring_invoice_number = n.number
            """)
        try connection.execute(
            """
            INSERT INTO recurring_invoice_attachment
                (tenant_id, recurring_invoice_number, position, file_name, content_type, sha256)
            SELECT n.tenant_id, n.number, n.position::int, n.file_name, n.content_type, n.sha256
            FROM unnest(
                \(c.tenants), \(c["recurring_invoice"]), \(c["position"]),
                \(files.map(\.fileName)), \(files.map(\.contentType)), \(files.map(\.sha256)))
                AS n (tenant_id, number, position, file_name, content_type, sha256)
            """)
    }
}
