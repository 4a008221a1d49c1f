/// The suppression lists of a domain's.
enum MailgunList: String, CaseIterable {
    case bounces, complaints, unsubscribes
}
