import Foundation
import TestSupport
import Testing
import Wire

struct HeaderDateTests {
    @Test(arguments: [
        (0.0, "Thu, 1 Jan 1970 00:00:00 +0000"), (1_795_489_800, "Tue, 24 Nov 2026 03:10:00 +0000"),
        (-1, "Wed, 31 Dec 1969 23:59:59 +0000"), (951_782_399, "Mon, 28 Feb 2000 23:59:59 +0000"),
    ])
    func `dates are written as RFC 5322 has them`(seconds: Double, text: String) {
        #expect(HeaderDate.mail(Date(timeIntervalSince1970: seconds)) == text)
    }

    @Test(arguments: [
        ("24-Nov-2026 19:00:00 +0100", 1_795_543_200.0),
        (" 4-nov-2026 00:00:00 +0000", 1_793_750_400),
        ("01-Jan-1970 00:00:00 +0100", -3_600), ("31-Dec-1969 23:59:59 +0000", nil),
        ("24-Nov-26 19:00:00 +0100", nil), ("24-Nov-2026 24:00:00 +0000", nil),
        ("24-Nov-2026 19:00 +0000", nil), ("24-Nov-2026 19:00:00", nil), ("", nil),
        ("32-Nov-2026 19:00:00 +0000", nil), ("24-Foo-2026 19:00:00 +0000", nil),
    ])
    func `dates of IMAP are read`(text: String, seconds: Double?) {
        #expect(HeaderDate.imap(text)?.timeIntervalSince1970 == seconds)
    }

    @Test(arguments: [
        "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994", "sun, 06 nov 1994 08:49:37 utc", "1994-11-06T08:49:37Z",
    ])
    func `the three forms of HTTP are one instant, and ISO's is too`(text: String) {
        #expect(HeaderDate.http(text)?.timeIntervalSince1970 == 784_111_777)
    }

    @Test(arguments: [
        "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 00 Nov 1994 08:49:37 GMT", "Sunday", "", "6",
        "Sun, 06 Nov 99999 08:49:37 GMT", "Sun, 06 Nov 1994 08:61:37 GMT",
    ])
    func `another form is no date`(text: String) {
        #expect(HeaderDate.http(text) == nil)
    }

    @Test func `days are numbered as Foundation's calendar does`() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        var random = SeededNumbers(seed: 1_970)
        for _ in 0..<2_000 {
            let number = random.int(-60_000...2_000_000)
            let (year, month, day) = DayNumber.date(number)
            let moment = Date(timeIntervalSince1970: Double(number) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day], from: moment)
            #expect(parts.year == year && parts.month == month && parts.day == day, "\(number)")
            #expect(DayNumber.number(year: year, month: month, day: day) == number)
        }
    }
}
