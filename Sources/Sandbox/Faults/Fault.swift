/// An order to misbehave: how, where, and when.
struct Fault: Hashable, Sendable {
    var kind: FaultKind
    /// Where; everywhere that the kind means something, if it is not said.
    var endpoint: Endpoint?
    var trigger: Trigger
    /// Only for requests that name an address in which this stands.
    var recipient: String?
    /// Only for messages in whose subject this stands.
    var subject: String?
    /// What is answered, where the kind is that.
    var answer: ScriptedAnswer?
    var retryAfterSeconds: Int?
    var delayMilliseconds = 20
    var rows = 1

    enum Trigger: Hashable, Sendable {
        /// The next so many times.
        case count(Int)
        /// With a chance from 0 to 1, the same course for the same seed.
        case probability(Double, seed: UInt64)
    }

    /// Whether a request is one of those that are meant.
    func concerns(_ endpoint: Endpoint, addresses: [String], subjects: [String] = []) -> Bool {
        guard kind.endpoints.contains(endpoint), self.endpoint ?? endpoint == endpoint else {
            return false
        }
        return Self.stands(recipient, in: addresses) && Self.stands(subject, in: subjects)
    }

    private static func stands(_ part: String?, in texts: [String]) -> Bool {
        guard let part = part?.lowercased() else { return true }
        return texts.contains { $0.lowercased().contains(part) }
    }
}

/// An answer word for word.
struct ScriptedAnswer: Hashable, Sendable {
    var status: Int
    var headers: [String: String]
    var body: String
}
