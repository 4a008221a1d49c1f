import Invoicing
import Postgres
import Runtime
import Store

/// A user whom a person names, in `--user`.
enum NamedUser {
    /// Throws `UsageError` where no tenant that is looked at has that user; nil is nobody named.
    static func check(_ key: String?, _ connection: Connection, _ context: RunContext) throws {
        guard let key else { return }
        let users = Users(connection)
        guard try !users.exists(key, tenantID: context.tenantID) else { return }
        let nearest = NearestName.of(key, among: try users.keys(tenantID: context.tenantID))
        throw UsageError(
            "--user \(key): there is no such user"
                + (context.tenantID.map { " of tenant \($0)" } ?? "")
                + (nearest.map { "; did you mean \($0)?" } ?? ""), exit: .badInput)
    }
}
