import Wire
package import FoundationEssentials

/// Reads one mailbox of an IMAP server and changes nothing in it (RFC 9051; 3501 will do).
///
/// The mailbox is opened by EXAMINE and messages are fetched by PEEK, so that none is marked as
/// read. A connection is made at the first question and kept; after an error the next question
/// makes another. Messages are known by their UID, which holds as long as `uidValidity` does.
package final class IMAPClient {
    /// A message of the mailbox, without its content.
    package struct Entry: Hashable, Sendable {
        package var uid: UInt32
        /// When the server put it there.
        package var arrivedAt: Date
        package var sizeBytes: Int
    }

    /// A message, or its beginning where it is longer than was asked for.
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

    /// The mailbox's UIDVALIDITY: where it is another than before, all UIDs are too.
    package func uidValidity() throws(MailError) -> UInt32 {
        try ask { session throws(MailError) in session.uidValidity }
    }

    /// The messages that came between two instants, and perhaps some of a day on either side,
    /// the oldest first.
    ///
    /// IMAP searches by whole days of the server's own zone.
    package func entries(from start: Date, until end: Date) throws(MailError) -> [Entry] {
        let day = 86_400.0
        let (since, before) = (HeaderDate.imapDay(start - day), HeaderDate.imapDay(end + 2 * day))
        return try ask { session throws(MailError) in
            let uids = try session.search("SINCE \(since) BEFORE \(before)")
            var entries: [Entry] = []
            for page in Self.pages(uids, of: Self.entriesPerPage) {
                entries += try session.entries(page)
            }
            return entries.sorted { ($0.arrivedAt, $0.uid) < ($1.arrivedAt, $1.uid) }
        }
    }

    /// The first bytes of messages; one that is gone meanwhile is left out.
    package func messages(_ uids: [UInt32], bytesMax: Int) throws(MailError) -> [Message] {
        guard !uids.isEmpty else { return [] }
        return try ask { session throws(MailError) in
            try session.messages(uids, bytesMax: bytesMax)
        }
    }

    /// A command's line has its limits too: RFC 7162 § 4 speaks of 8,000 bytes.
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

    private func ask<Value>(_ work: (IMAPSession) throws(MailError) -> Value)
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
