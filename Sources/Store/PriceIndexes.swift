package import Invoicing
package import Postgres

/// The tables price_index_clause and price_index_value.
package struct PriceIndexes {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The clauses of these agreements, with the notices given under them.
    package func clauses(_ keys: [AgreementKey]) throws -> [AgreementKey: PriceIndexClause] {
        guard !keys.isEmpty else { return [:] }
        var clauses: [AgreementKey: PriceIndexClause] = [:]
        try connection.rows(
            """
            SELECT p.tenant_id, p.recurring_invoice_number, p.index_code, p.base_month,
                p.base_value, p.adjust_month, p.share_percent, p.cap_percent, p.floor_percent,
                p.notice_days, n.adjusts_on, n.sent_on
            FROM \(keys.table("k"))
            JOIN price_index_clause AS p
                ON p.tenant_id = k.tenant_id AND p.recurring_invoice_number = k.number
            LEFT JOIN price_notice AS n ON n.tenant_id = p.tenant_id
                AND n.recurring_invoice_number = p.recurring_invoice_number
                AND n.sent_on IS NOT NULL
            """
        ) { row in
            let key = AgreementKey(
                try row["tenant_id"], try row["recurring_invoice_number"])
            var clause = try clauses[key] ?? clause(row)
            if let adjustsOn: CivilDate = try row["adjusts_on"] {
                clause.notices.append(
                    PriceNotice(adjustsOn: adjustsOn, sentOn: try row["sent_on"]))
            }
            clauses[key] = clause
        }
        return clauses
    }

    private func clause(_ row: Row) throws -> PriceIndexClause {
        PriceIndexClause(
            index: try row["index_code"], base: try row["base_month"],
            baseValue: try row["base_value"], adjustMonth: try row["adjust_month"],
            sharePercent: try row["share_percent"], capPercent: try row["cap_percent"],
            floorPercent: try row["floor_percent"], noticeDays: try row["notice_days"])
    }

    /// The values that these clauses refer to, for each tenant; a tenant's own take precedence over
    /// those of tenant 0, which apply to all.
    package func values(
        _ clauses: [(tenantID: Int64, clause: PriceIndexClause)]
    ) throws -> [Int64: IndexValues] {
        guard !clauses.isEmpty else { return [:] }
        let indexes = clauses.map(\.clause)
        var values: [Int64: IndexValues] = [:]
        let rows: RowSet = """
            tenant_id \(clauses.map(\.tenantID)), index_code \(indexes.map(\.index)),
            base_month \(indexes.map(\.baseMonth.firstDay))
            """
        try connection.rows(
            """
            SELECT DISTINCT ON (k.tenant_id, v.index_code, v.month)
                k.tenant_id, v.index_code, v.month, v.value
            FROM (
                SELECT DISTINCT * FROM \(rows.table("c"))
            ) AS k
            JOIN price_index_value AS v ON v.tenant_id IN (k.tenant_id, 0)
                AND v.index_code = k.index_code AND v.month > k.base_month
                AND extract(month FROM v.month) = extract(month FROM k.base_month)
            ORDER BY k.tenant_id, v.index_code, v.month, v.tenant_id DESC
            """
        ) { row in
            values[try row["tenant_id"], default: IndexValues()][
                try row["index_code"], IndexMonth(of: try row["month"])
            ] = try row["value"]
        }
        return values
    }
}
