package import FoundationEssentials
import Wire

/// Reads one mailbox of an IMAP server without changing anything in it (RFC 9051 or 3501).
///
/// The mailbox is opened by EXAMINE and messages are fetched by PEEK, so none is marked as read. A
/// connection is made for the first command and kept; after an error the next command makes a new
/// one. Messages are identified by their UID, which is valid as long as `uidValidity` is unchanged.
package final class IMAPClient {
    /// A message of the mailbox without its content.
    package struct Entry: Hashable, Sendable {
        /// Its number in the mailbox, valid as long as `uidValidity` is unchanged.
        package var uid: UInt32
        /// When the server stored it (INTERNALDATE).
        package var arrivedAt: Date
        package var sizeBytes: Int
    }

    /// A message, or its beginning where it is longer than requested.
    package struct Message: Hashable, Sendable {
        package var uid: UInt32
        package var bytes: [UInt8]
    }

    private let login: MailLogin
    private var session: IMAPSession?

    package init(_ login: MailLogin) {
        precondition(login.server.service == .imap, "IMAP is not spoken to another server")
        self.login = login
    }

    /// The mailbox's UIDVALIDITY; where it has changed, so have all UIDs.
    package func uidValidity() throws(MailError) -> UInt32 {
        try withSession { session throws(MailError) in session.uidValidity }
    }

    /// The messages that arrived between two instants, and perhaps some of a day before or after,
    /// oldest first.
    ///
    /// IMAP searches by whole days in the server's time zone.
    package func entries(from start: Date, until end: Date) throws(MailError) -> [Entry] {
        let day = 86_400.0
        let (since, before) = (HeaderDate.imapDay(start - day), HeaderDate.imapDay(end + 2 * day))
        return try withSession { session throws(MailError) in
            let uids = try session.search("SINCE \(since) BEFORE \(before)")
            var entries: [Entry] = []
            for page in Self.pages(uids, of: Self.entriesPerPage) {
                entries += try session.entries(page)
            }
            return entries.sorted { ($0.arrivedAt, $0.uid) < ($1.arrivedAt, $1.uid) }
        }
    }

    /// The first bytes of messages; one deleted in the meantime is left out.
    package func messages(_ uids: [UInt32], bytesMax: Int) throws(MailError) -> [Message] {
        guard !uids.isEmpty else { return [] }
        return try withSession { session throws(MailError) in
            try session.messages(uids, bytesMax: bytesMax)
        }
    }

    /// The length of a command line is limited too: RFC 7162 § 4 mentions 8,000 bytes.
    private static let entriesPerPage = 500

    private static func pages(_ uids: [UInt32], of count: Int) -> [[UInt32]] {
        stride(from: 0, to: uids.count, by: count).map {
            Array(uids[$0..<min($0 + count, uids.count)])
        }
    }

    private func opened() throws(MailError) -> IMAPSession {
        if let session { return session }
        let session = try IMAPSession(login)
        self.session = session
        return session
    }

    private func withSession<Value>(_ work: (IMAPSession) throws(MailError) -> Value)
        throws(MailError) -> Value
    {
        if session?.isStale == true { session = nil }
        let session = try opened()
        do throws(MailError) {
            return try work(session)
        } catch {
            self.session = nil
            throw error
        }
    }
}

/// One session with an IMAP server, with one mailbox open read-only.
final class IMAPSession {
    private let connection: MailConnection
    private let timeoutSeconds: Double
    private var commands = 0
    private(set) var uidValidity: UInt32 = 0

    /// All UIDs of a busy mailbox are on one line.
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

    /// Sends a command and reads its responses; throws where the server answers NO or BAD.
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
