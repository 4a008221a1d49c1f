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
        let opened = try perform("EXAMINE \"\(login.server.mailbox)\"")
        guard let validity = opened.uidValidity, validity > 0 else {
            throw MailError(.malformed, "the server does not say the mailbox's UIDVALIDITY")
        }
        uidValidity = validity
    }

    var isStale: Bool { connection.isStale }

    func search(_ criteria: String) throws(MailError) -> [UInt32] {
        try perform("UID SEARCH \(criteria)").found
    }

    func entries(_ uids: [UInt32]) throws(MailError) -> [IMAPClient.Entry] {
        try fetch(uids, "(UID INTERNALDATE RFC822.SIZE)", bytesMax: 4096).entries
    }

    func messages(_ uids: [UInt32], bytesMax: Int) throws(MailError) -> [IMAPClient.Message] {
        try fetch(uids, "(UID BODY.PEEK[]<0.\(bytesMax)>)", bytesMax: bytesMax).messages
    }

    private func fetch(_ uids: [UInt32], _ items: String, bytesMax: Int)
        throws(MailError) -> [IMAPResponse]
    {
        guard !uids.isEmpty else { return [] }
        let set = uids.map(String.init).joined(separator: ",")
        return try perform("UID FETCH \(set) \(items)", literalBytesMax: bytesMax)
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
        try IMAPResponse(
            literalBytesMax: literalBytesMax,
            line: { () throws(MailError) in
                try connection.line(bytesMax: Self.lineBytesMax, by: deadline)
            },
            literal: { (size) throws(MailError) in try connection.bytes(size, by: deadline) })
    }
}
