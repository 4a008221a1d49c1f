import HTTPTypes

/// The parts of the vendor's API, as faults and the summary name them.
enum Endpoint: String, Hashable, Sendable, CaseIterable {
    case send, lists, logs, delete

    init?(method: HTTPRequest.Method, path: some StringProtocol) {
        if path.hasPrefix("/v3/mail/send") {
            self = .send
        } else if path.hasPrefix("/v3/suppression/") {
            self = method == .delete ? .delete : .lists
        } else if path.hasPrefix("/v3/logs") {
            self = .logs
        } else {
            return nil
        }
    }
}
