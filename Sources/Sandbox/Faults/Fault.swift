/// An order to misbehave: how, where, and when.
struct Fault: Hashable, Sendable {
    var kind: FaultKind
    /// Where; everywhere that the kind means something, if it is not said.
    var endpoint: Endpoint?
    var trigger: Trigger
    /// Only for requests that name an address in which this stands.
    var match: String?
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
    func concerns(_ endpoint: Endpoint, addresses: [String]) -> Bool {
        guard kind.endpoints.contains(endpoint), self.endpoint ?? endpoint == endpoint else {
            return false
        }
        guard let match else { return true }
        return addresses.contains { $0.lowercased().contains(match.lowercased()) }
    }
}
