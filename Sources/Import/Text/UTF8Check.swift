/// Finds where bytes stop being UTF-8, so that a fault can name the line.
enum UTF8Check {
    /// The index of the first byte that begins no well-formed character (Unicode, table 3-7).
    static func firstInvalidIndex(in bytes: ArraySlice<UInt8>) -> Int? {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            guard let length = length(at: index, in: bytes) else { return index }
            index += length
        }
        return nil
    }

    private static func length(at index: Int, in bytes: ArraySlice<UInt8>) -> Int? {
        let lead = bytes[index]
        let second: ClosedRange<UInt8>
        let length: Int
        switch lead {
        case 0x00...0x7F: return 1
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return nil
        }
        guard index + length <= bytes.endIndex, second.contains(bytes[index + 1]),
            bytes[(index + 2)...].prefix(length - 2).allSatisfy({ (0x80...0xBF).contains($0) })
        else { return nil }
        return length
    }
}
