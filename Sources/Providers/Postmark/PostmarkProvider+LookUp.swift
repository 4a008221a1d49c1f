package import Dispatching
import FoundationEssentials
import Invoicing
import Transport

/// Asking by our own id what became of a submission.
extension PostmarkProvider {
    /// Messages are kept for 45 days; a day is kept back.
    private static var retentionSeconds: Double { 44 * 86_400 }

    /// Postmark searches Metadata, so it is one request.
    package func lookUp(_ query: LookupQuery) throws -> LookupAnswer {
        let age = connection.now().timeIntervalSince(query.attemptedAt)
        guard age < Self.retentionSeconds else { return .unsupported }
        let id = query.dispatchID.uuidString.lowercased()
        let found = try rows(
            PostmarkMessageRow.self, "Messages",
            at: "/messages/outbound?count=50&offset=0&metadata_\(PostmarkMessage.dispatchID)=\(id)")
        guard found.page.unreadable.isEmpty else {
            throw unreadable("the messages hold rows that can't be read")
        }
        // A server that does not know the filter gives all messages: each is looked at.
        let own = found.page.rows.map(\.row).filter { $0.dispatchID == query.dispatchID }
        if let first = own.first { return .found(providerMessageID: first.messageID) }
        guard found.page.count < 50 else {
            throw unreadable("the search by our own id gives the messages of others")
        }
        return .absent
    }
}
