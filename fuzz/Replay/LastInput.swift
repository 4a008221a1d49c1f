import Glibc

/// Which input is read at the moment, so that a trap in it can be told.
enum LastInput {
    /// Bytes and not a text: a signal's handler may not allocate.
    nonisolated(unsafe) private static let line = UnsafeMutablePointer<UInt8>.allocate(
        capacity: bytesMax)
    nonisolated(unsafe) private static var count = 0
    private static let bytesMax = 400

    static func name(_ name: String) {
        if count == 0 { watch() }
        let text = Array("fuzz inputs: trapped in \(name)\n".utf8.prefix(bytesMax))
        for (index, byte) in text.enumerated() { line[index] = byte }
        count = name.isEmpty ? 1 : text.count
    }

    private static func watch() {
        for trap in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT] {
            signal(trap) { number in
                if LastInput.count > 1 { write(STDERR_FILENO, LastInput.line, LastInput.count) }
                signal(number, SIG_DFL)
                raise(number)
            }
        }
    }
}
