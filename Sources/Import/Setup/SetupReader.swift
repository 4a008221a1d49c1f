/// Reads one set-up file, CSV or JSON Lines, whose stem names its table.
///
/// All or nothing: every fault of every row is found, and a file with one gives no rows.
package enum SetupReader {
    /// A company's set-up is small; what is larger is another file.
    package static let bytesMax = 64 << 20
    package static let rowsMax = 1_000_000

    /// The table that a file name stands for; nil where it is none.
    package static func table(of fileName: String) -> SetupTable? {
        let parts = fileName.split(separator: ".")
        guard parts.count == 2, ["csv", "jsonl"].contains(parts[1]) else { return nil }
        return SetupTable(rawValue: String(parts[0]))
    }

    /// The rows of a file.
    ///
    /// The tenant is that of the column `tenant_id`, or the one that is given; where both name
    /// one, they must agree.
    package static func read(
        _ bytes: [UInt8], file: String, table: SetupTable, tenantID: Int64?
    ) -> Result<[SetupRow], ImportFaults> {
        guard bytes.count <= bytesMax else {
            return .failure(
                ImportFaults([
                    .ofFile(
                        file, "is larger than \(bytesMax >> 20) MB", advice: "split the file")
                ]))
        }
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
            return .failure(
                ImportFaults([
                    .ofFile(
                        file, "is not UTF-8 text",
                        advice: "save it as UTF-8; Excel calls it CSV UTF-8")
                ]))
        }
        let plain = text.hasPrefix("\u{feff}") ? String(text.dropFirst()) : text
        let checker = RowChecker(file: file, table: table, tenantID: tenantID)
        return file.hasSuffix(".jsonl")
            ? JSONLinesReader.rows(plain, file: file).flatMap(checker.check)
            : CSVReader.rows(plain, file: file).flatMap(checker.check)
    }
}
