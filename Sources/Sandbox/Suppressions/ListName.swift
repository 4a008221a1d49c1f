/// SendGrid's lists that can be polled and lifted from, in the order in which they are asked.
enum ListName: String, Sendable, CaseIterable {
    case bounces
    case invalidEmails = "invalid_emails"
    case spamReports = "spam_reports"
    case blocks
}
