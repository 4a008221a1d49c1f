import Invoicing

/// One row of a set-up file, asked column by column for values; what is wrong gathers in it.
struct SetupRow<Column: SetupColumn> {
    let file: String
    /// The line that the row begins on.
    let lineNumber: Int
    /// Where the files are that the row may refer to.
    let folder: SetupFolder?
    private let values: [Column: String]
    private(set) var faults: [ImportFault] = []

    init(
        file: String, lineNumber: Int, values: [Column: String], folder: SetupFolder? = nil
    ) {
        self.file = file
        self.lineNumber = lineNumber
        self.values = values
        self.folder = folder
    }

    mutating func fault(
        _ column: Column, value: String? = nil, _ message: String, advice: String
    ) {
        faults.append(
            ImportFault(
                file: file, line: lineNumber, column: column.rawValue,
                value: value ?? values[column] ?? "", message: message, advice: advice))
    }

    /// The text as it stands, white space around it gone; nil where nothing is left.
    func text(_ column: Column) -> String? {
        guard let text = values[column].map(trimmed), !text.isEmpty else { return nil }
        return text
    }
}

extension SetupRow {
    /// A text of one line.
    mutating func line(_ column: Column, max: Int = SetupLimits.lineCharactersMax) -> String? {
        guard let text = text(column) else { return nil }
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else {
            fault(
                column, "holds a line break or another control character",
                advice: "Write it on one line")
            return nil
        }
        return isShort(text, column, max) ? text : nil
    }

    /// A text that may have several lines.
    mutating func paragraph(_ column: Column) -> String? {
        guard let text = text(column)?.replacing("\r\n", with: "\n") else { return nil }
        return isShort(text, column, SetupLimits.textCharactersMax) ? text : nil
    }

    /// A text of one line that must be there; missing, it is a fault and empty.
    mutating func requiredLine(_ column: Column) -> String {
        guard text(column) != nil else {
            faultMissing(column)
            return ""
        }
        return line(column) ?? ""
    }

    /// A number or key by which records refer to each other.
    mutating func key(_ column: Column) -> String? {
        line(column, max: SetupLimits.keyCharactersMax)
    }

    mutating func requiredKey(_ column: Column) -> String {
        guard text(column) != nil else {
            faultMissing(column)
            return ""
        }
        return key(column) ?? ""
    }

    mutating func faultMissing(_ column: Column) {
        fault(column, "is missing", advice: "Fill it in: no row is complete without it")
    }

    private mutating func isShort(_ text: String, _ column: Column, _ max: Int) -> Bool {
        guard text.unicodeScalars.count <= max else {
            fault(column, "is longer than \(max) characters", advice: "Shorten it")
            return false
        }
        return true
    }
}
