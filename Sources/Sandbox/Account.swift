import Synchronization

/// The account at the provider: what it knows, and the ledger that it knows it from.
///
/// Every change is written in the ledger first and applied after, under one lock; a request that
/// can't be written down has not happened.
final class Account: Sendable {
    private struct State {
        var mailroom = SandboxState()
        let ledger: Ledger
        /// What was accepted before this has gone from the logs.
        var forgottenBefore = Timestamp(milliseconds: .min)
    }

    private let state: Mutex<State>
    private let eventDelayMilliseconds: Int64
    private let logsKeptMilliseconds: Int64?
    private let clock: @Sendable () -> Timestamp

    /// Opens the ledger and takes in all that stands in it.
    init(options: SandboxOptions, clock: @escaping @Sendable () -> Timestamp) throws(LedgerError) {
        let ledger = try Ledger(path: options.ledgerPath, syncs: options.syncsLedger)
        var mailroom = SandboxState()
        try ledger.restore { mailroom.apply($0) }
        state = Mutex(State(mailroom: mailroom, ledger: ledger))
        eventDelayMilliseconds = Int64(options.eventDelayMilliseconds)
        logsKeptMilliseconds = options.logsKeptSeconds.map { Int64($0) * 1000 }
        self.clock = clock
    }

    /// The provider's time.
    var now: Timestamp { clock() }

    /// Takes a request in, one message a recipient.
    ///
    /// `lateMilliseconds` is how much later than usual its events can be seen; `messageID` names
    /// a message in the form of its vendor, by the time and its number in the request.
    func accept(
        _ request: SendRequest, body: BodyDigest, lateMilliseconds: Int = 0,
        messageID: @Sendable (_ now: Timestamp, _ number: Int) -> String
    ) throws(LedgerError) {
        try state.withLock { state throws(LedgerError) in
            let now = moment(in: state)
            let visibleAt = now.advanced(
                byMilliseconds: eventDelayMilliseconds + Int64(lateMilliseconds))
            let entries = request.recipients.enumerated().map { number, recipient in
                LedgerEntry.accepted(
                    AcceptedMessage(
                        acceptedAt: now, visibleAt: visibleAt,
                        messageID: messageID(now, number), from: request.from,
                        to: recipient.address, subject: recipient.subject,
                        customArguments: recipient.customArguments,
                        headerMessageID: recipient.headerMessageID, stream: request.stream,
                        behaviour: Behaviour(address: recipient.address),
                        outcome: state.mailroom.outcome(of: recipient.address), body: body,
                        attachments: request.attachments))
            }
            try record(entries, in: &state)
        }
    }

    /// The list that keeps mails to an address from being sent, if one does.
    func suppression(of email: String) -> (list: ListName, row: SuppressionRow)? {
        state.withLock { $0.mailroom.suppression(of: email) }
    }

    /// What can be seen to have happened, in the order of time, from a place in the journal on:
    /// the first `limit` that are meant.
    func journal(
        from place: Int, until end: Timestamp, limit: Int = .max,
        where isMeant: @Sendable (JournalEntry, AcceptedMessage) -> Bool
    ) -> [(entry: JournalEntry, message: AcceptedMessage)] {
        state.withLock {
            $0.mailroom.journal(from: place, until: end, limit: limit, now: now, where: isMeant)
        }
    }

    /// The first place in the journal that is not before a time.
    func journalPlace(at time: Timestamp) -> Int {
        state.withLock { $0.mailroom.journalPlace(at: time) }
    }

    /// A page of a list.
    func page(of list: ListName, _ query: SuppressionQuery) -> [SuppressionRow] {
        state.withLock { $0.mailroom.list(list).page(query, now: now) }
    }

    /// The visible row of an address, however it is spelled.
    func row(of email: String, in list: ListName) -> SuppressionRow? {
        state.withLock { $0.mailroom.list(list).row(of: email) }
            .flatMap { $0.visibleAt <= now ? $0 : nil }
    }

    /// Deletes an address from a list; false where no visible row has that very spelling.
    ///
    /// How the vendor spells the address of a row is not documented, and other vendors tell case
    /// apart: who lifts must use the spelling that was listed.
    func lift(_ email: String, from list: ListName) throws(LedgerError) -> Bool {
        try state.withLock { state throws(LedgerError) in
            guard let row = state.mailroom.list(list).row(of: email), row.email == email,
                row.visibleAt <= now
            else { return false }
            try record(
                [.lifted(.init(at: moment(in: state), list: list, email: email))], in: &state)
            return true
        }
    }

    func search(_ query: LogQuery, limit: Int) -> [LoggedMessage] {
        state.withLock { state in
            let horizon = horizon(of: state)
            return state.mailroom.search(query, limit: limit, now: now, after: horizon)
        }
    }

    func logged(_ messageID: String) -> LoggedMessage? {
        state.withLock { state in
            state.mailroom.logged(messageID, now: now).flatMap {
                $0.message.acceptedAt < horizon(of: state) ? nil : $0
            }
        }
    }

    /// From when on the logs know what was accepted.
    var logsBegin: Timestamp {
        state.withLock { horizon(of: $0) }
    }

    private func horizon(of state: borrowing State) -> Timestamp {
        guard let logsKeptMilliseconds else { return state.forgottenBefore }
        return max(state.forgottenBefore, now.advanced(byMilliseconds: -logsKeptMilliseconds))
    }

    /// The logs forget all that was accepted until now; the ledger and the lists do not.
    func forget() {
        state.withLock { $0.forgottenBefore = now.advanced(byMilliseconds: 1) }
    }

    /// Lets something happen to the newest message to an address; false where there is none.
    func happen(_ kind: LaterKind, to email: String) throws(LedgerError) -> Bool {
        try state.withLock { state throws(LedgerError) in
            guard let message = state.mailroom.newestMessage(to: email) else { return false }
            let now = moment(in: state)
            let event = LedgerEntry.LaterEvent(
                at: now, visibleAt: now.advanced(byMilliseconds: eventDelayMilliseconds),
                messageID: message.messageID, kind: kind)
            try record([.later(event)], in: &state)
            return true
        }
    }

    /// Forgets everything.
    func reset() throws(LedgerError) {
        try state.withLock { state throws(LedgerError) in
            try state.ledger.truncate()
            state.mailroom = SandboxState()
            state.forgottenBefore = Timestamp(milliseconds: .min)
        }
    }

    /// All messages that were accepted.
    var messages: [AcceptedMessage] {
        state.withLock { $0.mailroom.messages }
    }

    /// The part of the ledger after its first `sequence` lines, as the bytes it lies between.
    func ledgerRange(after sequence: Int) -> Range<Int> {
        state.withLock { $0.ledger.start(after: sequence)..<$0.ledger.byteCount }
    }

    func readLedger(_ range: Range<Int>) throws(LedgerError) -> [UInt8] {
        try state.withLock { state throws(LedgerError) in
            try state.ledger.read(from: range.lowerBound, upTo: range.count)
        }
    }

    /// Now, but never before what the ledger already holds: rows are kept in the order of time.
    private func moment(in state: borrowing State) -> Timestamp {
        max(now, state.mailroom.latest)
    }

    private func record(_ entries: [LedgerEntry], in state: inout State) throws(LedgerError) {
        try state.ledger.append(entries)
        for entry in entries { state.mailroom.apply(entry) }
    }
}

/// A message that a provider would take, to one recipient or more.
struct SendRequest: Hashable, Sendable {
    var from: String
    var recipients: [Recipient]
    var attachments: [AttachmentSize]
    /// Postmark's message stream.
    var stream: String?
    /// Everything is checked and nothing sent (SendGrid's `mail_settings.sandbox_mode`).
    var isRehearsal = false

    /// One address, with what the request says for it.
    struct Recipient: Hashable, Sendable {
        var address: String
        var subject: String
        /// The client's own ids: SendGrid's custom arguments, Postmark's Metadata, Mailgun's
        /// variables.
        var customArguments: [JSONValue.Member]
        var headerMessageID: String?
    }
}
