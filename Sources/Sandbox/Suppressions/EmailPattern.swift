/// What the parameter `email` of a list asks for.
enum EmailPattern: Hashable, Sendable {
    /// The whole address (invalid_emails).
    case exact(String)
    /// How it begins, where `%` stands for any letters (the other lists, `EmailPartialMatch`).
    case prefix(String)

    init(_ text: String, in list: ListName) {
        self = list == .invalidEmails ? .exact(text) : .prefix(text)
    }

    func matches(_ email: String) -> Bool {
        switch self {
        case .exact(let text): email.lowercased() == text.lowercased()
        case .prefix(let pattern): Self.matches(email.lowercased(), pattern.lowercased())
        }
    }

    /// Takes each part between wildcards at the first place where it stands: for a prefix, that is
    /// as good as trying them all.
    private static func matches(_ email: String, _ pattern: String) -> Bool {
        let parts = pattern.split(separator: "%", omittingEmptySubsequences: false)
        guard let first = parts.first, email.hasPrefix(first) else { return false }
        var rest = email.dropFirst(first.count)
        for part in parts.dropFirst() where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }
}
