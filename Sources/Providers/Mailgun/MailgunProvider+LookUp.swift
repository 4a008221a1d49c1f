package import Dispatching
import FoundationEssentials
import Invoicing
import Transport

/// Asking by our own id what became of a submission.
extension MailgunProvider {
    /// "Retains this data for at least 3 days"; an hour is kept back.
    private static var retentionSeconds: Double { 71 * 3600 }
    /// How far the provider's clock may be from ours, and how late it may take a message in.
    private static var reachSeconds: Double { 2 * 3600 }

    /// Events can't be searched by a variable: they are searched by recipient and time, and those
    /// found are looked through.
    package func lookUp(_ query: LookupQuery) throws -> LookupAnswer {
        let now = connection.now()
        guard now.timeIntervalSince(query.attemptedAt) < Self.retentionSeconds else {
            return .unsupported
        }
        let window = SecondsWindow(
            covering: query.attemptedAt - Self.reachSeconds,
            min(query.attemptedAt + Self.reachSeconds, now + Self.reachSeconds))
        var found: MailgunEventRow?
        // Whether a filter tells case apart is not documented.
        let spellings = Set([query.recipient.text, query.recipient.key]).sorted()
        for address in spellings where found == nil {
            try readEvents(window, "recipient=\(address.percentEncoded)") { rows, unreadable, _ in
                guard unreadable.isEmpty else {
                    throw self.unreadable("the events hold rows that can't be read")
                }
                found = found ?? rows.lazy.map(\.row).first { $0.isAbout(query) }
            }
        }
        guard let found else { return .absent }
        return .found(providerMessageID: found.messageID.isEmpty ? nil : found.messageID)
    }
}

extension MailgunEventRow {
    /// A delayed bounce may have lost its variables; the Message-ID is ours too, if it was kept.
    fileprivate func isAbout(_ query: LookupQuery) -> Bool {
        dispatchID == query.dispatchID
            || !messageID.isEmpty && messageID == MailgunMessageID.plain(query.messageID)
    }
}
