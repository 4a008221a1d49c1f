/// A kind of record that is read from the rows of a file.
protocol SetupRecord: Hashable, Sendable {
    /// The columns by the names that files give them.
    associatedtype Column: SetupColumn

    static var kind: SetupKind { get }
    /// The columns without which no row can be read.
    static var requiredColumns: [Column] { get }
    /// The column, or the last of those, that tell one record from another.
    static var keyColumn: Column { get }
    /// What no two records of a file share.
    var identity: [String] { get }

    /// Reads a row, and leaves its faults with it; the record counts only where there are none.
    init?(_ row: inout SetupRow<Column>)
}

/// The columns of one kind of file.
protocol SetupColumn: RawRepresentable<String>, CaseIterable, Hashable, Sendable {}
