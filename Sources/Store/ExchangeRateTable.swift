package import Invoicing
package import Postgres

/// The table exchange_rate: rates of currencies by day.
package struct ExchangeRateTable {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The rates of these currencies within the days, for each of these tenants; a tenant's own
    /// takes precedence over that of tenant 0, which applies to all.
    package func rates(
        _ tenantIDs: [Int64], of currencies: [CurrencyCode], within days: DatePeriod
    ) throws -> [Int64: [ExchangeRate]] {
        guard !tenantIDs.isEmpty, !currencies.isEmpty else { return [:] }
        var rates: [Int64: [ExchangeRate]] = [:]
        try connection.rows(
            """
            SELECT DISTINCT ON (k.tenant_id, r.currency, r.rate_date)
                k.tenant_id, r.currency, r.rate_date, r.rate, r.units, r.source
            FROM unnest(\(tenantIDs)) AS k (tenant_id)
            JOIN exchange_rate AS r ON r.tenant_id IN (k.tenant_id, 0)
                AND r.currency = ANY (\(currencies))
                AND r.rate_date BETWEEN \(days.start) AND \(days.end)
            ORDER BY k.tenant_id, r.currency, r.rate_date, r.tenant_id DESC
            """
        ) { row in
            rates[try row["tenant_id"], default: []].append(
                ExchangeRate(
                    currency: try row["currency"],
                    date: try row["rate_date"], kroner: try row["rate"],
                    units: try row["units"], source: try row["source"]))
        }
        return rates
    }
}

/// The table vat_rate: VAT rates with the days they apply from.
package struct VATRateTable {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The tenants' rates, each with the first day that it applies to.
    package func rates(_ tenantIDs: [Int64]) throws -> [Int64: VATRates] {
        guard !tenantIDs.isEmpty else { return [:] }
        var rates: [Int64: [VATRate]] = [:]
        try connection.rows(
            """
            SELECT tenant_id, vat_code, valid_from, category, rate FROM vat_rate
            WHERE tenant_id = ANY (\(tenantIDs)) ORDER BY tenant_id, vat_code, valid_from
            """
        ) { row in
            let category: String = try row["category"]
            rates[try row["tenant_id"], default: []].append(
                VATRate(
                    code: try row["vat_code"],
                    category: VATCategory(
                        code: category, rate: category == "O" ? nil : try row["rate"]),
                    validFrom: try row["valid_from"]))
        }
        return rates.mapValues(VATRates.init)
    }
}
