/// A row that was read and is sound: values as text that PostgreSQL casts; an empty cell is nil.
package struct SetupRow: Hashable, Sendable {
    /// The line that it begins on.
    package var line: Int
    package var tenantID: Int64
    package var values: [String: String]

    package subscript(_ column: String) -> String? {
        values[column]
    }
}
