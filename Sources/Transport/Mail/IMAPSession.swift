/// One conversation with an IMAP server, with one mailbox open for reading only.
final class IMAPSession {
    private let connection: MailConnection
    private let timeoutSeconds: Double
    private var commands = 0
    private(set) var uidValidity: UInt32 = 0

    /// All UIDs of a busy mailbox stand on one line.
    private static let lineBytesMax = 8 << 20
    private static let responsesMax = 100_000

    init(_ login: MailLogin) throws(MailError) {
        connection = try MailConnection(login)
        timeoutSeconds = login.timeoutSeconds
        for response in try perform("EXAMINE \"\(login.server.mailbox)\"") {
            if let value = Self.validity(in: response.line) { uidValidity = value }
        }
        guard uidValidity > 0 else {
            throw MailError(.malformed, "the server does not say the mailbox's UIDVALIDITY")
        }
    }

    var isStale: Bool { connection.isStale }

    func search(_ criteria: String) throws(MailError) -> [UInt32] {
        try perform("UID SEARCH \(criteria)").filter {
            IMAPResponse.word($0.tokens.first)?.uppercased() == "SEARCH"
        }.flatMap {
            $0.tokens.dropFirst().compactMap { IMAPResponse.word($0).flatMap(UInt32.init) }
        }
    }

    func entries(_ uids: [UInt32]) throws(MailError) -> [IMAPClient.Entry] {
        var entries: [IMAPClient.Entry] = []
        for item in try fetch(uids, "(UID INTERNALDATE RFC822.SIZE)", bytesMax: 4096) {
            guard let uid = IMAPResponse.word(item["UID"]).flatMap(UInt32.init),
                let text = IMAPResponse.string(item["INTERNALDATE"]),
                let date = IMAPDate.date(String(decoding: text, as: UTF8.self)),
                let size = IMAPResponse.word(item["RFC822.SIZE"]).flatMap({ Int($0) })
            else { continue }
            entries.append(IMAPClient.Entry(uid: uid, arrivedAt: date, sizeBytes: size))
        }
        return entries
    }

    func messages(_ uids: [UInt32], bytesMax: Int) throws(MailError) -> [IMAPClient.Message] {
        try fetch(uids, "(UID BODY.PEEK[]<0.\(bytesMax)>)", bytesMax: bytesMax).compactMap { item in
            guard let uid = IMAPResponse.word(item["UID"]).flatMap(UInt32.init),
                let body = item.first(where: { $0.key.hasPrefix("BODY[]") })?.value,
                let bytes = IMAPResponse.string(body)
            else { return nil }
            return IMAPClient.Message(uid: uid, bytes: bytes)
        }
    }

    /// The items of each FETCH response, by their names; those about others (flags) are among them.
    private func fetch(_ uids: [UInt32], _ items: String, bytesMax: Int)
        throws(MailError) -> [[String: IMAPResponse.Token]]
    {
        guard !uids.isEmpty else { return [] }
        let set = uids.map(String.init).joined(separator: ",")
        return try perform("UID FETCH \(set) \(items)", literalBytesMax: bytesMax).compactMap {
            guard $0.tokens.count == 3, IMAPResponse.word($0.tokens[1])?.uppercased() == "FETCH",
                let list = IMAPResponse.list($0.tokens[2])
            else { return nil }
            var found: [String: IMAPResponse.Token] = [:]
            for index in stride(from: 0, to: list.count - 1, by: 2) {
                guard let name = IMAPResponse.word(list[index]) else { continue }
                found[name.uppercased()] = list[index + 1]
            }
            return found
        }
    }

    /// Sends a command and reads all up to its end; a NO or BAD is thrown.
    private func perform(_ command: String, literalBytesMax: Int = 4096)
        throws(MailError) -> [IMAPResponse]
    {
        commands += 1
        let tag = "b\(commands)"
        let deadline = ContinuousClock.now + .seconds(timeoutSeconds)
        try connection.send(Array("\(tag) \(command)\r\n".utf8), by: deadline)
        var responses: [IMAPResponse] = []
        while true {
            let response = try response(literalBytesMax, deadline)
            if response.tag == tag {
                guard IMAPResponse.word(response.tokens.first)?.uppercased() == "OK" else {
                    throw MailError(.refused, "the server says: \(response.line)")
                }
                return responses
            }
            guard response.tag == "*" else {
                throw MailError(.malformed, "the server answers what was not asked")
            }
            if IMAPResponse.word(response.tokens.first)?.uppercased() == "BYE" {
                throw MailError(.closed, "the server says goodbye: \(response.line)")
            }
            responses.append(response)
            guard responses.count <= Self.responsesMax else {
                throw MailError(.malformed, "the server's answer has no end")
            }
        }
    }

    private func response(_ literalBytesMax: Int, _ deadline: ContinuousClock.Instant)
        throws(MailError) -> IMAPResponse
    {
        var line = try connection.line(bytesMax: Self.lineBytesMax, by: deadline)
        guard let space = line.firstIndex(of: UInt8(ascii: " ")) else {
            throw MailError(.malformed, "the server's answer is not IMAP's")
        }
        let tag = String(decoding: line[..<space], as: UTF8.self)
        line = Array(line[(space + 1)...])
        let prose = String(decoding: line.prefix(500), as: UTF8.self)
        // What a server says to people is not written in tokens.
        let first = prose.prefix { $0 != " " }.uppercased()
        if ["OK", "NO", "BAD", "BYE", "PREAUTH"].contains(first) {
            return IMAPResponse(tag: tag, tokens: [.word(first)], line: prose)
        }
        var tokens = IMAPTokens()
        while let size = try tokens.take(line) {
            guard size <= literalBytesMax else {
                throw MailError(.malformed, "the server sends more than was asked for")
            }
            tokens.take(literal: try connection.bytes(size, by: deadline))
            line = try connection.line(bytesMax: Self.lineBytesMax, by: deadline)
        }
        return IMAPResponse(tag: tag, tokens: try tokens.finished(), line: prose)
    }

    /// The number in `OK [UIDVALIDITY 3857529045] UIDs valid`.
    private static func validity(in line: String) -> UInt32? {
        let words = line.uppercased().split { " []".contains($0) }
        guard let name = words.firstIndex(of: "UIDVALIDITY"), name + 1 < words.endIndex
        else { return nil }
        return UInt32(words[name + 1])
    }
}
