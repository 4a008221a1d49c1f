/// All that the sandbox knows: a pure function of the entries of its ledger.
struct Mailroom: Sendable {
    private(set) var messages: [AcceptedMessage] = []
    private var placesByAddress: [String: [Int]] = [:]
    private var placeByMessageID: [String: Int] = [:]
    private var laterEvents: [Int: [LedgerEntry.LaterEvent]] = [:]
    private var lists: [ListName: SuppressionList] = [:]

    /// The time of the latest entry: time does not run backwards here.
    private(set) var latest = Timestamp(milliseconds: 0)

    func list(_ name: ListName) -> SuppressionList {
        lists[name] ?? SuppressionList()
    }

    /// What will become of a mail to the address if it is accepted now.
    func outcome(of address: String) -> Outcome {
        for name in ListName.allCases {
            if let outcome = Outcome(suppressedBy: name), list(name).row(of: address) != nil {
                return outcome
            }
        }
        let earlierMails = placesByAddress[address.lowercased()]?.count ?? 0
        return Behaviour(address: address).outcome(afterEarlierMails: earlierMails)
    }

    /// Takes in a fact that stands in the ledger.
    mutating func apply(_ entry: LedgerEntry) {
        latest = max(latest, entry.at)
        switch entry {
        case .accepted(let message): add(message)
        case .lifted(let lifting): lists[lifting.list, default: .init()].remove(lifting.email)
        case .later(let event): add(event)
        }
    }

    /// The newest message to an address, however it is spelled.
    func newestMessage(to address: String) -> AcceptedMessage? {
        placesByAddress[address.lowercased()]?.last.map { messages[$0] }
    }

    private mutating func add(_ message: AcceptedMessage) {
        let place = messages.count
        messages.append(message)
        placesByAddress[message.to.lowercased(), default: []].append(place)
        placeByMessageID[message.messageID] = place
        for happening in message.outcome.happenings(to: message.to) {
            note(happening, about: message, at: message.acceptedAt, visibleAt: message.visibleAt)
        }
    }

    private mutating func add(_ event: LedgerEntry.LaterEvent) {
        guard let place = placeByMessageID[event.messageID] else { return }
        laterEvents[place, default: []].append(event)
        let message = messages[place]
        note(
            event.kind.happening(to: message.to), about: message, at: event.at,
            visibleAt: event.visibleAt)
    }

    private mutating func note(
        _ happening: Happening, about message: AcceptedMessage, at: Timestamp, visibleAt: Timestamp
    ) {
        guard let list = happening.list else { return }
        lists[list, default: .init()].put(
            SuppressionRow(
                created: at, visibleAt: visibleAt, email: message.to, reason: happening.reason,
                status: happening.status))
    }
}

extension Mailroom {
    /// The message of that id with what can be seen of it; nil while nothing can.
    func logged(_ messageID: String, now: Timestamp) -> LoggedMessage? {
        placeByMessageID[messageID].flatMap { logged(at: $0, now: now) }
    }

    /// The messages that a query finds, the newest first, at most `limit`.
    func search(_ query: LogQuery, limit: Int, now: Timestamp) -> [LoggedMessage] {
        var found: [LoggedMessage] = []
        for place in candidates(for: query) {
            guard found.count < limit else { break }
            if let logged = logged(at: place, now: now), logged.matches(query) {
                found.append(logged)
            }
        }
        return found
    }

    /// Where to look, the newest first: an index where the query allows one, else a stretch of time.
    private func candidates(for query: LogQuery) -> any Sequence<Int> {
        for condition in query.conditions {
            if case .messageID(let id) = condition {
                return placeByMessageID[id].map { [$0] } ?? []
            }
            if case .recipient(let address) = condition {
                return placesByAddress[address.lowercased()]?.reversed() ?? []
            }
        }
        var range = 0..<messages.count
        for case .createdAt(let comparison, let timestamp) in query.conditions {
            let second = timestamp.seconds
            switch comparison {
            case .after, .notBefore:
                let start = firstPlace { $0.acceptedAt.seconds >= second }
                range = max(range.lowerBound, start)..<max(range.upperBound, start)
            case .before, .notAfter:
                let end = firstPlace { $0.acceptedAt.seconds > second }
                range = min(range.lowerBound, end)..<min(range.upperBound, end)
            }
        }
        return range.reversed()
    }

    /// The first message for which `holds`, which holds for all after it too.
    private func firstPlace(where holds: (AcceptedMessage) -> Bool) -> Int {
        var low = 0
        var high = messages.count
        while low < high {
            let middle = (low + high) / 2
            if holds(messages[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private func logged(at place: Int, now: Timestamp) -> LoggedMessage? {
        let message = messages[place]
        guard message.visibleAt <= now else { return nil }
        let first = message.outcome.happenings(to: message.to).map { (message.acceptedAt, $0) }
        let later = (laterEvents[place] ?? []).filter { $0.visibleAt <= now }
            .map { ($0.at, $0.kind.happening(to: message.to)) }
        let events = (first + later).enumerated().map {
            LoggedEvent(number: $0.offset, at: $0.element.0, happening: $0.element.1)
        }
        return LoggedMessage(message: message, events: events)
    }
}
