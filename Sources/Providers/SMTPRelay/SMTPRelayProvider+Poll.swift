package import Bounces
package import Dispatching
package import FoundationEssentials
import Invoicing
import Transport
import Wire

/// Polling: the mails of the bounce mailbox, by when they came.
extension SMTPRelayProvider {
    /// Of a longer mail the beginning is read: the report stands before the copy of ours.
    private static var mailBytesMax: Int { 256 << 10 }
    private static var mailsPerPage: Int { 50 }
    private static var retriesMax: Int { 3 }

    /// The bounce mailbox, read by when its mails came.
    ///
    /// The position is a time and no UID, as with every provider: so any window can be read again
    /// by hand, and a mailbox that was restored, with other UIDs, costs no bounce and tells none
    /// twice. The clock is the mail server's; the overlap covers what ours differs from it.
    package var sources: [EventSource] {
        [EventSource(name: Self.mailbox, overlapSeconds: account.margins.overlapSeconds)]
    }

    /// Reads the mails that came in the window, the oldest first; none is moved, marked or deleted.
    package func poll(
        _ source: EventSource, from start: Date, until end: Date,
        page: (EventPage) throws -> Void
    ) throws {
        precondition(source.name == Self.mailbox, "smtp has no source \(source.name)")
        let end = min(end, clock.now())
        guard start < end else {
            try page(EventPage(events: [], completeUntil: nil))
            return
        }
        let validity = try patiently { () throws(MailError) in try reader.uidValidity() }
        let entries = try patiently { () throws(MailError) in
            try reader.entries(from: start, until: end)
        }.filter { $0.arrivedAt >= start && $0.arrivedAt < end }
        var rest = entries[...]
        repeat {
            let chunk = rest.prefix(Self.mailsPerPage)
            rest = rest.dropFirst(Self.mailsPerPage)
            // All that came before the next one has been given.
            try page(read(chunk, validity: validity, completeUntil: rest.first?.arrivedAt ?? end))
        } while !rest.isEmpty
    }

    private func read(
        _ entries: ArraySlice<IMAPClient.Entry>, validity: UInt32, completeUntil: Date
    ) throws(ProviderError) -> EventPage {
        let messages = try patiently { () throws(MailError) in
            // Other UIDs would be other mails.
            guard try reader.uidValidity() == validity else {
                throw MailError(.malformed, "the mailbox was replaced while it was read")
            }
            return try reader.messages(entries.map(\.uid), bytesMax: Self.mailBytesMax)
        }
        let contents = Dictionary(
            messages.map { ($0.uid, $0.bytes) }, uniquingKeysWith: { first, _ in first })
        var result = EventPage(events: [], completeUntil: completeUntil)
        for entry in entries {
            // Gone since it was listed: somebody tidies up.
            guard let bytes = contents[entry.uid] else { continue }
            switch reading(of: bytes, arrivedAt: entry.arrivedAt) {
            case .events(let events): result.events += events
            case .ignored(let reason): result.ignored.append(reason)
            case .unread(let reason):
                result.unread.append(unread(bytes, entry, validity: validity, reason: reason))
            }
        }
        return result
    }

    private func reading(of bytes: [UInt8], arrivedAt: Date) -> Reading {
        BounceMail(
            arrivedAt: arrivedAt, bytes: bytes, returnPath: returnPath, ownAddress: ownAddress
        ).read()
    }

    /// A mail that nobody could read, with the dispatch whose mark stands anywhere in it.
    private func unread(
        _ bytes: [UInt8], _ entry: IMAPClient.Entry, validity: UInt32, reason: String
    ) -> UnreadReport {
        let mark = returnPath.firstMark(in: bytes)
        return UnreadReport(
            source: Self.mailbox, place: "uid \(entry.uid) of \(validity)",
            cameAt: entry.arrivedAt, reason: reason, tenantID: mark?.tenantID,
            dispatchID: mark?.dispatchID, origin: VERPToken.origin(mark), bytes: bytes)
    }

    /// Reads a mail again that was kept; its events have the keys of the whole mail.
    package func read(_ report: UnreadReport) -> Reading {
        let found = reading(of: report.bytes, arrivedAt: report.cameAt ?? clock.now())
        guard case .events(let events) = found else { return found }
        return .events(
            events.map { event in
                var event = event
                let index = event.key.split(separator: "|").last ?? "0"
                event.key = "mail|\(report.key)|\(index)"
                return event
            })
    }

    /// Repeats what may pass by itself; the rest is thrown as what the run can't go on with.
    private func patiently<Value>(_ work: () throws(MailError) -> Value)
        throws(ProviderError) -> Value
    {
        for retry in 0... {
            do throws(MailError) {
                return try work()
            } catch {
                switch error.kind {
                case .login:
                    throw .unauthorized(
                        provider: name, reason: "the mailbox says \(cleaned(error.reason))")
                case .untrusted:
                    throw .untrusted(provider: name, reason: cleaned(error.reason))
                case .malformed, .tooLarge:
                    throw .unreadable(provider: name, reason: cleaned(error.reason))
                case .invalid, .unsupported, .refused:
                    throw .unavailable(provider: name, reason: cleaned(error.reason))
                case .resolve, .connect, .tls, .timeout, .closed, .overdue:
                    guard retry < Self.retriesMax, !clock.isStopping else {
                        throw .unavailable(provider: name, reason: cleaned(error.reason))
                    }
                    clock.pause(1 << retry)
                }
            }
        }
        preconditionFailure("a series without an end ended")
    }
}
