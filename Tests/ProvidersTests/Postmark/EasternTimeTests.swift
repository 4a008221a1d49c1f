import Foundation
import Testing

@testable import Providers

@Suite struct EasternTimeTests {
    private static let zone = TimeZone(identifier: "America/New_York")

    private static func local(_ seconds: Int64) throws -> String {
        let zone = try #require(zone)
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
        return String(
            Date(timeIntervalSince1970: Double(seconds + Int64(offset))).ISO8601Format().dropLast())
    }

    @Test func `it is the time in New York, but in the hour that is there twice`() throws {
        var doubled = 0
        // Every 37 minutes of the half months in which the clock changes, and of those around New
        // Year, from 2020 to 2036.
        let days = try (2020...2036).flatMap { year in
            try ["03", "11", "01"].map { month in
                try Date("\(year)-\(month)-01T00:00:00Z", strategy: .iso8601)
            }
        }
        let starts = days.map { Int64($0.timeIntervalSince1970) }
        for seconds in starts.flatMap({ stride(from: $0 - 86_400, to: $0 + 1_296_000, by: 2220) }) {
            let text = try Self.local(seconds)
            let isDoubled =
                try Self.local(seconds - 3600) == text
                || Self.local(seconds + 3600) == text
            if isDoubled {
                doubled += 1
                #expect(EasternTime.from(seconds) < text)
                #expect(EasternTime.to(seconds) > text)
            } else {
                #expect(EasternTime.from(seconds) == text)
                #expect(EasternTime.to(seconds) == text)
            }
        }
        #expect(doubled > 17)
    }

    @Test(arguments: [
        ("2026-11-01T05:59:59Z", "2026-11-01T00:59:59", "2026-11-01T02:00:00"),
        ("2026-11-01T06:30:00Z", "2026-11-01T00:59:59", "2026-11-01T02:00:00"),
        ("2026-11-01T07:00:00Z", "2026-11-01T02:00:00", "2026-11-01T02:00:00"),
        ("2026-03-08T06:59:59Z", "2026-03-08T01:59:59", "2026-03-08T01:59:59"),
        ("2026-03-08T07:00:00Z", "2026-03-08T03:00:00", "2026-03-08T03:00:00"),
        ("2027-01-01T04:59:59Z", "2026-12-31T23:59:59", "2026-12-31T23:59:59"),
    ])
    func `a stretch of time is never asked for too narrowly`(
        _ instant: String, _ from: String, _ to: String
    ) throws {
        let seconds = Int64(try Date(instant, strategy: .iso8601).timeIntervalSince1970)
        #expect(EasternTime.from(seconds) == from)
        #expect(EasternTime.to(seconds) == to)
    }

    @Test(arguments: [
        ("2016-04-27T16:28:50.3963933-04:00", 1_461_788_930.3963933),
        ("2024-08-05T02:03:37.0951168Z", 1_722_823_417.0951168),
        ("2016-04-27T16:28:50-04:00", 1_461_788_930), ("2016-04-27T16:28:50", 1_461_788_930),
        ("2016-01-27T16:28:50.5", 1_453_930_130.5), ("2016-04-27", nil), ("soon", nil),
        ("1999-04-27T16:28:50Z", nil), ("9999-04-27T16:28:50Z", nil), ("", nil), ("T", nil),
    ])
    func `a time of Postmark's is read with all its digits`(_ text: String, _ seconds: Double?) {
        #expect(PostmarkTime.date(text)?.timeIntervalSince1970 == seconds)
    }
}
