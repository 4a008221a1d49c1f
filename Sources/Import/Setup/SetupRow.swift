/// A row that was read and is sound: values as text that PostgreSQL casts.
package struct SetupRow: Hashable, Sendable {
    /// The line that it begins on.
    package var line: Int
    package var tenantID: Int64
    /// By column: an empty text clears what is there; a column that is not named keeps it.
    package var values: [String: String]

    package init(line: Int, tenantID: Int64, values: [String: String]) {
        self.line = line
        self.tenantID = tenantID
        self.values = values
    }

    /// The value; nil where there is none, or it is cleared.
    package subscript(_ column: String) -> String? {
        values[column].flatMap { $0.isEmpty ? nil : $0 }
    }
}
