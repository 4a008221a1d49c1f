import FoundationEssentials

/// The times that a provider may tell of: nothing before 2000 or after 2200 is one.
enum VendorTime {
    /// In seconds since 1970.
    static let range = 946_684_800.0...7_258_118_400.0

    /// The date where it is one of them.
    static func held(_ date: Date) -> Date? {
        range.contains(date.timeIntervalSince1970) ? date : nil
    }
}
