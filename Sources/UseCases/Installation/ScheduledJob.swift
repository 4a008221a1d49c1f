/// A program that a timer runs, and whose runs are recorded.
package enum ScheduledJob: String, CaseIterable, Sendable {
    case generateInvoices = "generate-invoices"
    case sendDispatches = "send-dispatches"
    case reconcileBounces = "reconcile-bounces"

    /// The program's name, which its unit and its timer bear too.
    package var name: String { rawValue }

    /// The longest acceptable time between two successes, in seconds: a night and two hours, and a
    /// few runs of what runs often.
    package var silenceSecondsMax: Double {
        switch self {
        case .generateInvoices: 26 * 3_600
        case .sendDispatches: 15 * 60
        case .reconcileBounces: 3_600
        }
    }

    /// The names of all.
    package static var names: [String] { allCases.map(\.name) }

    /// Its timer's unit, as `send-dispatches.timer`.
    var timer: String { "\(name).timer" }
}
