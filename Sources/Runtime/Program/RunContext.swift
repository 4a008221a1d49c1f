package import Logging

/// What a job is given to run with.
package struct RunContext: Sendable {
    package var settings: Settings
    package var clock: RunClock
    package var log: Logger
    package var stop: StopSignal
    package var output: Output
    package var isDryRun: Bool
    package var tenantID: Int64?
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
}
