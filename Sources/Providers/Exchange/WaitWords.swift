import Wire
import FoundationEssentials

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
