import FoundationEssentials

/// Reads JSON Lines: an object a line, each value a text, a number or a yes-or-no.
enum JSONLinesReader {
    struct Row {
        var line: Int
        var values: [String: String]
    }

    static func rows(_ text: String, file: String) -> Result<[Row], ImportFaults> {
        let decoder = JSONDecoder()
        var rows: [Row] = []
        var faults: [ImportFault] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated() where !line.allSatisfy(\.isWhitespace)
        {
            do {
                let values = try decoder.decode([String: Cell].self, from: Data(line.utf8))
                rows.append(Row(line: index + 1, values: values.compactMapValues(\.text)))
            } catch {
                faults.append(
                    .ofFile(
                        file, line: index + 1, "is not one JSON object of plain values",
                        advice: "write {\"column\": \"value\", …} on one line"))
            }
        }
        return faults.isEmpty ? .success(rows) : .failure(ImportFaults(faults))
    }

    /// A plain value, as the text that a CSV file would have.
    private struct Cell: Decodable {
        var text: String?

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                text = nil
            } else if let flag = try? container.decode(Bool.self) {
                text = flag ? "true" : "false"
            } else if let number = try? container.decode(Int64.self) {
                text = String(number)
            } else if let number = try? container.decode(Decimal.self) {
                text = number.description
            } else {
                text = try container.decode(String.self)
            }
        }
    }
}
