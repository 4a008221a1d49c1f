package import Logging

/// What a job is given to run with.
package struct RunContext: Sendable {
    package var settings: Settings
    package var clock: RunClock
    package var log: Logger
    package var stop: StopSignal
    package var output: Output
    /// Change nothing, and say what would be done.
    package var isDryRun: Bool
    /// The only tenant to work for, where one is named.
    package var tenantID: Int64?
    /// At most this many items, where a limit is set.
    package var limit: Int?

    package init(
        settings: Settings, clock: RunClock = RunClock(), log: Logger,
        stop: StopSignal = StopSignal(), output: Output = Output(isJSON: false),
        isDryRun: Bool = false, tenantID: Int64? = nil, limit: Int? = nil
    ) {
        self.settings = settings
        self.clock = clock
        self.log = log
        self.stop = stop
        self.output = output
        self.isDryRun = isDryRun
        self.tenantID = tenantID
        self.limit = limit
    }

    /// How the program ends after a run that came to its end: stopped, with failures, or done.
    package func exit(after summary: RunSummary?) -> BudstikkeExit {
        stop.exit ?? summary?.exit ?? .done
    }
}
