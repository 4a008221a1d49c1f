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
