/// The summary of what has happened to a message (`EmailLogsMessageStatus`).
enum MessageStatus: String, Sendable, CaseIterable {
    case processed, delivered, deferred, dropped, bounced, blocked
}
