import Foundation

/// Waits for what another process or thread brings about, looking again every few milliseconds: the
/// one place where a test waits.
///
/// - Returns: false where it has not come within so many seconds, which is a failure of the test.
package func eventually(
    within seconds: Int = 180, _ condition: () throws -> Bool
) rethrows -> Bool {
    let end = ContinuousClock.now + .seconds(seconds)
    while !(try condition()) {
        guard ContinuousClock.now < end else { return false }
        usleep(10_000)
    }
    return true
}
