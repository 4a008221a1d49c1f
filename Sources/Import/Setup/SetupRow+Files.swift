extension SetupRow {
    /// The bytes of the file that the column names; nil where it is empty or can't be read.
    mutating func fileBytes(_ column: Column, byteCountMax: Int) -> [UInt8]? {
        file(column) { folder, path throws(TextFault) in
            try folder.bytes(of: path, byteCountMax: byteCountMax)
        }
    }

    /// The size of the file that the column names, which can be read and is not empty.
    mutating func fileByteCount(_ column: Column, byteCountMax: Int) -> Int? {
        let byteCount = file(column) { folder, path throws(TextFault) in
            try folder.byteCount(of: path, byteCountMax: byteCountMax)
        }
        if byteCount == 0 {
            fault(column, "is an empty file", advice: "See whether the right file was saved")
        }
        return byteCount
    }

    private mutating func file<Value>(
        _ column: Column, _ read: (SetupFolder, String) throws(TextFault) -> Value
    ) -> Value? {
        guard let path = line(column) else { return nil }
        guard let folder else {
            fault(
                column, "names a file, and there is no folder to seek it in",
                advice: "Import the set-up as a folder, or a file in one")
            return nil
        }
        do {
            return try read(folder, path)
        } catch {
            fault(column, error.message, advice: error.advice)
            return nil
        }
    }
}
