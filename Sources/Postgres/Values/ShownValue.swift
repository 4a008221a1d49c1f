import Wire

/// How a value that can't be read appears in an error: as PostgreSQL writes it where it is short
/// and of a known type, else by the kind of value it is.
enum ShownValue {
    private static let charactersMax = 60

    static func text(of bytes: UnsafeRawBufferPointer, _ oid: PostgresOID) -> String {
        switch oid {
        case .text, .varchar, .bpchar, .name:
            quoted(bytes)
        case .date:
            switch bytes.bigEndian(Int32.self) {
            case Int32.max: "infinity"
            case Int32.min: "-infinity"
            default: "a day that can't be read"
            }
        case .timestamptz:
            switch bytes.bigEndian(Int64.self) {
            case Int64.max: "infinity"
            case Int64.min: "-infinity"
            default: "an instant that can't be read"
            }
        case .numeric: number(bytes)
        default: array(bytes) ?? "a value of type \(oid)"
        }
    }

    private static func quoted(_ bytes: UnsafeRawBufferPointer) -> String {
        let text = String(decoding: bytes.prefix(4 * charactersMax), as: UTF8.self).onOneLine
        return "'\(text.prefix(charactersMax))'"
    }

    /// The sign codes of numeric_send that mark NaN and the infinities.
    private static func number(_ bytes: UnsafeRawBufferPointer) -> String {
        switch bytes.bigEndian(UInt16.self, at: 4) {
        case 0xC000: "NaN"
        case 0xD000: "Infinity"
        case 0xF000: "-Infinity"
        default: "a number too large or too fine"
        }
    }

    private static func array(_ bytes: UnsafeRawBufferPointer) -> String? {
        guard let dimensions = bytes.bigEndian(Int32.self), (0...6).contains(dimensions),
            let hasNull = bytes.bigEndian(Int32.self, at: 4), (0...1).contains(hasNull),
            let element = bytes.bigEndian(UInt32.self, at: 8)
        else { return nil }
        let shape = dimensions > 1 ? "of \(dimensions) dimensions" : nil
        let holes = hasNull == 1 ? "with NULL in it" : nil
        let what = ["an array", shape, holes].compactMap(\.self).joined(separator: " ")
        return "\(what) (\(PostgresOID(element)))"
    }
}
