/// A row that should not exist: written past the program, or by an older one.
package enum StoreError: Error, Hashable, CustomStringConvertible {
    case invalidRow(table: String, column: String, key: String)

    package var description: String {
        switch self {
        case .invalidRow(let table, let column, let key):
            "table \(table), row \(key): the column \(column) holds what it may not; mend the row"
        }
    }
}
