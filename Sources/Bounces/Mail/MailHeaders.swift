/// The fields of a header or of a report, unfolded, in order.
struct MailHeaders {
    private(set) var fields: [(name: String, value: String)] = []

    static let fieldsMax = 300
    static let valueBytesMax = 8_192

    /// Reads fields to the end; a line that is not a field is ignored, since servers write such.
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

    /// ASCII only: comparing other text involves Unicode normalisation, which many combining marks
    /// make slow.
    private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        (1...nameBytesMax).contains(bytes.count) && bytes.allSatisfy { $0 < 0x80 }
    }

    private static let nameBytesMax = 200

    private mutating func add(_ field: (name: String, value: [UInt8])?) {
        guard let field, fields.count < Self.fieldsMax else { return }
        fields.append((field.name, MailLines.text(field.value)))
    }

    /// The value of the first field with a name, which is given in lower case; nil for none.
    subscript(name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    func all(_ name: String) -> [String] {
        fields.filter { $0.name == name }.map(\.value)
    }

    /// The subject with its encoded words decoded.
    var subject: String { EncodedWord.decoded(self["subject"] ?? "") }

    /// Whether the mail has no sender to reply to: written by a server or a robot (RFC 5321 §
    /// 4.5.5).
    var hasNullReturnPath: Bool {
        self["return-path"].map { $0.utf8.elementsEqual("<>".utf8) } ?? false
    }

    /// Whether it was written by a server's own account.
    var isFromServer: Bool { AddressScan.isServer(self["from"] ?? "") }

    /// Whether it has our own id, and so is a copy of what we sent.
    var isOurs: Bool { self[BounceMail.markHeader.lowercased()] != nil }
}

/// Lines and white space in the bytes of a mail.
///
/// Untrusted text is processed in bytes: a search for characters looks back as far as a character
/// may reach, which anybody can make long.
enum MailLines {
    /// The lines of a text without their ends, up to a maximum.
    static func lines(_ bytes: ArraySlice<UInt8>, max: Int) -> [ArraySlice<UInt8>] {
        bytes.split(separator: 0x0A, maxSplits: max, omittingEmptySubsequences: false)
            .prefix(max).map { $0.last == 0x0D ? $0.dropLast() : $0 }
    }

    static func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 }

    static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let start = bytes.drop(while: isBlank)
        guard let last = start.lastIndex(where: { !isBlank($0) }) else { return start.prefix(0) }
        return start[...last]
    }

    /// ASCII capitals in lower case, other bytes unchanged.
    static func lowercased(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        bytes.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    }

    /// The name of the field in a line, in lower case; nil where the line is not a field (RFC 5322
    /// § 2.2).
    static func fieldName(_ line: ArraySlice<UInt8>) -> String? {
        guard let colon = line.prefix(nameBytesMax).firstIndex(of: UInt8(ascii: ":")),
            colon > line.startIndex
        else { return nil }
        let name = line[..<colon]
        guard name.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        return String(decoding: lowercased(name), as: UTF8.self)
    }

    private static let nameBytesMax = 80

    /// The bytes as UTF-8, or else as Latin-1, in which every byte is a character.
    static func text(_ bytes: some Collection<UInt8>) -> String {
        String(validating: bytes, as: UTF8.self)
            ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }
}

/// A `Content-Type` without comments and quotes (RFC 2045 § 5.1).
enum ContentType {
    static func read(_ value: String) -> (type: String, parameters: [String: String]) {
        var pieces = split(Array(value.utf8))
        let type = pieces.isEmpty ? [] : MailLines.lowercased(pieces.removeFirst())
        var parameters: [String: String] = [:]
        for piece in pieces {
            guard let equals = piece.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let name = MailLines.text(MailLines.lowercased(MailLines.trimmed(piece[..<equals])))
            if parameters[name] == nil {
                parameters[name] = MailLines.text(
                    unquoted(MailLines.trimmed(piece[(equals + 1)...])))
            }
        }
        let isType = type.filter { $0 == UInt8(ascii: "/") }.count == 1
        return (isType ? MailLines.text(type) : "text/plain", parameters)
    }

    /// The parts between semicolons outside of quotes.
    private static func split(_ value: [UInt8]) -> [ArraySlice<UInt8>] {
        var pieces: [[UInt8]] = [[]]
        var isQuoted = false
        var isEscaped = false
        var comments = 0
        for byte in value {
            switch byte {
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\") where isQuoted: isEscaped = true
            case UInt8(ascii: "\"") where comments == 0: isQuoted.toggle()
            case UInt8(ascii: "(") where !isQuoted: comments += 1
            case UInt8(ascii: ")") where comments > 0 && !isQuoted:
                comments -= 1
                continue
            case UInt8(ascii: ";") where !isQuoted && comments == 0:
                pieces.append([])
                continue
            default: break
            }
            if comments == 0 { pieces[pieces.count - 1].append(byte) }
        }
        return pieces.map { MailLines.trimmed($0[...]) }
    }

    private static func unquoted(_ text: ArraySlice<UInt8>) -> [UInt8] {
        let quote = UInt8(ascii: "\"")
        guard text.count >= 2, text.first == quote, text.last == quote else { return Array(text) }
        var output: [UInt8] = []
        var isEscaped = false
        for byte in text.dropFirst().dropLast() {
            if byte == UInt8(ascii: "\\"), !isEscaped {
                isEscaped = true
                continue
            }
            isEscaped = false
            output.append(byte)
        }
        return output
    }
}
