import FoundationEssentials

/// A time as Postmark gives it: `2016-04-27T16:28:50.3963933-04:00`, with up to seven digits of a
/// second, and in some places without a zone, which is then US Eastern.
enum PostmarkTime {
    /// No time is longer.
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
            // Another form of time is no time that we know.
            let read = try? Date(plain + (zone.isEmpty ? "Z" : zone), strategy: .iso8601),
            VendorTime.held(read) != nil
        else { return nil }
        var seconds = read.timeIntervalSince1970
        if zone.isEmpty { seconds = Double(EasternTime.seconds(Int64(seconds))) }
        return VendorTime.held(Date(timeIntervalSince1970: seconds + fraction))
    }
}
