/// A point in time by which work is to be done, on a monotonic clock.
package struct Deadline: Sendable {
    private let instant: ContinuousClock.Instant

    /// The point that lies so far ahead of now.
    package init(after duration: Duration) {
        instant = ContinuousClock.now + duration
    }

    /// Whether the deadline is over.
    package var hasPassed: Bool {
        ContinuousClock.now >= instant
    }

    /// The time left, never negative.
    package var remaining: Duration {
        max(.zero, ContinuousClock.now.duration(to: instant))
    }
}
