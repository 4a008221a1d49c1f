import Glibc

/// The target that this process fuzzes; libFuzzer's callback can hold none.
enum Chosen {
    nonisolated(unsafe) static var target: FuzzTarget?
    nonisolated(unsafe) private static var slowest = 0.0

    /// Counting edges makes the code so many times slower.
    static let slowness = 4.0

    static func read(_ bytes: [UInt8]) {
        guard let target else { return }
        do {
            let cost = try target.budget.hold(slowness: slowness) { try target.read(bytes) }
            guard cost.milliseconds > slowest else { return }
            // The first time of anything makes tables.
            let again = try Cost { try target.read(bytes) }
            slowest = max(slowest, min(cost.milliseconds, again.milliseconds))
        } catch {
            say("broken: \(target.name): \(error)")
            abort()
        }
    }

    static func sayAtTheEnd() {
        atexit { say("slowest: \(Int(Chosen.slowest.rounded(.up))) ms") }
    }
}

/// Writes a line beside those of libFuzzer's.
func say(_ line: String) {
    let bytes = Array("\(line)\n".utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
}
