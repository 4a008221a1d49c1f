import Foundation

/// libpq's connection string, as far as a password in it can be told.
///
/// Both forms of the manual (PostgreSQL 15, 34.1.1) are looked through: `host=… password=…` and
/// `postgresql://user:password@host/…`.
enum Conninfo {
    static func holdsPassword(_ text: String) -> Bool {
        guard text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") else {
            return text.contains(/(^|\s)(ssl)?password\s*=/)
        }
        let rest = text[text.index(after: text.firstIndex(of: ":") ?? text.startIndex)...]
            .drop { $0 == "/" }
        let query = rest.drop { $0 != "?" }
        let decoded = query.removingPercentEncoding ?? String(query)
        let user = rest.prefix { $0 != "/" && $0 != "?" }.split(
            separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        return decoded.contains(/[?&](ssl)?password=/)
            || (user.count == 2 && user[0].contains(":"))
    }
}
