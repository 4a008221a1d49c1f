import Store
package import Postgres
package import Runtime

/// All that is known about a customer, for who asks what is known.
///
/// Source: personvernforordningen (EU) 2016/679, articles 15 and 20.
package struct ExportCustomer {
    let connection: Connection
    let context: RunContext

    package init(connection: Connection, context: RunContext) {
        self.connection = connection
        self.context = context
    }

    /// One object: the rows of each table that has any; throws `UsageError` for nobody's number.
    package func run(_ number: String, tenantID: Int64) throws -> ResultObject {
        // One snapshot, so that no row is missing that moves meanwhile.
        try connection.transaction {
            try connection.run(
                script: "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            let data = CustomerData(connection, tenantID: tenantID, number: number)
            guard try data.exists() else { throw UsageError.noCustomer(number, tenantID) }
            let rows = try data.export().filter { $0.rows != "[]" }
            return [
                "tenant": .number(tenantID), "customer": .text(number),
                "exported_at": .instant(context.clock.now),
                "data": .object(
                    ResultObject(rows.map { .init($0.table, .json($0.rows, words: $0.rows)) })),
            ]
        }
    }
}

extension UsageError {
    /// There is no customer of that number.
    static func noCustomer(_ number: String, _ tenantID: Int64) -> UsageError {
        UsageError("tenant \(tenantID) has no customer '\(number)'", exit: .badInput)
    }
}
