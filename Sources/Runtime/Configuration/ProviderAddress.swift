import FoundationEssentials

/// What an address must be for a provider's key to be sent to it.
enum ProviderAddress {
    /// Over https anywhere, over plain http to this machine only; no credentials, query or fragment.
    static func isAllowed(_ text: String) -> Bool {
        guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty,
            parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil
        else { return false }
        switch parts.scheme {
        case "https": return true
        case "http": return ["127.0.0.1", "localhost", "[::1]", "::1"].contains(host)
        default: return false
        }
    }

    /// So that a path can be put behind it.
    static func withoutSlash(_ text: String) -> String {
        text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}
