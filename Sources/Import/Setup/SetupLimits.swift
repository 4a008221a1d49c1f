/// How large the files of a set-up may be; what lies above is another kind of file, or a mistake.
enum SetupLimits {
    /// One row: a form template with all its texts, and room to spare.
    static let rowByteCountMax = 100_000
    /// Columns of one row: twice what the widest table has.
    static let columnCountMax = 64
    /// A number or key that another file refers to.
    static let keyCharactersMax = 64
    /// A name, an address, a reference: what stands on one line.
    static let lineCharactersMax = 500
    /// A text of several lines: two printed pages.
    static let textCharactersMax = 10_000
    /// Folders below the set-up's own that a file may lie in.
    static let pathDepthMax = 8
    /// Twelve digits before the point, as numeric(18, 6) holds them.
    static let decimalMillionthsMax: UInt64 = 1_000_000_000_000_000_000
    /// No agreement, rate or index that an invoice needs is older.
    static let yearMin = 1_900
    /// Addresses in one cell, as the table has it.
    static let copiesMax = 100
    /// Faults that are told of one file: nobody mends more before trying again.
    static let faultCountMax = 10_000
    /// Tries of one step of a send plan after the first, as the table has it.
    static let delayCountMax = 10
    /// A month between two tries: later, the invoice is long due.
    static let delaySecondsMax = 31 * 86_400
}
