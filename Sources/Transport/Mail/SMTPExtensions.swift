/// What a server offers in its answer to the last EHLO (RFC 5321 § 4.1.1.1).
struct SMTPExtensions: Hashable {
    /// The largest message it takes (RFC 1870); nil where it names no limit.
    private(set) var sizeBytesMax: Int?
    private var words: Set<String> = []

    init() {}

    /// Reads the lines of a connection's opening; those of an EHLO before TLS do not count.
    init(opening: [UInt8]) {
        var block: [String] = []
        for line in opening.split(separator: UInt8(ascii: "\n")) {
            var text = String(decoding: line, as: UTF8.self)
            if text.hasSuffix("\r") { text.removeLast() }
            guard text.hasPrefix("250") else {
                block = []
                continue
            }
            block.append(text.dropFirst(4).uppercased())
            guard !text.hasPrefix("250-") else { continue }
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
