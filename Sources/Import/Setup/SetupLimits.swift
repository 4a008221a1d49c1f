/// How large the files of a set-up may be; what lies above is another kind of file, or a mistake.
package enum SetupLimits {
    /// Read whole into memory: a million agreements come near it.
    package static let fileByteCountMax = 200_000_000
    /// Rows of one file: more than the largest accounting office has agreements.
    package static let rowCountMax = 1_000_000
    /// One row: a form template with all its texts, and room to spare.
    package static let rowByteCountMax = 100_000
    /// Columns of one row: twice what the widest file has.
    package static let columnCountMax = 64
    /// A number or key that another file refers to.
    package static let keyCharactersMax = 64
    /// A name, an address, a reference: what stands on one line.
    package static let lineCharactersMax = 500
    /// A text of several lines: two printed pages.
    package static let textCharactersMax = 10_000
    /// One file that goes with an invoice: more than any mail server takes, so that one that is
    /// too large for mail is imported, and found by the precheck.
    package static let attachmentByteCountMax = 50_000_000
    /// A logo on every page of every invoice.
    package static let logoByteCountMax = 1_000_000
    /// Folders below the set-up's own that a file may lie in.
    package static let pathDepthMax = 8
    /// Faults that are told of one file: nobody mends more before trying again.
    package static let faultCountMax = 10_000
}
