/// A moment to be done by, on a clock that no change of the time of day moves.
package struct Deadline: Sendable {
    private let instant: ContinuousClock.Instant

    package init(after duration: Duration) {
        instant = ContinuousClock.now + duration
    }

    package var hasPassed: Bool {
        ContinuousClock.now >= instant
    }

    /// What is left, and never less than nothing.
    package var remaining: Duration {
        max(.zero, ContinuousClock.now.duration(to: instant))
    }
}
