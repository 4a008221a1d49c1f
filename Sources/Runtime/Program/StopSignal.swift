import Foundation
import Synchronization

/// Whether somebody asked the program to stop: SIGTERM or SIGINT.
///
/// The first asks: what is in flight is finished, the rest given back. The second ends at once.
package struct StopSignal: Sendable {
    private static let received = Atomic<Int32>(0)

    package init() {}

    /// Begins to listen; SIGPIPE is ignored, since a reader that went away is no reason to die.
    package static func install() {
        signal(SIGPIPE, SIG_IGN)
        for number in [SIGTERM, SIGINT] {
            signal(number) { number in
                // Only what is safe in a signal handler: an atomic, and _exit.
                let first = StopSignal.received.exchange(number, ordering: .relaxed)
                if first != 0 { _exit(128 + number) }
            }
        }
    }

    package var isRequested: Bool {
        Self.received.load(ordering: .relaxed) != 0
    }

    /// How a stopped program ends.
    package var exit: BudstikkeExit? {
        switch Self.received.load(ordering: .relaxed) {
        case SIGINT: .interrupted
        case SIGTERM: .tryAgain
        default: nil
        }
    }
}
