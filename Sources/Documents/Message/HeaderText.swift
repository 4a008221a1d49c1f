import Dispatching
import Invoicing
import Wire

/// Header fields of a message, folded and encoded so that each line is ASCII and short.
///
/// No value can begin another header: characters that would break a line become spaces first.
enum HeaderText {
    /// The limit of RFC 2047 § 2 for a line with an encoded word; for others it is 78 (RFC 5322 §
    /// 2.1.1).
    static let lineMax = 76
    /// With 12 characters around it, and 4 of base64 for each 3 bytes, a word fits beside the name
    /// of its field.
    private static let wordBytesMax = 39

    static func field(_ name: String, text: String) -> String {
        let line = SingleLine(text).text
        return fold(name, isPlain(line) ? line.split(separator: " ").map(String.init) : words(line))
    }

    /// `Name <address>`; only the address where there is no name.
    static func field(_ name: String, mailbox: Mailbox) -> String {
        let shown = SingleLine(mailbox.name ?? "").text
        let address = "<\(mailbox.address.text)>"
        guard !shown.isEmpty else { return "\(name): \(mailbox.address.text)" }
        guard isPlain(shown), shown.utf8.count <= 60 else {
            return fold(name, words(shown) + [address])
        }
        let quoted = shown.reduce(into: "") { text, character in
            if character == "\"" || character == "\\" { text.append("\\") }
            text.append(character)
        }
        return fold(name, ["\"\(quoted)\"", address])
    }

    /// `; filename="x.pdf"` on a line of its own, in the form of RFC 2231 where the name is not
    /// ASCII or is long.
    static func parameter(_ name: String, _ value: String) -> String {
        let line = SingleLine(value).text
        let isSimple = line.utf8.allSatisfy { byte in
            (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "\"")
                && byte != UInt8(ascii: "\\")
        }
        if isSimple, line.utf8.count + name.utf8.count < lineMax - 6 {
            return ";\r\n \(name)=\"\(line)\""
        }
        let pieces = percentEncoded(line)
        guard pieces.count > 1 else { return ";\r\n \(name)*=UTF-8''\(pieces.joined())" }
        return pieces.enumerated().map { index, piece in
            ";\r\n \(name)*\(index)*=\(index == 0 ? "UTF-8''" : "")\(piece)"
        }.joined()
    }

    /// A type as `type/subtype`, else the generic one.
    static func contentType(_ text: String) -> String {
        let type = text.split(separator: ";").first.map(String.init)?.lowercased() ?? ""
        let parts = type.split(separator: "/", omittingEmptySubsequences: false)
        let isSound =
            parts.count == 2 && type.utf8.count <= 60
            && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isTokenByte) }
        return isSound ? type : "application/octet-stream"
    }

    /// Whether it is printable ASCII that can't be taken for an encoded word.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
            && text.split(separator: " ").allSatisfy { $0.utf8.count <= 60 }
    }

    /// Encoded words, each of complete characters (RFC 2047 § 5).
    private static func words(_ text: String) -> [String] {
        var words: [[UInt8]] = [[]]
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if words[words.count - 1].count + bytes.count > wordBytesMax { words.append([]) }
            words[words.count - 1] += bytes
        }
        return words.map { "=?UTF-8?B?\(Base64.text($0))?=" }
    }

    private static func fold(_ name: String, _ words: [String]) -> String {
        var output = "\(name):"
        var column = output.utf8.count
        for word in words {
            if column + 1 + word.utf8.count > lineMax, column > name.utf8.count + 1 {
                output += "\r\n"
                column = 0
            }
            output += " \(word)"
            column += 1 + word.utf8.count
        }
        return output
    }

    /// Parts short enough for a line each, without splitting an escape.
    private static func percentEncoded(_ text: String) -> [String] {
        var pieces = [""]
        for byte in text.utf8 {
            let digits = String(byte, radix: 16, uppercase: true)
            let token =
                isTokenByte(byte) && !"*'%".utf8.contains(byte)
                ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + digits
            if pieces[pieces.count - 1].utf8.count + token.utf8.count > 50 { pieces.append("") }
            pieces[pieces.count - 1] += token
        }
        return pieces
    }

    /// RFC 2045 § 5.1: printable ASCII except `tspecials`.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) && !"()<>@,;:\\\"/[]?=".utf8.contains(byte)
    }
}
