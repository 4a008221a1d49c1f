/// A server's reply (RFC 5321 § 4.2): its code, its enhanced code (RFC 3463) and its text.
package struct SMTPReply: Hashable, Sendable {
    /// Three digits, as `550`.
    package let code: Int
    /// As `5.1.1`, where the text begins with one whose class matches the code's first digit; else
    /// nil.
    package let enhancedCode: String?
    /// All lines joined, without the enhanced code.
    package let text: String

    /// Parses whole lines, each with its code; nil where they are not a reply.
    init?(_ lines: [[UInt8]]) {
        let codes = lines.map { String(decoding: $0.prefix(3), as: UTF8.self) }
        guard let first = codes.first, first.utf8.count == 3, let code = Int(first),
            (200..<600).contains(code), codes.allSatisfy({ $0 == first }),
            lines.allSatisfy({ $0.count == 3 || " -".utf8.contains($0[3]) })
        else { return nil }
        let texts = lines.map { String(decoding: $0.dropFirst(4), as: UTF8.self) }
        let enhanced = texts.first.flatMap { Self.enhancedCode($0, code: code) }
        self.code = code
        enhancedCode = enhanced
        text =
            texts
            .map { text in
                guard let enhanced, text.utf8.starts(with: enhanced.utf8) else { return text }
                let rest = text.utf8.dropFirst(enhanced.utf8.count)
                return String(Substring(rest.drop { $0 == UInt8(ascii: " ") }))
            }
            .filter { !$0.isEmpty }.joined(separator: " ")
    }

    private static func enhancedCode(_ text: String, code: Int) -> String? {
        let bytes = text.utf8.prefix { $0 != UInt8(ascii: " ") }
        // Anything longer is no enhanced code, and could be a letter with endless combining marks.
        guard bytes.count <= 9 else { return nil }
        let word = Substring(bytes)
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "\(code / 100)",
            parts.dropFirst().allSatisfy({ part in
                (1...3).contains(part.utf8.count) && part.allSatisfy(\.isWholeNumber)
                    && part.allSatisfy(\.isASCII)
            })
        else { return nil }
        return String(word)
    }

    /// Whether the server may accept the same later.
    package var isTransient: Bool { code / 100 == 4 }
}

extension SMTPReply: CustomStringConvertible {
    /// The reply on one line: `550 5.1.1 no such user`.
    package var description: String {
        ["\(code)", enhancedCode, text].compactMap(\.self).filter { !$0.isEmpty }
            .joined(separator: " ")
    }
}

/// The extensions that a server offers in its reply to the last EHLO (RFC 5321 § 4.1.1.1).
struct SMTPExtensions: Hashable {
    /// The largest message that it accepts (RFC 1870); nil where it states no limit.
    private(set) var sizeBytesMax: Int?
    private var words: Set<String> = []

    init() {}

    /// Parses the lines of a connection's opening; those of an EHLO before TLS are ignored.
    init(opening: [UInt8]) {
        var block: [String] = []
        for line in opening.split(separator: UInt8(ascii: "\n")) {
            let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            guard line.starts(with: "250".utf8) else {
                block = []
                continue
            }
            block.append(String(decoding: line.dropFirst(4), as: UTF8.self).uppercased())
            guard !line.starts(with: "250-".utf8) else { continue }
            // The first line is the server's name.
            if block.count > 1 || words.isEmpty { self = SMTPExtensions(lines: block.dropFirst()) }
            block = []
        }
    }

    private init(lines: ArraySlice<String>) {
        for line in lines {
            let parts = line.split(separator: " ")
            guard let name = parts.first.map(String.init) else { continue }
            words.insert(name.split(separator: "=").first.map(String.init) ?? name)
            if name == "SIZE", parts.count > 1, let limit = Int(parts[1]), limit > 0 {
                sizeBytesMax = limit
            }
        }
    }

    func offers(_ word: String) -> Bool { words.contains(word) }
}
