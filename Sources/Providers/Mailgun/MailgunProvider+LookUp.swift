import Dispatching
import FoundationEssentials
import Invoicing
import Transport
import Wire

/// Looking up submissions by our own id.
extension MailgunProvider {
    /// How far the provider's clock may differ from the database's, and how late it may accept a
    /// message.
    private static var reachSeconds: Double { 2 * 3600 }
    /// More pages than this of one recipient's events can't be a valid answer.
    private static var lookupPagesMax: Int { 100 }

    /// Events can't be searched by variable: they are searched by recipient and time, and those
    /// found are checked, one page of each at a time.
    func ask(_ queries: [LookupQuery]) -> [Result<LookupAnswer, ProviderError>] {
        var answers = [Result<LookupAnswer, ProviderError>](
            repeating: .success(.absent), count: queries.count)
        var walks = queries.enumerated().flatMap { index, query in
            firstTargets(query).map { Walk(index: index, target: $0) }
        }
        for _ in 0..<Self.lookupPagesMax where !walks.isEmpty {
            let pages = read(walks.map { request(.get, $0.target) })
            walks = zip(walks, pages).compactMap { walk, response in
                let step = self.step(response, queries[walk.index])
                if let answer = step.answer, !answers[walk.index].isFound {
                    answers[walk.index] = answer
                }
                return step.next.map { Walk(index: walk.index, target: $0) }
            }
            walks.removeAll { answers[$0.index].isFound }
        }
        for walk in walks {
            answers[walk.index] = .failure(
                unreadable("the pages of events do not come to an end"))
        }
        return answers
    }

    /// A range of events that is read for a query, and where it continues.
    private struct Walk {
        var index: Int
        var target: String
    }

    private func firstTargets(_ query: LookupQuery) -> [String] {
        let window = SecondsWindow(
            covering: query.attemptedAt - Self.reachSeconds,
            query.attemptedUntil + Self.reachSeconds)
        // Whether a filter is case-sensitive is not documented.
        return Set([query.recipient.text, query.recipient.key]).sorted().map {
            eventsTarget(window, "recipient=\($0.percentEncoded)")
        }
    }

    /// The answer a page gives to a query, nil for none yet, and the address of the next page.
    private func step(_ response: Result<HTTPResponse, ProviderError>, _ query: LookupQuery)
        -> (answer: Result<LookupAnswer, ProviderError>?, next: String?)
    {
        do throws(ProviderError) {
            let page = try eventPage(response.get())
            if let row = page.rows.rows.lazy.map(\.row).first(where: { $0.isAbout(query) }) {
                let id = row.messageID.isEmpty ? nil : row.messageID
                return (.success(.found(providerMessageID: id)), nil)
            }
            guard page.rows.unreadable.isEmpty else {
                throw unreadable("the events hold rows that can't be read")
            }
            return (nil, page.next)
        } catch {
            return (.failure(error), nil)
        }
    }
}

extension Result<LookupAnswer, ProviderError> {
    var isFound: Bool {
        if case .success(.found) = self { return true }
        return false
    }
}

extension MailgunEventRow {
    /// A delayed bounce may have lost its variables; the Message-ID is ours too, if it was kept.
    fileprivate func isAbout(_ query: LookupQuery) -> Bool {
        dispatchID == query.dispatchID
            || !messageID.isEmpty && messageID == MailgunMessageID.plain(query.messageID)
    }
}
