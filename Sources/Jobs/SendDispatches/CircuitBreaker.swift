import Dispatching
import Invoicing

/// Stops a run when the provider fails several times in a row: it needs rest, not more mail.
struct CircuitBreaker {
    let failuresMax: Int
    private var failures = 0
    private(set) var reason: String?

    init(failuresMax: Int) {
        self.failuresMax = failuresMax
    }

    var isOpen: Bool {
        reason != nil
    }

    mutating func note(_ outcome: SubmitOutcome) {
        switch outcome {
        case .accepted, .refused, .bounced, .suppressed, .accountRefused, .untrusted:
            failures = 0
        case .postponed(let last, _), .inDoubt(let last):
            failures += 1
            if failures >= failuresMax {
                reason = "\(failures) failures in a row, the last: \(last)"
            }
        }
    }
}
