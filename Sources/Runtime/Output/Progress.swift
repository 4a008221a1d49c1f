import Foundation
import Synchronization

/// One line on the terminal that shows the progress of a long operation.
///
/// Nothing is written if standard error is not a terminal, so it never ends up in mail or logs. A
/// log line replaces it, and the next step draws it again.
package struct Progress {
    static let isShown = Atomic<Bool>(false)

    /// Moves to the start of the line and clears it (ECMA-48, EL).
    static let wipe = "\r\u{1b}[K"

    private let label: String
    /// Whether anything is shown, so that what is only counted for it need not be.
    package let isOn: Bool
    private let start = ContinuousClock.now
    private var next = ContinuousClock.now

    /// Shows progress under this label, if standard error is a terminal.
    package init(_ label: String) {
        self.init(
            label,
            isOn: Output.isErrorTerminal
                && ProcessInfo.processInfo.environment["TERM"] != "dumb")
    }

    init(_ label: String, isOn: Bool) {
        self.label = label
        self.isOn = isOn
    }

    /// Shows the count, at most ten times a second; `total` is nil where it is unknown.
    package mutating func show(_ done: Int, of total: Int? = nil) {
        guard isOn, ContinuousClock.now >= next else { return }
        next = ContinuousClock.now + .milliseconds(100)
        Self.isShown.store(true, ordering: .relaxed)
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        let line = text(done, of: total, seconds: Double(seconds) + Double(attoseconds) / 1e18)
        let shown = Screen.of(2).columns.map { String(line.prefix($0 - 1)) } ?? line
        _ = Output.write(Self.wipe + shown, to: 2)
    }

    /// The count, the share, the rate, and the time left; a rate is known after a second.
    func text(_ done: Int, of total: Int?, seconds: Double = 0) -> String {
        var line = "\(label) \(done)"
        if let total, total > 0 { line += "/\(total) (\(min(100, done * 100 / total)) %)" }
        guard seconds >= 1, done > 0 else { return line }
        let rate = Double(done) / seconds
        line += rate >= 1 ? ", \(Int(rate.rounded())) a second" : ", \(Int(rate * 60)) a minute"
        guard let total, total > done else { return line }
        return line + ", \(Self.clock(Double(total - done) / rate)) left"
    }

    /// Seconds as `0:42`, `12:05` or `3:04:00`.
    private static func clock(_ seconds: Double) -> String {
        let whole = Int(min(seconds.rounded(.up), 359_999))
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let (hours, minutes) = (whole / 3_600, whole / 60 % 60)
        return (hours > 0 ? "\(hours):\(two(minutes))" : "\(minutes)") + ":\(two(whole % 60))"
    }

    /// Removes the line.
    package func end() {
        guard Self.isShown.exchange(false, ordering: .relaxed) else { return }
        _ = Output.write(Self.wipe, to: 2)
    }
}
