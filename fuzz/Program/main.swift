import CLibFuzzer
import Glibc

/// `fuzz TARGET [libFuzzer's options and folders]`, as `scripts/fuzz` starts it.
///
/// What breaks a property ends the process as a trap would, and libFuzzer keeps the input.
let words = CommandLine.arguments
guard words.count > 1, let target = FuzzTarget.named(words[1]) else {
    say("fuzz: give a target: \(FuzzTarget.all.map(\.name).joined(separator: " "))")
    exit(64)
}
Chosen.target = target
Chosen.sayAtTheEnd()

// What hangs is no matter of milliseconds, and what the process has beside an input is little.
let limits = [
    "-max_len=\(target.bytesMax)", "-timeout=20",
    "-rss_limit_mb=\(Int(target.budget.megabytes) + 1_000)",
]
var arguments = ([words[0]] + limits + words.dropFirst(2)).map { strdup($0) } + [nil]
var count = Int32(arguments.count - 1)
exit(
    arguments.withUnsafeMutableBufferPointer { pointer in
        var start = pointer.baseAddress
        return LLVMFuzzerRunDriver(&count, &start) { bytes, count in
            Chosen.read(Array(UnsafeBufferPointer(start: bytes, count: count)))
            return 0
        }
    })

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
