import FoundationEssentials
import Transport
import Wire

/// How long a provider asks us to wait, in whatever form it says so.
enum RetryAfter {
    /// Waits outside this range are taken for mistakes and clamped to it.
    static let secondsRange = 1...30 * 86_400

    /// Headers that contain an instant or a number of seconds.
    private static let resets = ["X-RateLimit-Reset", "X-Request-Reset", "RateLimit-Reset"]

    /// Reads `Retry-After` (RFC 9110 § 10.2.3: seconds or a date), then a rate limit's reset, then
    /// the text; nil where none specifies a wait.
    static func seconds(_ response: HTTPResponse, words: String, now: Date) -> Int? {
        if let text = response.header("Retry-After") {
            if let seconds = Double(text), seconds >= 0 { return clamped(seconds) }
            if let date = HeaderDate.http(text) { return clamped(date.timeIntervalSince(now)) }
        }
        for name in resets {
            guard let text = response.header(name), let number = Double(text), number > 0 else {
                continue
            }
            return clamped(reset(number, now: now))
        }
        return WaitWords.seconds(in: words, now: now).map(clamped)
    }

    /// The wait stated in a text, as `try again after 120 seconds`; nil where it states none.
    static func seconds(inWords words: String, now: Date) -> Int? {
        WaitWords.seconds(in: words, now: now).map(clamped)
    }

    /// Vendors give the remaining seconds, the seconds since 1970, or milliseconds since 1970: the
    /// magnitudes differ enough to tell them apart.
    private static func reset(_ number: Double, now: Date) -> Double {
        switch number {
        case ..<100_000_000: number
        case ..<100_000_000_000: number - now.timeIntervalSince1970
        default: number / 1000 - now.timeIntervalSince1970
        }
    }

    private static func clamped(_ seconds: Double) -> Int {
        let most = Double(secondsRange.upperBound)
        return max(secondsRange.lowerBound, Int(min(seconds, most).rounded(.up)))
    }
}

/// Extracts from a server's text how long it wants us to wait: `try again after 120 seconds`, `… in
/// 2 hours and 5 minutes`, `… after Mon, 25 Aug 2025 07:00:31 UTC`.
enum WaitWords {
    private static let marks = [
        "try again after ", "try again in ", "try again at ", "retry after ", "retry in ",
        "retry at ", "again after ", "again in ", "greylisted for ", "please wait ", "wait for ",
        "wait at least ", "until ",
    ]

    private static let units: [(names: Set<Substring>, seconds: Double)] = [
        (["s", "sec", "secs", "second", "seconds"], 1),
        (["m", "min", "mins", "minute", "minutes"], 60),
        (["h", "hr", "hrs", "hour", "hours"], 3600), (["d", "day", "days"], 86_400),
    ]

    /// The most words that a wait may take, and their bytes.
    private static let wordsMax = 8
    private static let wordBytesMax = 120

    /// Seconds from now, negative if the instant has passed; nil where the text states no wait.
    static func seconds(in text: String, now: Date) -> Double? {
        let text = AnswerWords(text)
        return marks.lazy.compactMap { mark -> Double? in
            guard let wait = text.after(mark, bytesMax: wordBytesMax) else { return nil }
            let words = wait.split(separator: " ").prefix(wordsMax)
                .map { $0.trimmingPrefix("(") }
                .map { $0.last.map(".;,)!".contains) == true ? $0.dropLast() : $0 }
            return date(words).map { $0.timeIntervalSince(now) } ?? duration(words[...])
        }.first
    }

    /// A date in one of its formats, the longest first; the comma after the weekday has been
    /// removed.
    private static func date(_ words: [Substring]) -> Date? {
        (1...6).reversed().lazy.filter { $0 <= words.count }
            .compactMap { HeaderDate.http(words.prefix($0).joined(separator: " ")) }.first
    }

    /// Consecutive numbers with units, added up.
    private static func duration(_ words: ArraySlice<Substring>) -> Double? {
        var rest = words
        var sum: Double?
        while let (seconds, after) = part(rest) {
            sum = (sum ?? 0) + seconds
            rest = after.first == "and" ? after.dropFirst() : after
        }
        return sum
    }

    /// `5 minutes`, `an hour` or `120s`, and the words that follow.
    private static func part(
        _ words: ArraySlice<Substring>
    ) -> (seconds: Double, rest: ArraySlice<Substring>)? {
        guard let first = words.first else { return nil }
        let digits = first.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let number = ["a", "an", "one"].contains(first) ? 1 : Double(digits)
        guard let number else { return nil }
        let isWhole = digits.isEmpty || digits == first
        guard let unit = isWhole ? words.dropFirst().first : first.dropFirst(digits.count) else {
            return nil
        }
        guard let seconds = units.first(where: { $0.names.contains(unit) })?.seconds else {
            return nil
        }
        return (number * seconds, words.dropFirst(isWhole ? 2 : 1))
    }
}

/// The beginning of a server's answer in lower case, for finding phrases.
///
/// It is searched byte by byte: searching text from elsewhere by character would look back to the
/// start of a grapheme, which an attacker can make very long. Only ASCII is lower-cased.
struct AnswerWords {
    /// Everything relevant is in an answer's first lines.
    static let bytesMax = 8 << 10

    private let bytes: [UInt8]

    init(_ text: String) {
        bytes = text.utf8.prefix(Self.bytesMax).map {
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0
        }
    }

    func hold(_ word: String) -> Bool {
        bytes[...].place(of: word) != nil
    }

    /// What follows a phrase, at most so many bytes; nil where the phrase does not occur.
    func after(_ word: String, bytesMax: Int) -> String? {
        bytes[...].place(of: word).map {
            String(decoding: bytes[$0.upperBound...].prefix(bytesMax), as: UTF8.self)
        }
    }
}
