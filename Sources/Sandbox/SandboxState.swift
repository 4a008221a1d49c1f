/// All that the sandbox knows: a pure function of the entries of its ledger.
struct SandboxState: Sendable {
    private(set) var messages: [AcceptedMessage] = []
    private var placesByAddress: [String: [Int]] = [:]
    private var placeByMessageID: [String: Int] = [:]
    private var laterEvents: [Int: [LedgerEntry.LaterEvent]] = [:]
    private var lists: [ListName: SuppressionList] = [:]
    /// All that has happened, in the order of time.
    private var journal: [JournalEntry] = []

    /// The time of the latest entry: time does not run backwards here.
    private(set) var latest = Timestamp(milliseconds: 0)

    func list(_ name: ListName) -> SuppressionList {
        lists[name] ?? SuppressionList()
    }

    /// What will become of a mail to the address if it is accepted now.
    func outcome(of address: String) -> Outcome {
        if let outcome = suppression(of: address).flatMap({ Outcome(suppressedBy: $0.list) }) {
            return outcome
        }
        let earlierMails = placesByAddress[address.lowercased()]?.count ?? 0
        return Behaviour(address: address).outcome(afterEarlierMails: earlierMails)
    }

    /// The list that keeps mails to an address from being sent, if one does.
    func suppression(of address: String) -> (list: ListName, row: SuppressionRow)? {
        for name in ListName.allCases where Outcome(suppressedBy: name) != nil {
            if let row = list(name).row(of: address) { return (name, row) }
        }
        return nil
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
        for (number, happening) in message.outcome.happenings(to: message.to).enumerated() {
            note(happening, about: message, at: message.acceptedAt, visibleAt: message.visibleAt)
            journal.append(
                JournalEntry(
                    index: journal.count, at: message.acceptedAt, visibleAt: message.visibleAt,
                    place: place, number: number, happening: happening))
        }
    }

    private mutating func add(_ event: LedgerEntry.LaterEvent) {
        guard let place = placeByMessageID[event.messageID] else { return }
        let message = messages[place]
        let number =
            message.outcome.happenings(to: message.to).count
            + (laterEvents[place]?.count ?? 0)
        journal.append(
            JournalEntry(
                index: journal.count, at: event.at, visibleAt: event.visibleAt, place: place,
                number: number, happening: event.kind.happening(to: message.to)))
        laterEvents[place, default: []].append(event)
        note(
            event.kind.happening(to: message.to), about: message, at: event.at,
            visibleAt: event.visibleAt)
    }

    private mutating func note(
        _ happening: MailEvent, about message: AcceptedMessage, at: Timestamp, visibleAt: Timestamp
    ) {
        guard let list = happening.list else { return }
        lists[list, default: .init()].put(
            SuppressionRow(
                created: at, visibleAt: visibleAt, email: message.to, reason: happening.reason,
                status: happening.status))
    }
}

extension SandboxState {
    /// The message of that id with what can be seen of it; nil while nothing can.
    func logged(_ messageID: String, now: Timestamp) -> LoggedMessage? {
        placeByMessageID[messageID].flatMap { logged(at: $0, now: now) }
    }

    /// The messages that a query finds, the newest first, at most `limit`.
    func search(
        _ query: LogQuery, limit: Int, now: Timestamp,
        after horizon: Timestamp = Timestamp(milliseconds: .min)
    ) -> [LoggedMessage] {
        var found: [LoggedMessage] = []
        for place in candidates(for: query) {
            guard found.count < limit else { break }
            if let logged = logged(at: place, now: now), logged.matches(query),
                logged.message.acceptedAt >= horizon
            {
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

    private func firstPlace(where holds: (AcceptedMessage) -> Bool) -> Int {
        messages.firstPlace(where: holds)
    }

    /// What can be seen in the journal, in the order of time: the first `limit` that are meant.
    func journal(
        from place: Int, until end: Timestamp, limit: Int, now: Timestamp,
        where isMeant: (JournalEntry, AcceptedMessage) -> Bool
    ) -> [(entry: JournalEntry, message: AcceptedMessage)] {
        var found: [(JournalEntry, AcceptedMessage)] = []
        for entry in journal.dropFirst(place) {
            guard entry.at < end, found.count < limit else { break }
            let message = messages[entry.place]
            if entry.visibleAt <= now, isMeant(entry, message) { found.append((entry, message)) }
        }
        return found
    }

    /// The first place in the journal that is not before a time.
    func journalPlace(at time: Timestamp) -> Int {
        journal.firstPlace { $0.at >= time }
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

extension Array {
    /// The first place for which `holds`, which holds for all after it too.
    fileprivate func firstPlace(where holds: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
