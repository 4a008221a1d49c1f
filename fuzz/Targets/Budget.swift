import Glibc

/// What one input may cost, of the processor and of memory.
struct Budget: Hashable, Sendable {
    /// Of an ordinary release build.
    let milliseconds: Double
    let megabytes: Double

    /// No reader of a mail or row takes more, whatever it holds.
    static let row = Budget(milliseconds: 50, megabytes: 64)
    /// Files that a person hands over, one at a time.
    static let file = Budget(milliseconds: 1_000, megabytes: 256)
    /// What `draw-logo` is given before it is ended.
    static let picture = Budget(milliseconds: 5_000, megabytes: 768)

    /// Does some work, and throws a `BrokenProperty` where it cost more.
    ///
    /// `slowness` is how many times slower than a release build this one is. What is too slow is
    /// done twice, since the first time of anything makes tables.
    @discardableResult
    func hold(slowness: Double, _ work: () throws -> Void) throws -> Cost {
        let limit = milliseconds * slowness
        var cost = try Cost(work)
        if cost.milliseconds > limit { cost = try Cost(work) }
        guard cost.milliseconds <= limit else {
            throw BrokenProperty(
                description: "took \(Int(cost.milliseconds)) ms, of at most \(Int(limit))")
        }
        guard cost.megabytes <= megabytes else {
            throw BrokenProperty(
                description: "took \(Int(cost.megabytes)) MB, of at most \(Int(megabytes))")
        }
        return cost
    }
}

/// What some work cost: the processor's time of this thread, and how far memory grew beyond all
/// that the process had needed before.
struct Cost {
    let milliseconds: Double
    let megabytes: Double

    init(_ work: () throws -> Void) rethrows {
        let (time, memory) = (Self.time(), Self.peak())
        try work()
        milliseconds = Self.time() - time
        megabytes = Self.peak() - memory
    }

    private static func time() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1_000 + Double(time.tv_nsec) / 1_000_000
    }

    /// The most memory that the process has ever had, in megabytes.
    static func peak() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_maxrss) / 1_024
    }
}
