package import FoundationEssentials
import Glibc

/// How times are written for people; programs always read RFC 3339 in UTC.
package enum TimeStyle: String, Sendable, CaseIterable {
    /// RFC 3339 in UTC, to the second: `2026-11-24T03:10:00Z`.
    case rfc3339
    /// The time of this machine's zone, or of `TZ`: `2026-11-24 04:10:00`.
    case local

    /// The instant in this style.
    package func text(_ date: Date) -> String {
        guard self == .local else { return date.formatted(.iso8601) }
        var seconds = time_t(date.timeIntervalSince1970.rounded(.down))
        var parts = tm()
        // Foundation's zones need its data of all languages; the system's own need nothing.
        tzset()
        guard localtime_r(&seconds, &parts) != nil else { return date.formatted(.iso8601) }
        var bytes = [CChar](repeating: 0, count: 32)
        let count = strftime(&bytes, bytes.count, "%Y-%m-%d %H:%M:%S", &parts)
        return String(decoding: bytes.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
