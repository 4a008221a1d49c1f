/// One of the provider's lists: one row an address, the newest first.
///
/// An address that comes again gets a new row in place of its old one, as one must assume that the
/// real lists do. Rows come in the order of time, so the array is sorted by itself; a row that is
/// gone leaves a gap, and the gaps are closed when they are more than the rows.
struct SuppressionList: Sendable {
    private var rows: [SuppressionRow?] = []
    private var places: [String: Int] = [:]

    /// Capitals make no difference to whether an address is suppressed.
    private static func key(_ email: String) -> String {
        email.lowercased()
    }

    var count: Int { places.count }

    /// The row of an address, however it is spelled, seen or not.
    func row(of email: String) -> SuppressionRow? {
        places[Self.key(email)].flatMap { rows[$0] }
    }

    mutating func put(_ row: SuppressionRow) {
        remove(row.email)
        places[Self.key(row.email)] = rows.count
        rows.append(row)
    }

    /// Takes an address off, however it is spelled.
    mutating func remove(_ email: String) {
        guard let place = places.removeValue(forKey: Self.key(email)) else { return }
        rows[place] = nil
        if rows.count > 2 * places.count + 64 { closeGaps() }
    }

    /// A page of what can be seen at `now`.
    func page(_ query: SuppressionQuery, now: Timestamp) -> [SuppressionRow] {
        var page: [SuppressionRow] = []
        var skipped = 0
        for row in rows.reversed() {
            guard let row, row.visibleAt <= now else { continue }
            if let endTime = query.endTime, row.created.seconds > endTime { continue }
            if let startTime = query.startTime, row.created.seconds < startTime { break }
            if let email = query.email, !email.matches(row.email) { continue }
            guard page.count < query.limit else { break }
            if skipped < query.offset {
                skipped += 1
            } else {
                page.append(row)
            }
        }
        return page
    }

    private mutating func closeGaps() {
        rows = rows.filter { $0 != nil }
        for (place, row) in rows.enumerated() {
            if let row { places[Self.key(row.email)] = place }
        }
    }
}

/// A line of one of the provider's lists, without a message id: the real ones have none.
struct SuppressionRow: Hashable, Sendable {
    var created: Timestamp
    /// From when it can be seen.
    var visibleAt: Timestamp
    /// As it was spelled in the mail that put it here.
    var email: String
    var reason: String
    var status: String?

    /// The address that complaints seem to come from (TEST-NET-3, RFC 5737).
    static let sendingIP = "203.0.113.1"

    /// The row in the shape of its list: invalid_emails has no status, spam_reports no reason.
    func json(in list: ListName) -> JSONValue {
        let head: [JSONValue.Member] = [
            .init(name: "created", value: .integer(created.seconds)),
            .init(name: "email", value: .text(email)),
        ]
        let reason = JSONValue.Member(name: "reason", value: .text(reason))
        let status = JSONValue.Member(name: "status", value: .text(status ?? ""))
        return switch list {
        case .blocks, .bounces: .object(head + [reason, status])
        case .invalidEmails: .object(head + [reason])
        case .spamReports: .object(head + [.init(name: "ip", value: .text(Self.sendingIP))])
        }
    }
}

/// Which rows of a list are asked for, and which page of them.
struct SuppressionQuery: Hashable, Sendable {
    /// Both inclusive, in whole seconds.
    var startTime: Int64?
    var endTime: Int64?
    var limit = limitMax
    var offset = 0
    var email: EmailPattern?

    /// "The maximum page size for this endpoint is 500 items per page", and what is given when no
    /// size is asked for.
    static let limitMax = 500
}

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

/// SendGrid's lists that can be polled and lifted from, in the order in which they are asked.
enum ListName: String, Sendable, CaseIterable {
    case bounces
    case invalidEmails = "invalid_emails"
    case spamReports = "spam_reports"
    case blocks
}
