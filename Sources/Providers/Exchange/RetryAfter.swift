import Wire
import FoundationEssentials
import Transport

/// How long a provider asks us to wait, however long that is.
enum RetryAfter {
    /// A longer wait than this is a mistake, and held to it; a shorter one than a second too.
    static let secondsRange = 1...30 * 86_400

    /// Headers that name an instant or a number of seconds.
    private static let resets = ["X-RateLimit-Reset", "X-Request-Reset", "RateLimit-Reset"]

    /// Reads `Retry-After` (RFC 9110 § 10.2.3: seconds or a date), then the reset of a rate limit,
    /// then the words; nil where none says it.
    static func seconds(_ response: HTTPResponse, words: String, now: Date) -> Int? {
        if let text = response.header("Retry-After") {
            if let seconds = Double(text), seconds >= 0 { return held(seconds) }
            if let date = HeaderDate.http(text) { return held(date.timeIntervalSince(now)) }
        }
        for name in resets {
            guard let text = response.header(name), let number = Double(text), number > 0 else {
                continue
            }
            return held(reset(number, now: now))
        }
        return WaitWords.seconds(in: words, now: now).map(held)
    }

    /// The wait that words ask for, as `try again after 120 seconds`.
    static func seconds(inWords words: String, now: Date) -> Int? {
        WaitWords.seconds(in: words, now: now).map(held)
    }

    /// Some vendors give the seconds that are left, some those since 1970, some thousandths of
    /// them: the numbers lie too far apart to be taken for each other.
    private static func reset(_ number: Double, now: Date) -> Double {
        switch number {
        case ..<100_000_000: number
        case ..<100_000_000_000: number - now.timeIntervalSince1970
        default: number / 1000 - now.timeIntervalSince1970
        }
    }

    private static func held(_ seconds: Double) -> Int {
        let most = Double(secondsRange.upperBound)
        return max(secondsRange.lowerBound, Int(min(seconds, most).rounded(.up)))
    }
}
