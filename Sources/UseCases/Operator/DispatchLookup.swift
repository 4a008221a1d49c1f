import FoundationEssentials
import Postgres
import Runtime
import Store

/// Finds the one dispatch that a person means: by id, by its first digits, by invoice number.
struct DispatchLookup {
    let connection: Connection
    let context: RunContext

    init(connection: Connection, context: RunContext) {
        self.connection = connection
        self.context = context
    }

    /// The newest dispatch of what was named; several documents of one name are an error.
    func one(_ name: String) throws -> DispatchList.Line {
        let lines = try all(name)
        guard let newest = lines.first else {
            throw UsageError(
                "there is no dispatch '\(name)': give an invoice's number, or six digits or more"
                    + " of a dispatch's id", exit: .badInput)
        }
        let documents = Set(
            lines.map { "\($0.tenantID) \($0.invoiceNumber ?? "") \($0.documentType)" })
        guard documents.count == 1 else {
            throw UsageError(
                "'\(name)' names \(documents.count) documents; give the dispatch's id, or --tenant",
                exit: .badInput)
        }
        return newest
    }

    func all(_ name: String) throws -> [DispatchList.Line] {
        try DispatchList(connection).find(name, tenantID: context.tenantID)
    }
}
