import FoundationEssentials

/// A stretch of time in whole seconds since 1970, the end not included.
struct SecondsWindow: Hashable {
    var start: Int64
    var end: Int64

    /// All of a stretch of time, and at most a second more on either side.
    init(covering start: Date, _ end: Date) {
        self.init(
            start: Int64(start.timeIntervalSince1970.rounded(.down)),
            end: Int64(end.timeIntervalSince1970.rounded(.up)))
    }

    init(start: Int64, end: Int64) {
        self.start = start
        self.end = end
    }

    var isEmpty: Bool { start >= end }

    var endDate: Date { Date(timeIntervalSince1970: Double(end)) }

    /// Two parts of it; nil for a single second.
    var halves: (SecondsWindow, SecondsWindow)? {
        guard end - start > 1 else { return nil }
        let middle = start + (end - start) / 2
        return (SecondsWindow(start: start, end: middle), SecondsWindow(start: middle, end: end))
    }
}
