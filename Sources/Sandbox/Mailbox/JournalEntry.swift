/// One thing that happened to one message, and when.
struct JournalEntry: Hashable, Sendable {
    /// Its place in the journal.
    var index: Int
    var at: Timestamp
    /// From when it can be seen.
    var visibleAt: Timestamp
    /// The place of its message.
    var place: Int
    /// Its place among the events of its message.
    var number: Int
    var happening: MailEvent
}
