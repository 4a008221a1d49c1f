import Invoicing
import Postgres
import Runtime
import Store

/// Requests notices of upcoming price increases while there is still time to send them.
///
/// An increase whose index value is not published yet is checked again the next night.
struct UpcomingPriceIncreases {
    static let batch = 1_000

    let dispatching: DispatchingContext

    func run(_ counts: inout GenerateCounts) throws {
        var last: AgreementKey?
        while !dispatching.context.stop.isRequested {
            let made = try dispatching.transaction { try requestNotices(after: last) }
            made.counts.forEach { counts.add($0) }
            guard let next = made.last else { return }
            last = next
        }
    }

    private func requestNotices(
        after last: AgreementKey?
    ) throws -> (counts: [GenerateCounts], last: AgreementKey?) {
        let upcoming = try PriceNotices(dispatching.connection).upcoming(
            tenantID: dispatching.context.tenantID, after: last, now: dispatching.now,
            limit: Self.batch)
        let counts = try dispatching.containing(upcoming) { upcoming in
            var counts = GenerateCounts()
            counts.noticesAsked = try requestNotices(upcoming)
            return counts
        } otherwise: { agreement, fault in
            try fail(agreement, fault)
        }
        return (counts, upcoming.count == Self.batch ? upcoming.last?.key : nil)
    }

    /// Reports an agreement whose clause can't be read before it is due.
    private func fail(
        _ agreement: PriceNotices.Upcoming, _ fault: Fault
    ) throws -> GenerateCounts {
        var counts = GenerateCounts()
        counts.errors = 1
        if let head = try RecurringInvoices(dispatching.connection).head(agreement.key) {
            let batch = AgreementBatch(dispatching: dispatching, due: [], numbers: [:])
            counts.add(try batch.fail(head, faults: [fault]))
        }
        return counts
    }

    private func requestNotices(_ upcoming: [PriceNotices.Upcoming]) throws -> Int {
        let connection = dispatching.connection
        let indexes = PriceIndexes(connection)
        let clauses = try indexes.clauses(upcoming.map(\.key))
        let values = try indexes.values(clauses.map { ($0.key.tenantID, $0.value) })
        let raises = upcoming.compactMap { agreement in
            clauses[agreement.key]
                .flatMap {
                    $0.increase(
                        after: agreement.today,
                        values: values[agreement.key.tenantID] ?? IndexValues())
                }
                .map { (agreement.key, $0) }
        }
        return try PriceNotices(connection).request(raises, now: dispatching.now)
    }
}

/// The data that a batch's prices depend on, read once for all agreements.
struct BatchPrices {
    var indexValues: [Int64: IndexValues] = [:]
    var exchangeRates: [Int64: ExchangeRates] = [:]

    /// Reads the data, and gives each agreement its index clause.
    static func read(
        for due: inout [RecurringInvoices.Due], dispatching: DispatchingContext
    ) throws -> BatchPrices {
        let indexes = PriceIndexes(dispatching.connection)
        let clauses = try indexes.clauses(due.map(\.key))
        for position in due.indices where !clauses.isEmpty {
            due[position].agreement.priceIndex = clauses[due[position].key]
        }
        return BatchPrices(
            indexValues: try indexes.values(clauses.map { ($0.key.tenantID, $0.value) }),
            exchangeRates: try exchangeRates(for: due, dispatching))
    }

    /// Starts as far back as an invoice made today may be dated, and its rate may be older still.
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
