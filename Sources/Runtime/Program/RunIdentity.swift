package import Foundation
import Synchronization

/// The id of what this process does now: it stands in every line of its log, and of a recorded run
/// it is the one that `budstikke runs` lists.
package enum RunIdentity {
    private static let id = Mutex(UUID())

    /// The id of the run.
    package static var current: UUID { id.withLock(\.self) }

    /// Begins another run in the same process, as a loop does, and returns its id.
    package static func renew() -> UUID {
        id.withLock {
            $0 = UUID()
            return $0
        }
    }
}
