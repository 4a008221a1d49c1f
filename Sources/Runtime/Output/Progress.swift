import Synchronization

/// One line on the terminal that shows how far a long work has come.
///
/// Where standard error is no terminal nothing is written, so nothing of it is ever mailed or
/// logged. A log line takes its place, and the next step draws it anew.
package struct Progress {
    static let isShown = Atomic<Bool>(false)

    /// To the line's start, and what stood there deleted (ECMA-48, EL).
    static let wipe = "\r\u{1b}[K"

    private let label: String
    private let isOn: Bool
    private var next = ContinuousClock.now

    package init(_ label: String) {
        self.init(label, isOn: Output.hasColour)
    }

    init(_ label: String, isOn: Bool) {
        self.label = label
        self.isOn = isOn
    }

    /// Shows the count, at most ten times a second.
    package mutating func show(_ done: Int, of total: Int? = nil) {
        guard isOn, ContinuousClock.now >= next else { return }
        next = ContinuousClock.now + .milliseconds(100)
        Self.isShown.store(true, ordering: .relaxed)
        _ = Output.write(Self.wipe + text(done, of: total), to: 2)
    }

    func text(_ done: Int, of total: Int?) -> String {
        guard let total, total > 0 else { return "\(label) \(done)" }
        return "\(label) \(done)/\(total) (\(min(100, done * 100 / total)) %)"
    }

    /// Takes the line away.
    package func end() {
        guard Self.isShown.exchange(false, ordering: .relaxed) else { return }
        _ = Output.write(Self.wipe, to: 2)
    }
}
