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
            if let date = HTTPDate.date(text) { return clamped(date.timeIntervalSince(now)) }
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
}
