import FoundationEssentials
import Store
package import Postgres
package import Runtime

/// Figures for operators in OpenMetrics: the runs, what is waiting, what came back.
///
/// Every figure is a gauge of the database's current state, so that any machine may export it, and
/// it is right after a restart.
package struct ExportMetrics {
    let connection: Connection
    let context: RunContext

    package init(connection: Connection, context: RunContext) {
        self.connection = connection
        self.context = context
    }

    /// In seconds; a program that has not run for so long has no figures.
    private static let rememberedSeconds: Double = 40 * 86_400

    /// Reads all figures.
    package func run() throws -> OpenMetrics {
        let gauges = Gauges(connection)
        let now = context.clock.now
        let silentBefore = now - Double(context.settings.reconcile.silentAfterHours) * 3_600
        return OpenMetrics(
            Self.runs(try gauges.jobs(ScheduledJob.names, since: now - Self.rememberedSeconds))
                + Self.waiting(
                    try gauges.waiting(
                        silentBefore: silentBefore,
                        held: try TenantControls(connection).held(now: now),
                        now: now))
                + Self.provider(
                    events: try gauges.events(storedSince: now - 86_400),
                    sources: try gauges.sources(), pauses: try gauges.pauses(now: now))
                + [
                    OpenMetrics.Gauge(
                        "budstikke_provider_key_expires_timestamp_seconds",
                        "When the provider's keys end, where a setting says it.",
                        context.settings.provider.keyExpires.map {
                            [
                                .init(
                                    $0.endInUTC.timeIntervalSince1970,
                                    ("provider", context.settings.provider.name))
                            ]
                        } ?? []),
                    OpenMetrics.Gauge(
                        "budstikke_database_bytes", "The database's size on disk.",
                        [.init(Double(try gauges.databaseBytes()))]),
                ])
    }

    private static func runs(_ jobs: [Gauges.Job]) -> [OpenMetrics.Gauge] {
        func gauge(
            _ name: String, _ help: String, _ value: (Gauges.Job) -> Double?
        ) -> OpenMetrics.Gauge {
            OpenMetrics.Gauge(
                "budstikke_job_\(name)", help,
                jobs.compactMap { job in value(job).map { .init($0, ("job", job.name)) } })
        }
        return [
            gauge("last_start_timestamp_seconds", "When the last run began.") {
                $0.lastStartedAt?.timeIntervalSince1970
            },
            gauge(
                "last_success_timestamp_seconds",
                "When the last run ended that did its work, though some items may have failed."
            ) { $0.lastSuccessAt?.timeIntervalSince1970 },
            gauge("last_duration_seconds", "How long the last run took that came to its end.") {
                $0.lastSeconds
            },
            gauge("last_exit_code", "The exit code of the last run that came to its end.") {
                $0.lastExitCode.map(Double.init)
            },
            gauge("unfinished_runs", "Runs that have begun and not ended: running, or killed.") {
                Double($0.unfinished)
            },
        ]
    }

    private static func waiting(_ places: [Gauges.Waiting]) -> [OpenMetrics.Gauge] {
        [
            OpenMetrics.Gauge(
                "budstikke_waiting", "How many wait, by where they do.",
                places.map { .init(Double($0.count), ("place", $0.place)) }),
            OpenMetrics.Gauge(
                "budstikke_waiting_oldest_timestamp_seconds",
                "Since when the oldest has waited, where any does.",
                places.compactMap { place in
                    place.oldest.map { .init($0.timeIntervalSince1970, ("place", place.place)) }
                }),
        ]
    }

    private static func provider(
        events: [Gauges.Events], sources: [Gauges.Source], pauses: [Gauges.Pause]
    ) -> [OpenMetrics.Gauge] {
        [
            OpenMetrics.Gauge(
                "budstikke_events_last_day",
                "What providers said in the last 24 hours, by kind and by class of bounce.",
                events.map {
                    .init(
                        Double($0.count), ("provider", $0.provider), ("kind", $0.kind),
                        ("class", $0.bounceClass))
                }),
            OpenMetrics.Gauge(
                "budstikke_events_complete_until_timestamp_seconds",
                "Until when what a provider says has been read, by its source.",
                sources.map {
                    .init(
                        $0.completeUntil.timeIntervalSince1970, ("provider", $0.provider),
                        ("source", $0.name))
                }),
            OpenMetrics.Gauge(
                "budstikke_provider_pause_since_timestamp_seconds",
                "Since when a provider is left alone: for all where the tenant is 0.",
                pauses.map {
                    .init(
                        $0.since.timeIntervalSince1970, ("provider", $0.provider),
                        ("tenant", "\($0.tenantID)"))
                }),
        ]
    }
}
