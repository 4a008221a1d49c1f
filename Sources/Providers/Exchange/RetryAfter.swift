import FoundationEssentials
import Transport
import Wire

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

/// Reads out of a server's words how long it wants us to wait: `try again after 120 seconds`,
/// `… in 2 hours and 5 minutes`, `… after Mon, 25 Aug 2025 07:00:31 UTC`.
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

    /// The words in which a wait is told, at the most, and their bytes.
    private static let wordsMax = 8
    private static let wordBytesMax = 120

    /// Seconds from now, which are fewer than none where the instant has passed.
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

    /// A date in one of its forms, the longest first; the weekday's comma is gone.
    private static func date(_ words: [Substring]) -> Date? {
        (1...6).reversed().lazy.filter { $0 <= words.count }
            .compactMap { HeaderDate.http(words.prefix($0).joined(separator: " ")) }.first
    }

    /// Numbers with their units, as long as they follow each other.
    private static func duration(_ words: ArraySlice<Substring>) -> Double? {
        var rest = words
        var sum: Double?
        while let (seconds, after) = part(rest) {
            sum = (sum ?? 0) + seconds
            rest = after.first == "and" ? after.dropFirst() : after
        }
        return sum
    }

    /// `5 minutes`, `an hour` or `120s`, and what stands behind it.
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

/// The beginning of what a server says, in small letters, in which words are looked for.
///
/// It is looked through byte by byte: what looks for characters in a stranger's text looks back as
/// far as a character may reach, which somebody can make long. ASCII alone has small letters here.
struct AnswerWords {
    /// What a server has to say stands in its first lines.
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

    /// What stands behind a word, at most so many bytes of it.
    func after(_ word: String, bytesMax: Int) -> String? {
        bytes[...].place(of: word).map {
            String(decoding: bytes[$0.upperBound...].prefix(bytesMax), as: UTF8.self)
        }
    }
}
