import Glibc
package import FoundationEssentials
package import Wire

/// Time for a provider: the current instant, a way to wait, and the request to stop.
package struct ProviderClock {
    let stop: any StopRequest
    /// Relative times in a provider's answers count from this.
    let now: () -> Date
    /// Waits this many seconds between two attempts to read.
    let pause: (Int) -> Void

    /// The system's time and waiting, unless others are given.
    package init(
        stop: any StopRequest, now: @escaping () -> Date = { Date.now },
        pause: @escaping (Int) -> Void = Self.sleep
    ) {
        self.stop = stop
        self.now = now
        self.pause = pause
    }

    var isStopping: Bool { stop.secondsSinceRequest != nil }

    /// Waits; a signal ends the wait early.
    package static func sleep(seconds: Int) {
        _ = Glibc.sleep(UInt32(clamping: seconds))
    }
}
