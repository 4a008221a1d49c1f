/// The fields of a header or of a report, unfolded, in their order.
struct MailHeaders {
    private(set) var fields: [(name: String, value: String)] = []

    static let fieldsMax = 300
    static let valueBytesMax = 8_192

    /// Reads lines up to the end; one that is no field is passed over, since servers write such.
    init(_ bytes: ArraySlice<UInt8>) {
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: true) {
            guard fields.count <= Self.fieldsMax else { return }
            let isContinued = line.first == 0x20 || line.first == 0x09
            let text = Self.trimmed(MailPart.text(Array(line.prefix(Self.valueBytesMax))))
            if isContinued, !fields.isEmpty {
                let last = fields.count - 1
                guard fields[last].value.utf8.count < Self.valueBytesMax else { continue }
                fields[last].value += " " + text
            } else if let colon = text.firstIndex(of: ":"), colon > text.startIndex {
                fields.append(
                    (
                        Self.trimmed(String(text[..<colon])).lowercased(),
                        Self.trimmed(String(text[text.index(after: colon)...]))
                    ))
            }
        }
    }

    /// The value of the first field of a name, which is given in lower case.
    subscript(name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    func all(_ name: String) -> [String] {
        fields.filter { $0.name == name }.map(\.value)
    }

    private static func trimmed(_ text: String) -> String {
        let isSpace: (Unicode.Scalar) -> Bool = { $0.value <= 0x20 }
        let scalars = text.unicodeScalars.drop(while: isSpace)
        guard let last = scalars.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(scalars[...last])
    }
}
