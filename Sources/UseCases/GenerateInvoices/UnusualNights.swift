import FoundationEssentials
import Invoicing
import Runtime
import Store

/// Finds the tenants of which far more is due than ever before: they wait for a person's approval.
struct UnusualNights {
    let dispatching: DispatchingContext
    /// Whether a person has seen how many there are, and wants them.
    let isApproved: Bool

    /// Writes who awaits approval.
    /// - Returns: Those tenants, with what to say about them.
    func ask() throws -> [Int64: String] {
        let context = dispatching.context
        let days = GeneratedDays(dispatching.connection)
        let usual = UsualNight(factor: context.settings.generate.askFactor)
        return try dispatching.transaction {
            let unusual =
                isApproved
                ? []
                : try days.large(
                    above: UsualNight.askedAbove, tenantID: context.tenantID, now: dispatching.now
                ).filter { night in
                    usual.limit(usual: night.usual).map { night.due + night.made > $0 } ?? false
                }
            try days.await(unusual, tenantID: context.tenantID, now: dispatching.now)
            return Dictionary(unusual.map { ($0.tenantID, Self.words($0)) }) { first, _ in first }
        }
    }

    private static func words(_ night: GeneratedDays.Large) -> String {
        let before =
            night.usual.map { "no day of the last year had more than \($0)" }
            ?? "it has had none before"
        return
            "tenant \(night.tenantID): \(night.due + night.made) invoices would go out today, and"
            + " \(before); none was made: see generate-invoices --tenant \(night.tenantID)"
            + " --approve --dry-run, and run it without --dry-run if that is right"
    }
}

/// Whose invoices a run makes: of all tenants, or of those whose night it is, and of none that awaits
/// approval.
struct TenantsInTurn {
    /// Those whose night it is, each with its day; nil for all.
    var nights: [Int64: CivilDate]?
    /// Those that await approval.
    var awaiting: Set<Int64> = []

    func contains(_ tenantID: Int64) -> Bool {
        !awaiting.contains(tenantID) && (nights.map { $0[tenantID] != nil } ?? true)
    }

    /// The tenants whose night it is, but for those that await approval; nil for all.
    var among: [Int64]? {
        nights.map { $0.keys.filter { !awaiting.contains($0) }.sorted() }
    }
}
