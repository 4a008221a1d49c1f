package import Bounces
package import Dispatching
package import FoundationEssentials
import Invoicing
import Transport
import Wire

/// Polling the bounce mailbox, by time of arrival.
extension SMTPRelayProvider {
    /// Only the beginning of a longer mail is read: the report precedes the copy of our message.
    private static var mailBytesMax: Int { 256 << 10 }
    private static var mailsPerPage: Int { 50 }
    private static var retriesMax: Int { 3 }

    /// The bounce mailbox, read by time of arrival.
    ///
    /// The position is a time rather than a UID, as with every provider: any window can be read
    /// again by hand, and a mailbox that was restored with other UIDs loses no bounce and repeats
    /// none. The clock is the mail server's; the overlap covers its difference from ours.
    package var sources: [EventSource] {
        [EventSource(name: Self.mailbox, overlapSeconds: account.margins.overlapSeconds)]
    }

    /// Reads the mails that arrived in the window, oldest first; none is moved, marked or deleted.
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
        let validity = try retrying { () throws(MailError) in try reader.uidValidity() }
        let entries = try retrying { () throws(MailError) in
            try reader.entries(from: start, until: end)
        }.filter { $0.arrivedAt >= start && $0.arrivedAt < end }
        var rest = entries[...]
        repeat {
            let chunk = rest.prefix(Self.mailsPerPage)
            rest = rest.dropFirst(Self.mailsPerPage)
            // Everything that arrived before the next one has been returned.
            try page(read(chunk, validity: validity, completeUntil: rest.first?.arrivedAt ?? end))
        } while !rest.isEmpty
    }

    private func read(
        _ entries: ArraySlice<IMAPClient.Entry>, validity: UInt32, completeUntil: Date
    ) throws(ProviderError) -> EventPage {
        let messages = try retrying { () throws(MailError) in
            // With another UIDVALIDITY the UIDs would name other mails.
            guard try reader.uidValidity() == validity else {
                throw MailError(.malformed, "the mailbox was replaced while it was read")
            }
            return try reader.messages(entries.map(\.uid), bytesMax: Self.mailBytesMax)
        }
        let contents = Dictionary(
            messages.map { ($0.uid, $0.bytes) }, uniquingKeysWith: { first, _ in first })
        var result = EventPage(events: [], completeUntil: completeUntil)
        for entry in entries {
            // Deleted since it was listed.
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

    /// A mail that can't be parsed, with the dispatch whose mark occurs anywhere in it.
    private func unread(
        _ bytes: [UInt8], _ entry: IMAPClient.Entry, validity: UInt32, reason: String
    ) -> UnreadReport {
        let mark = returnPath.firstMark(in: bytes)
        return UnreadReport(
            source: Self.mailbox, place: "uid \(entry.uid) of \(validity)",
            cameAt: entry.arrivedAt, reason: reason, tenantID: mark?.tenantID,
            dispatchID: mark?.dispatchID, origin: VERPToken.origin(mark), bytes: bytes)
    }

    /// Parses a stored mail again; its events have the same keys as those of the whole mail.
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

    /// Retries transient failures; others are thrown as the error that stops the run.
    private func retrying<Value>(_ work: () throws(MailError) -> Value)
        throws(ProviderError) -> Value
    {
        for retry in 0... {
            do throws(MailError) {
                return try work()
            } catch {
                guard error.isPassing, retry < Self.retriesMax, !clock.isStopping else {
                    throw self.error(error, of: "the mailbox")
                }
                clock.pause(1 << retry)
            }
        }
        preconditionFailure("a series without an end ended")
    }

    /// The error that stops a run, of one of the two servers.
    func error(_ error: MailError, of server: String) -> ProviderError {
        let reason = cleaned(error.reason)
        return switch error.kind {
        case .login: .unauthorized(provider: name, reason: "\(server) says \(reason)")
        case .untrusted: .untrusted(provider: name, reason: reason)
        case .malformed, .tooLarge: .unreadable(provider: name, reason: reason)
        case .invalid, .unsupported, .refused, .resolve, .connect, .tls, .timeout, .closed,
            .overdue:
            .unavailable(provider: name, reason: reason)
        }
    }
}

extension MailError {
    /// Whether the same may work in a moment.
    fileprivate var isPassing: Bool {
        switch kind {
        case .resolve, .connect, .tls, .timeout, .closed, .overdue: true
        case .login, .untrusted, .malformed, .tooLarge, .invalid, .unsupported, .refused: false
        }
    }
}
