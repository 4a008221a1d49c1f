package import Invoicing
package import Postgres

/// The table vat_rate.
package struct VATRateTable {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The rates of tenants, each from the day that it holds from.
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
