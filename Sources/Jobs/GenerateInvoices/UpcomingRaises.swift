import Invoicing
import Postgres
import Runtime
import Store

/// Asks for the notices of raises that come, while there is still time to send them.
///
/// A raise whose value is not published yet is looked at again the next night.
struct UpcomingRaises {
    static let batch = 1_000

    let bench: Workbench

    func run(_ counts: inout GenerateCounts) throws {
        var last: PriceIndexes.Key?
        while !bench.context.stop.isRequested {
            let made = try bench.transaction { try ask(after: last) }
            counts.noticesAsked += made.asked
            guard let next = made.last else { return }
            last = next
        }
    }

    private func ask(after last: PriceIndexes.Key?) throws -> (asked: Int, last: PriceIndexes.Key?)
    {
        let connection = bench.connection
        let upcoming = try PriceNotices(connection).upcoming(
            tenantID: bench.context.tenantID, after: last, now: bench.now, limit: Self.batch)
        let indexes = PriceIndexes(connection)
        let clauses = try indexes.clauses(upcoming.map(\.key))
        let values = try indexes.values(clauses.map { ($0.key.tenantID, $0.value) })
        let raises = upcoming.compactMap { agreement in
            clauses[agreement.key]
                .flatMap {
                    $0.raise(
                        after: agreement.today,
                        values: values[agreement.key.tenantID] ?? IndexValues())
                }
                .map { (agreement.key, $0) }
        }
        let asked = try PriceNotices(connection).ask(raises, now: bench.now)
        return (asked, upcoming.count == Self.batch ? upcoming.last?.key : nil)
    }
}
