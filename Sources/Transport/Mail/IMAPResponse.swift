import Wire

/// One response of an IMAP server as tokens (RFC 9051 § 4), literals included.
struct IMAPResponse {
    indirect enum Token: Equatable {
        case word(String)
        /// A quoted string or a literal.
        case string([UInt8])
        case list([Token])
    }

    /// `*`, `+` or the tag of a command.
    let tag: String
    let tokens: [Token]
    /// The first line unparsed, for what is prose: `OK [UIDVALIDITY 3] ready`.
    let line: String

    /// Reads a response from a source of lines and, for a number of bytes, of literals.
    init(
        literalBytesMax: Int, line: () throws(MailError) -> [UInt8],
        literal: (Int) throws(MailError) -> [UInt8]
    ) throws(MailError) {
        let first = try line()
        guard let space = first.firstIndex(of: UInt8(ascii: " ")) else {
            throw MailError(.malformed, "the server's answer is not IMAP's")
        }
        tag = String(decoding: first[..<space], as: UTF8.self)
        var rest = Array(first[(space + 1)...])
        self.line = String(decoding: rest.prefix(500), as: UTF8.self)
        // The text that a server adds for people is not made of tokens.
        let word = self.line.prefix { $0 != " " }.uppercased()
        if ["OK", "NO", "BAD", "BYE", "PREAUTH"].contains(word) {
            tokens = [.word(word)]
            return
        }
        var reader = IMAPTokens()
        while let size = try reader.parse(rest) {
            guard size <= literalBytesMax else {
                throw MailError(.malformed, "the server sends more than was asked for")
            }
            reader.append(literal: try literal(size))
            rest = try line()
        }
        tokens = try reader.finished()
    }

    private static let wordBytesMax = 1_000

    /// The elements of a list token, one level deep; nil for any other token.
    static func list(_ token: Token?) -> [Token]? {
        guard case .list(let tokens) = token else { return nil }
        return tokens
    }

    /// The text of a word token; nil for any other token, and for a word longer than any known.
    static func word(_ token: Token?) -> String? {
        guard case .word(let word) = token, word.utf8.count <= wordBytesMax else { return nil }
        return word
    }

    static func string(_ token: Token?) -> [UInt8]? {
        guard case .string(let bytes) = token else { return nil }
        return bytes
    }
}

/// Parses the parts of a response, a line and perhaps a literal after it, into tokens.
struct IMAPTokens {
    /// The limit for nested lists; a real server's have three levels.
    private static let depthMax = 8

    private var open: [[IMAPResponse.Token]] = [[]]

    /// Parses a line; returns the size of the literal that follows, where the line announces one.
    mutating func parse(_ line: [UInt8]) throws(MailError) -> Int? {
        var index = 0
        while index < line.count {
            switch line[index] {
            case UInt8(ascii: " "): index += 1
            case UInt8(ascii: "("):
                guard open.count < Self.depthMax else { throw Self.nonsense }
                open.append([])
                index += 1
            case UInt8(ascii: ")"):
                try close()
                index += 1
            case UInt8(ascii: "\""): try quoted(line, &index)
            case UInt8(ascii: "{"):
                guard let size = Self.literalSize(line[index...]) else { throw Self.nonsense }
                return size
            default: word(line, &index)
            }
        }
        return nil
    }

    mutating func append(literal: [UInt8]) {
        append(.string(literal))
    }

    func finished() throws(MailError) -> [IMAPResponse.Token] {
        guard open.count == 1 else { throw Self.nonsense }
        return open[0]
    }

    private static let nonsense = MailError(.malformed, "the server's answer is not IMAP's")

    private mutating func append(_ token: IMAPResponse.Token) {
        open[open.count - 1].append(token)
    }

    private mutating func close() throws(MailError) {
        guard open.count > 1, let tokens = open.popLast() else { throw Self.nonsense }
        append(.list(tokens))
    }

    private mutating func quoted(_ line: [UInt8], _ index: inout Int) throws(MailError) {
        var bytes: [UInt8] = []
        index += 1
        while index < line.count, line[index] != UInt8(ascii: "\"") {
            if line[index] == UInt8(ascii: "\\"), index + 1 < line.count { index += 1 }
            bytes.append(line[index])
            index += 1
        }
        guard index < line.count else { throw Self.nonsense }
        index += 1
        append(.string(bytes))
    }

    /// A word ends at a space or bracket, except that `BODY[HEADER (TO)]<0>` is one word.
    private mutating func word(_ line: [UInt8], _ index: inout Int) {
        var bytes: [UInt8] = []
        var depth = 0
        while index < line.count {
            let byte = line[index]
            if byte == UInt8(ascii: "[") { depth += 1 }
            if byte == UInt8(ascii: "]") { depth -= 1 }
            if depth <= 0, " ()\"".utf8.contains(byte) { break }
            bytes.append(byte)
            index += 1
        }
        append(.word(String(decoding: bytes, as: UTF8.self)))
    }

    /// The size in `{123}` at the end of a line.
    private static func literalSize(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.last == UInt8(ascii: "}") else { return nil }
        return Int(String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self))
            .flatMap { $0 >= 0 ? $0 : nil }
    }
}

/// The data in the responses to each command; unsolicited responses are ignored.
extension [IMAPResponse] {
    /// The number in `OK [UIDVALIDITY 3857529045] UIDs valid`; the last one if there are several.
    var uidValidity: UInt32? {
        compactMap { (response) -> UInt32? in
            let words = response.line.uppercased().split { " []".contains($0) }
            guard let name = words.firstIndex(of: "UIDVALIDITY"), name + 1 < words.endIndex
            else { return nil }
            return UInt32(words[name + 1])
        }.last
    }

    /// The UIDs that a search found.
    var found: [UInt32] {
        filter { IMAPResponse.word($0.tokens.first)?.uppercased() == "SEARCH" }.flatMap {
            $0.tokens.dropFirst().compactMap { IMAPResponse.word($0).flatMap(UInt32.init) }
        }
    }

    var entries: [IMAPClient.Entry] {
        fetched.compactMap { item in
            guard let uid = IMAPResponse.word(item["UID"]).flatMap(UInt32.init),
                let text = IMAPResponse.string(item["INTERNALDATE"]),
                let date = HeaderDate.imap(String(decoding: text, as: UTF8.self)),
                let size = IMAPResponse.word(item["RFC822.SIZE"]).flatMap({ Int($0) })
            else { return nil }
            return IMAPClient.Entry(uid: uid, arrivedAt: date, sizeBytes: size)
        }
    }

    var messages: [IMAPClient.Message] {
        fetched.compactMap { item in
            guard let uid = IMAPResponse.word(item["UID"]).flatMap(UInt32.init),
                let body = item.first(where: { $0.key.hasPrefix("BODY[]") })?.value,
                let bytes = IMAPResponse.string(body)
            else { return nil }
            return IMAPClient.Message(uid: uid, bytes: bytes)
        }
    }

    /// The items of each FETCH response by name.
    private var fetched: [[String: IMAPResponse.Token]] {
        compactMap {
            guard $0.tokens.count == 3, IMAPResponse.word($0.tokens[1])?.uppercased() == "FETCH",
                let list = IMAPResponse.list($0.tokens[2])
            else { return nil }
            var items: [String: IMAPResponse.Token] = [:]
            for index in stride(from: 0, to: list.count - 1, by: 2) {
                guard let name = IMAPResponse.word(list[index]) else { continue }
                items[name.uppercased()] = list[index + 1]
            }
            return items
        }
    }
}
