import FoundationEssentials

/// A time as Postmark writes it: `2016-04-27T16:28:50.3963933-04:00`, with up to seven fractional
/// digits, and in some places without a zone, which then means US Eastern.
enum PostmarkTime {
    /// No valid time is longer.
    private static let bytesMax = 64

    static func date(_ text: String) -> Date? {
        guard text.utf8.count <= bytesMax else { return nil }
        let parts = text.split(separator: "T", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        let clock = parts[1].prefix { $0.isNumber || ":.".contains($0) }
        let zone = parts[1].dropFirst(clock.count)
        let whole = clock.prefix { $0 != "." }
        let fraction = Double("0" + clock.dropFirst(whole.count)) ?? 0
        let plain = "\(parts[0])T\(whole)"
        guard
            // A time in another format is not recognised.
            let read = try? Date(plain + (zone.isEmpty ? "Z" : zone), strategy: .iso8601),
            VendorTime.held(read) != nil
        else { return nil }
        var seconds = read.timeIntervalSince1970
        if zone.isEmpty { seconds = Double(EasternTime.seconds(Int64(seconds))) }
        return VendorTime.held(Date(timeIntervalSince1970: seconds + fraction))
    }
}

/// US Eastern Time, used by Postmark's `fromdate` and `todate`, for the years since 2007.
///
/// Computed by rule, since the time zone database is not used here: an hour ahead of UTC-5 from
/// 2:00 on the second Sunday of March to 2:00 on the first Sunday of November (15 U.S.C. § 260a).
enum EasternTime {
    private static let hour: Int64 = 3600
    private static let day: Int64 = 86_400

    /// The local time to query from, `2026-11-24T04:05:06`: never later than the instant.
    ///
    /// One hour a year occurs twice. The text can't say which is meant, so it is the last second
    /// before it.
    static func from(_ seconds: Int64) -> String {
        let repeated = repeatedHours(around: seconds)
        return text(repeated.contains(seconds) ? repeated.lowerBound - 1 : seconds)
    }

    /// The local time to query up to: never earlier than the instant.
    static func to(_ seconds: Int64) -> String {
        let repeated = repeatedHours(around: seconds)
        return text(repeated.contains(seconds) ? repeated.upperBound : seconds)
    }

    /// Parses a time without a zone; an ambiguous one is taken as the first.
    static func seconds(_ local: Int64) -> Int64 {
        let summer = local + 4 * hour
        return isSummer(summer) ? summer : local + 5 * hour
    }

    private static func text(_ seconds: Int64) -> String {
        let local = seconds - (isSummer(seconds) ? 4 : 5) * hour
        let text = Date(timeIntervalSince1970: Double(local)).formatted(.iso8601)
        return String(text.dropLast())
    }

    private static func isSummer(_ seconds: Int64) -> Bool {
        summer(ofYearAt: seconds).contains(seconds)
    }

    /// The two hours with the same local time.
    private static func repeatedHours(around seconds: Int64) -> Range<Int64> {
        let end = summer(ofYearAt: seconds).upperBound
        return (end - hour)..<(end + hour)
    }

    /// Both ends are at 2:00 in the local time that ends there.
    private static func summer(ofYearAt seconds: Int64) -> Range<Int64> {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let year = calendar.component(
            .year, from: Date(timeIntervalSince1970: Double(seconds - 5 * hour)))
        func sunday(_ number: Int64, ofMonth month: Int) -> Int64 {
            let components = DateComponents(year: year, month: month, day: 1)
            let first = calendar.date(from: components) ?? .distantPast
            let start = Int64(first.timeIntervalSince1970)
            // 1 January 1970 was a Thursday.
            let weekday = (start / day + 4) % 7
            return start + ((7 - weekday) % 7 + 7 * (number - 1)) * day
        }
        return (sunday(2, ofMonth: 3) + 7 * hour)..<(sunday(1, ofMonth: 11) + 6 * hour)
    }
}
