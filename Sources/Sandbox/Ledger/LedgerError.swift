import Glibc

/// Why the ledger can't be kept; the sandbox then accepts nothing.
package struct LedgerError: Error, Hashable, CustomStringConvertible {
    /// What was being done, as `open the ledger /tmp/ledger.jsonl`.
    package var action: String
    /// What stood in the way, as `Permission denied`.
    package var cause: String

    init(action: String, cause: String) {
        self.action = action
        self.cause = cause
    }

    /// The error of the system call that just failed.
    init(failedTo action: String) {
        self.init(action: action, cause: String(cString: strerror(errno)))
    }

    package var description: String {
        "cannot \(action): \(cause)"
    }
}
