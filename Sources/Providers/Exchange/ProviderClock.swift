import Glibc
package import FoundationEssentials
package import Wire

/// Time, as a provider knows it: what it is, how to wait, and when to bring its work to an end.
package struct ProviderClock {
    let stop: any StopRequest
    /// By it the provider's words of times are dated.
    let now: () -> Date
    /// Waits so many seconds between two tries to read.
    let pause: (Int) -> Void

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
