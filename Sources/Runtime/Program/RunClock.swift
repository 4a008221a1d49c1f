package import FoundationEssentials

/// What time it is for the business: now, or the instant that --as-of names.
package struct RunClock: Sendable {
    private let fixed: Date?

    package init(fixed: Date? = nil) {
        self.fixed = fixed
    }

    package var now: Date {
        fixed ?? Date()
    }
}
