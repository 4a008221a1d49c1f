import Dispatching
import FoundationEssentials
import Invoicing
import Postgres
import Store

/// What may have been sent before, under the same id, in a time that the database has lost.
///
/// After a recovery, what is dated on or before its day and made only now is asked about before it
/// is sent. Where nothing was lost of late, this asks for nothing.
final class LostSubmissions {
    private let connection: Connection
    private let recovery: Recoveries.Recovery?
    private var days: [Int64: CivilDate] = [:]

    init(_ connection: Connection, now: Date) throws {
        self.connection = connection
        recovery = try Recoveries(connection).recent(now: now)
    }

    /// The doubt that a dispatch of something so dated is made in; nil where it is new.
    ///
    /// `policy` is for where the provider can't be asked, or has forgotten.
    func doubt(
        tenantID: Int64, datedOn date: CivilDate, policy: InDoubtPolicy = .park
    ) throws -> Dispatches.Doubt? {
        guard let recovery, let day = try day(of: tenantID), date <= day else { return nil }
        return Dispatches.Doubt(lost: recovery.lost, policy: policy)
    }

    /// The same for an e-mail to a user, which has no date: of the next days.
    ///
    /// It goes where nobody can be asked: told twice is better than not told.
    func doubtOfReport(now: Date) -> Dispatches.Doubt? {
        guard let recovery, now < recovery.recoveredAt + Self.reportSeconds else { return nil }
        return Dispatches.Doubt(lost: recovery.lost, policy: .resend)
    }

    private static let reportSeconds = 2.0 * 86_400

    /// The day of the recovery by the tenant's own time.
    private func day(of tenantID: Int64) throws -> CivilDate? {
        if let known = days[tenantID] { return known }
        guard let recovery else { return nil }
        let day = try Recoveries(connection).days(
            of: recovery.recoveredAt, tenants: [tenantID])[tenantID]
        days[tenantID] = day
        return day
    }
}
