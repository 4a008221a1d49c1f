/// The parts of a vendor's API, as faults and the summary name them.
///
/// | part | SendGrid | Postmark | Mailgun |
/// |---|---|---|---|
/// | `send` | mail/send | email | messages |
/// | `lists` | suppression lists | bounces, suppressions | suppression lists |
/// | `logs` | logs | messages/outbound | events |
/// | `delete` | from a list | from the suppressions | from a list |
enum Endpoint: String, Hashable, Sendable, CaseIterable {
    case send, lists, logs, delete
}
