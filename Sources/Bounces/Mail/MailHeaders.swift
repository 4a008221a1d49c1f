/// The fields of a header or of a report, unfolded, in their order.
struct MailHeaders {
    private(set) var fields: [(name: String, value: String)] = []

    static let fieldsMax = 300
    static let valueBytesMax = 8_192

    /// Reads lines up to the end; one that is no field is passed over, since servers write such.
    init(_ bytes: ArraySlice<UInt8>) {
        var current: (name: String, value: [UInt8])?
        var rest = bytes
        while !rest.isEmpty, fields.count < Self.fieldsMax {
            let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
            let line = rest[..<end]
            rest = rest[min(end + 1, rest.endIndex)...]
            let isContinued = line.first == 0x20 || line.first == 0x09
            let text = MailLines.trimmed(line.prefix(Self.valueBytesMax))
            if isContinued, current != nil {
                guard current?.value.count ?? 0 < Self.valueBytesMax else { continue }
                current?.value += [0x20] + text
            } else if let colon = text.firstIndex(of: UInt8(ascii: ":")),
                Self.isName(text[..<colon])
            {
                add(current)
                let name = MailLines.lowercased(MailLines.trimmed(text[..<colon]))
                current = (
                    MailLines.text(name), Array(MailLines.trimmed(text[(colon + 1)...]))
                )
            }
        }
        add(current)
    }

    /// ASCII, since comparing any other texts puts the marks of their letters in order, of which
    /// somebody can make many.
    private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        (1...nameBytesMax).contains(bytes.count) && bytes.allSatisfy { $0 < 0x80 }
    }

    private static let nameBytesMax = 200

    private mutating func add(_ field: (name: String, value: [UInt8])?) {
        guard let field, fields.count < Self.fieldsMax else { return }
        fields.append((field.name, MailLines.text(field.value)))
    }

    /// The value of the first field of a name, which is given in lower case.
    subscript(name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    func all(_ name: String) -> [String] {
        fields.filter { $0.name == name }.map(\.value)
    }

    /// The subject as people read it.
    var subject: String { EncodedWord.decoded(self["subject"] ?? "") }

    /// The mail has no sender to answer: what a server wrote, or a robot (RFC 5321 § 4.5.5).
    var hasNullReturnPath: Bool {
        self["return-path"].map { $0.utf8.elementsEqual("<>".utf8) } ?? false
    }

    /// It was written by a server's own account.
    var isFromServer: Bool { AddressScan.isServer(self["from"] ?? "") }

    /// It carries our own id, and so is a copy of what we sent.
    var isOurs: Bool { self[BounceMail.markHeader.lowercased()] != nil }
}
