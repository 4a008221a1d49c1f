import FoundationEssentials
import Transport

/// How long a provider asks us to wait, as far as what it says is sane.
enum RetryAfter {
    /// A provider's clock or mistake must neither hammer it nor stop us for a day.
    static let secondsRange = 1...900

    /// Reads `Retry-After` (RFC 9110 § 10.2.3: seconds or a date), then `X-RateLimit-Reset`
    /// (seconds since 1970); nil where neither can be read.
    static func seconds(_ response: HTTPResponse, now: Date) -> Int? {
        if let text = response.header("Retry-After") {
            if let seconds = Double(text), seconds >= 0 { return clamped(seconds) }
            if let date = httpDate(text) { return clamped(date.timeIntervalSince(now)) }
        }
        guard let text = response.header("X-RateLimit-Reset"), let epoch = Double(text),
            epoch > 0
        else { return nil }
        return clamped(epoch - now.timeIntervalSince1970)
    }

    private static func clamped(_ seconds: Double) -> Int {
        guard seconds.isFinite else { return secondsRange.upperBound }
        let most = Double(secondsRange.upperBound)
        return max(secondsRange.lowerBound, Int(min(seconds, most).rounded(.up)))
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The one form of RFC 9110 § 5.6.7 that servers send: `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static func httpDate(_ text: String) -> Date? {
        let parts = text.split { $0 == " " || $0 == ":" }
        guard parts.count == 8, parts[0].hasSuffix(","), parts[7] == "GMT",
            let day = Int(parts[1]), let month = months.firstIndex(of: String(parts[2])),
            let year = Int(parts[3]), let hour = Int(parts[4]), let minute = Int(parts[5]),
            let second = Int(parts[6])
        else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar.date(
            from: DateComponents(
                year: year, month: month + 1, day: day, hour: hour, minute: minute,
                second: second))
    }
}
