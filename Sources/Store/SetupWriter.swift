package import Postgres

/// Writes a company's set-up: upserts, a statement a table, of values that were checked before.
///
/// Values come as text, column by column, and are cast where they are written; nil keeps what is
/// there, or the column's default where the row is new.
package struct SetupWriter {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Checked values of rows, by column.
    package struct Columns {
        package var tenants: [Int64]
        package var values: [String: [String?]]

        package init(tenants: [Int64], values: [String: [String?]]) {
            self.tenants = tenants
            self.values = values
        }

        subscript(_ name: String) -> [String?] {
            values[name] ?? [String?](repeating: nil, count: tenants.count)
        }
    }

    package func tenants(_ c: Columns) throws {
        try connection.execute(
            """
            INSERT INTO tenant AS t
                (tenant_id, name, organisation_number, vat_registered, in_business_register,
                 legal_form, street, postal_code, city, country, language, time_zone, currency,
                 account_number, iban, bic, reply_to, due_days, kid_algorithm,
                 kid_customer_digits, kid_invoice_digits, round_to_krone, catch_up_policy,
                 catch_up_max, in_doubt_policy)
            SELECT n.tenant_id, n.name, n.organisation_number,
                coalesce(n.vat_registered::boolean, true),
                coalesce(n.in_business_register::boolean, false), n.legal_form, n.street,
                n.postal_code, n.city, coalesce(n.country, 'NO'), coalesce(n.language, 'nb'),
                coalesce(n.time_zone, 'Europe/Oslo'), coalesce(n.currency, 'NOK'),
                n.account_number, n.iban, n.bic, n.reply_to, coalesce(n.due_days::int, 14),
                coalesce(n.kid_algorithm, 'mod10'), coalesce(n.kid_customer_digits::int, 0),
                coalesce(n.kid_invoice_digits::int, 7), coalesce(n.round_to_krone::boolean, false),
                coalesce(n.catch_up_policy, 'each'), coalesce(n.catch_up_max::int, 12),
                coalesce(n.in_doubt_policy, 'park')
            FROM unnest(
                \(c.tenants), \(c["name"]), \(c["organisation_number"]), \(c["vat_registered"]),
                \(c["in_business_register"]), \(c["legal_form"]), \(c["street"]),
                \(c["postal_code"]), \(c["city"]), \(c["country"]), \(c["language"]),
                \(c["time_zone"]), \(c["currency"]), \(c["account_number"]), \(c["iban"]),
                \(c["bic"]), \(c["reply_to"]), \(c["due_days"]), \(c["kid_algorithm"]),
                \(c["kid_customer_digits"]), \(c["kid_invoice_digits"]), \(c["round_to_krone"]),
                \(c["catch_up_policy"]), \(c["catch_up_max"]), \(c["in_doubt_policy"]))
                AS n (tenant_id, name, organisation_number, vat_registered,
                    in_business_register, legal_form, street, postal_code, city, country,
                    language, time_zone, currency, account_number, iban, bic, reply_to,
                    due_days, kid_algorithm, kid_customer_digits, kid_invoice_digits,
                    round_to_krone, catch_up_policy, catch_up_max, in_doubt_policy)
            ON CONFLICT ON CONSTRAINT tenant_pk DO UPDATE
            SET name = excluded.name, organisation_number = excluded.organisation_number,
                vat_registered = excluded.vat_registered,
                in_business_register = excluded.in_business_register,
                legal_form = excluded.legal_form, street = excluded.street,
                postal_code = excluded.postal_code, city = excluded.city,
                country = excluded.country, language = excluded.language,
                time_zone = excluded.time_zone, currency = excluded.currency,
                account_number = excluded.account_number, iban = excluded.iban,
                bic = excluded.bic, reply_to = excluded.reply_to, due_days = excluded.due_days,
                kid_algorithm = excluded.kid_algorithm,
                kid_customer_digits = excluded.kid_customer_digits,
                kid_invoice_digits = excluded.kid_invoice_digits,
                round_to_krone = excluded.round_to_krone,
                catch_up_policy = excluded.catch_up_policy,
                catch_up_max = excluded.catch_up_max,
                in_doubt_policy = excluded.in_doubt_policy
            """)
        // Until a number is taken the first one may be chosen; what has begun is never moved.
        try connection.execute(
            """
            INSERT INTO number_series AS s (tenant_id, series, first_number, next_number)
            SELECT n.tenant_id, \(NumberSeries.invoices), f.first, f.first
            FROM unnest(\(c.tenants), \(c["first_invoice_number"])) AS n (tenant_id, first)
            LEFT JOIN number_series AS k
                ON k.tenant_id = n.tenant_id AND k.series = \(NumberSeries.invoices)
            CROSS JOIN LATERAL (
                SELECT coalesce(n.first::bigint, k.first_number, 1) AS first) AS f
            ON CONFLICT ON CONSTRAINT number_series_pk DO UPDATE
            SET first_number = excluded.first_number, next_number = excluded.next_number
            WHERE s.next_number = s.first_number
            """)
    }

    package func users(_ c: Columns) throws {
        try connection.execute(
            """
            INSERT INTO app_user (tenant_id, user_key, name, email, language)
            SELECT n.tenant_id, n.user_key, n.name, n.email, coalesce(n.language, 'nb')
            FROM unnest(
                \(c.tenants), \(c["user_key"]), \(c["name"]), \(c["email"]), \(c["language"]))
                AS n (tenant_id, user_key, name, email, language)
            ON CONFLICT ON CONSTRAINT app_user_pk DO UPDATE
            SET name = excluded.name, email = excluded.email, language = excluded.language
            """)
    }

    package func customers(_ c: Columns) throws {
        try connection.execute(
            """
            INSERT INTO customer
                (tenant_id, customer_number, name, email, organisation_number, street,
                 postal_code, city, country, language, due_days, buyer_reference, endpoint,
                 reverse_charge)
            SELECT n.tenant_id, n.number, n.name, n.email, n.organisation_number, n.street,
                n.postal_code, n.city, coalesce(n.country, 'NO'), coalesce(n.language, 'nb'),
                n.due_days::int, n.buyer_reference, n.endpoint,
                coalesce(n.reverse_charge::boolean, false)
            FROM unnest(
                \(c.tenants), \(c["number"]), \(c["name"]), \(c["email"]),
                \(c["organisation_number"]), \(c["street"]), \(c["postal_code"]), \(c["city"]),
                \(c["country"]), \(c["language"]), \(c["due_days"]), \(c["buyer_reference"]),
                \(c["endpoint"]), \(c["reverse_charge"]))
                AS n (tenant_id, number, name, email, organisation_number, street, postal_code,
                    city, country, language, due_days, buyer_reference, endpoint,
                    reverse_charge)
            ON CONFLICT ON CONSTRAINT customer_pk DO UPDATE
            SET name = excluded.name, email = excluded.email,
                organisation_number = excluded.organisation_number, street = excluded.street,
                postal_code = excluded.postal_code, city = excluded.city,
                country = excluded.country, language = excluded.language,
                due_days = excluded.due_days, buyer_reference = excluded.buyer_reference,
                endpoint = excluded.endpoint, reverse_charge = excluded.reverse_charge
            """)
    }

    package func vatRates(_ c: Columns) throws {
        try connection.execute(
            """
            INSERT INTO vat_rate (tenant_id, vat_code, valid_from, category, rate, description)
            SELECT n.tenant_id, n.code, n.valid_from::date, n.category, n.rate::numeric,
                coalesce(n.description, '')
            FROM unnest(
                \(c.tenants), \(c["code"]), \(c["valid_from"]), \(c["category"]), \(c["rate"]),
                \(c["description"]))
                AS n (tenant_id, code, valid_from, category, rate, description)
            ON CONFLICT ON CONSTRAINT vat_rate_pk DO UPDATE
            SET category = excluded.category, rate = excluded.rate,
                description = excluded.description
            """)
    }
}
