import Dispatching
import Schema
import Store
package import FoundationEssentials
package import Postgres
package import Runtime

/// Releases a database that was restored to an earlier state, or is a copy; afterwards, nothing
/// that may have been sent before is sent without looking up our own ids at the provider.
package struct RecoverDatabase {
    let connection: Connection
    let context: RunContext
    let options: Options

    package init(connection: Connection, context: RunContext, options: Options) {
        self.connection = connection
        self.context = context
        self.options = options
    }

    /// What a person knows about the loss.
    package struct Options: Sendable {
        /// Since when changes are lost; nil uses what the database shows.
        package var lostSince: Date?
        /// It was moved without loss: the database has every change.
        package var isWhole: Bool

        package init(lostSince: Date? = nil, isWhole: Bool = false) {
            self.lostSince = lostSince
            self.isWhole = isWhole
        }
    }

    /// Recovers the database.
    /// - Returns: What was done; the notes say what to do next.
    package func run(actor: String, reason: String) throws -> RunSummary {
        let directory = try StateDirectory.find(setting: context.settings.stateDirectory)
        return try connection.retrying {
            try connection.committing(unlessDry: context.isDryRun) {
                let view = try DatabaseView.look(connection, directory)
                try refuse(view)
                let lost = options.isWhole ? nil : try lostTime()
                let recovered = try lost.map { try DispatchLife(connection).recoverAll($0) }
                try settle(view, lost, actor: actor, reason: reason)
                return answer(lost, recovered ?? DispatchLife.Recovered())
            }
        }
    }

    /// A database that is sound needs no recovery, unless a person knows better.
    private func refuse(_ view: DatabaseView) throws {
        switch view.status {
        case .sound, .unclaimed:
            guard options.lostSince == nil || options.isWhole else { return }
            throw UsageError(
                "nothing shows that this database went back in time; if it did all the same, say"
                    + " since when by --lost-since", exit: .badInput)
        case .wentBack where options.isWhole:
            throw UsageError(
                "--nothing-lost: this machine has seen more than this database holds; run budstikke"
                    + " recover without it", exit: .badInput)
        case .copy, .wentBack: return
        }
    }

    /// From the newest mark in the database, since everything sent until then is known.
    ///
    /// If nothing was ever sent from it, from the time it was given its identity.
    private func lostTime() throws -> LostTime {
        let now = try connection.first("SELECT now() AS now") { try $0["now"] as Date } ?? Date()
        let since =
            try options.lostSince ?? SenderMarks(connection).newest()
            ?? DatabaseIdentities(connection).recorded()?.recordedAt ?? now
        return LostTime(since: min(since, now), until: now)
    }

    private func settle(
        _ view: DatabaseView, _ lost: LostTime?, actor: String, reason: String
    ) throws {
        let identity = try DatabaseIdentities(connection).renew(view.place)
        try SenderMarks(connection).clear()
        if let lost {
            try Recoveries(connection).write(
                Recoveries.Recovery(lost: lost, recoveredAt: context.clock.now))
        }
        let words = lost.map { "lost since \(Instant.short($0.since))" } ?? "nothing lost"
        try Audits(connection).write(
            tenantID: 0, actor: actor, action: "recover",
            subject: identity.uuidString.lowercased(),
            reason: reason.isEmpty ? words : "\(words): \(reason)", now: context.clock.now)
    }

    private func answer(_ lost: LostTime?, _ recovered: DispatchLife.Recovered) -> RunSummary {
        RunSummary(
            job: "recover",
            counts: [("to_be_asked", recovered.askable), ("parked", recovered.parked)],
            failed: 0,
            notes: (context.isDryRun ? ["dry run: nothing was changed"] : [])
                + (lost.map { next(after: $0, recovered) } ?? ["the database goes on as it is"]))
    }

    /// What a person has to do now.
    private func next(after lost: LostTime, _ recovered: DispatchLife.Recovered) -> [String] {
        var lines = [
            "lost is what was done since \(Instant.short(lost.since)), imports, cancels, resends"
                + " and lifts too: do those again that matter",
            "\(recovered.askable) that may have been sent are asked about by send-dispatches",
            "run generate-invoices --as-of each lost day, oldest first, before the timers go on:"
                + " what was sent is found at the provider by its id, and not sent again",
        ]
        if recovered.parked > 0 {
            lines.append(
                "\(recovered.parked) can't be asked about (budstikke list ongoing): see whether the"
                    + " access point has them, then budstikke outbox --delivered, or cancel and"
                    + " resend")
        }
        return lines
    }
}

/// Migrates a database to the newest schema, records which installation it belongs to, and lists
/// rows older than a rule that they violate.
package struct MigrateDatabase {
    let connection: Connection
    let context: RunContext

    package init(connection: Connection, context: RunContext) {
        self.connection = connection
        self.context = context
    }

    /// Migrates; `claim` makes this installation the owner.
    package func run(claim: Bool) throws -> RunSummary {
        let migrator = Migrator(connection)
        if context.isDryRun {
            let pending = try migrator.pending()
            return RunSummary(
                job: "migrate", counts: [("would_apply", pending.count)], failed: 0,
                notes: pending.map { "step \($0.version) \($0.name)" })
        }
        let applied = try migrator.migrate()
        if claim { try claimInstallation() }
        let unsound = try UnsoundRows(connection).find()
        return RunSummary(
            job: "migrate",
            counts: [("applied", applied.count), ("unsound_rows", unsound.count)],
            failed: unsound.count,
            notes: applied.map { "step \($0.version) \($0.name)" } + unsound.map(Self.advice))
    }

    private static func advice(_ row: UnsoundRows.Finding) -> String {
        "\(row); mend the row, then run budstikke migrate again"
    }

    private func claimInstallation() throws {
        guard let name = context.settings.installation else {
            throw ConfigurationError("installation: name this installation, then claim")
        }
        try connection.execute(
            """
            INSERT INTO installation (tenant_id, name) VALUES (0, \(name))
            ON CONFLICT ON CONSTRAINT installation_pk DO UPDATE SET name = excluded.name
            """)
    }
}
