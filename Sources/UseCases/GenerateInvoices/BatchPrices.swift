import Invoicing
import Postgres
import Store

/// What the prices of a batch of agreements depend on beside them, read once for all of them.
struct BatchPrices {
    var indexValues: [Int64: IndexValues] = [:]
    var exchangeRates: [Int64: ExchangeRates] = [:]

    /// Reads them, and gives each agreement its index clause.
    static func read(
        for due: inout [RecurringInvoices.Due], dispatching: DispatchingContext
    ) throws -> BatchPrices {
        let indexes = PriceIndexes(dispatching.connection)
        let clauses = try indexes.clauses(
            due.map { PriceIndexes.Key(tenantID: $0.tenantID, agreement: $0.agreement.number) })
        for position in due.indices where !clauses.isEmpty {
            let key = PriceIndexes.Key(
                tenantID: due[position].tenantID, agreement: due[position].agreement.number)
            due[position].agreement.priceIndex = clauses[key]
        }
        return BatchPrices(
            indexValues: try indexes.values(clauses.map { ($0.key.tenantID, $0.value) }),
            exchangeRates: try exchangeRates(for: due, dispatching))
    }

    /// From as far back as an invoice made today may be dated, and its rate be older than it.
    private static func exchangeRates(
        for due: [RecurringInvoices.Due], _ dispatching: DispatchingContext
    ) throws -> [Int64: ExchangeRates] {
        let foreign = due.filter { currency(of: $0, dispatching.setups) != .nok }
        guard let first = foreign.map(\.today).min(), let last = foreign.map(\.today).max() else {
            return [:]
        }
        let start = first.firstOfMonth.adding(
            days: -1 - ExchangeRates.ageDaysMax - dispatching.daysAhead)
        return try ExchangeRateTable(dispatching.connection).rates(
            Array(Set(foreign.map(\.tenantID))),
            of: Array(Set(foreign.map { currency(of: $0, dispatching.setups) })),
            within: DatePeriod(start: start, end: last)
        ).mapValues { ExchangeRates($0, daysAhead: dispatching.daysAhead) }
    }

    private static func currency(
        of due: RecurringInvoices.Due, _ setups: TenantSetups
    ) -> CurrencyCode {
        due.agreement.currency ?? setups[due.tenantID]?.profile.seller.currency ?? .nok
    }
}
