import Foundation
import Postgres
import TestSupport
import Testing

/// The commands as people call them: options, lines of result, exit codes, files.
///
/// What the use cases behind them do is tested at those.
struct CommandTests {
    @Test func `a probe says in one line, and by its exit code, whether a program is late`() throws
    {
        let installation = try TestInstallation()
        let late = try installation.run("budstikke", "probe", "--job", "send-dispatches")
        #expect(late.exitCode == 1)
        #expect(
            late.output == #"{"sound":false,"late":["send-dispatches has never done its work"]}"#
                + "\n")
        _ = try installation.run("send-dispatches")
        let well = try installation.run("budstikke", "probe", "--job", "send-dispatches")
        #expect(well.exitCode == 0 && well.output == #"{"sound":true,"late":[]}"# + "\n")
        let all = try installation.run("budstikke", "probe")
        #expect(all.exitCode == 1 && all.output.split(separator: "\n").count == 1)
        #expect(try installation.run("budstikke", "probe", "--job", "x").exitCode == 64)
        let nobody = try installation.run(
            "budstikke", ["probe"],
            environment: ["BUDSTIKKE_DATABASE": "host=/nonexistent dbname=b"])
        #expect(nobody.exitCode == 69)
    }

    @Test func `a day after today is meant only where it is said so`() throws {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: ["ok-1@kunde.test"])
        let call = installation.arguments([]) + ["--as-of", "2999-01-01"]
        let refused = try ProgramRun.run("generate-invoices", call)
        #expect(refused.exitCode == 64)
        #expect(refused.errors.contains("--future"), "\(refused.errors)")
        for program in ["send-dispatches", "reconcile-bounces"] {
            #expect(try ProgramRun.run(program, call).exitCode == 64)
        }
        #expect(try ProgramRun.run("budstikke", ["why", "A1"] + call).exitCode == 0)
        let rehearsed = try ProgramRun.run("generate-invoices", call + ["--dry-run"])
        #expect(rehearsed.exitCode == 1, "too much is missed: \(rehearsed.output)")
        #expect(try installation.count("SELECT count(*) AS count FROM dispatch") == 0)
    }

    @Test func `a rehearsal of an import sees what the files before it would bring`() throws {
        let installation = try TestInstallation()
        for (name, text) in Company.files(recipients: ["ok-1@kunde.test"]) {
            _ = try installation.write(text, to: "company/\(name)")
        }
        let folder = installation.folder.appending(path: "company")
        let run = try installation.run("budstikke", "import", folder.path, "--dry-run")
        #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
        #expect(
            try installation.count("SELECT count(*) AS count FROM tenant WHERE tenant_id > 0") == 0)
    }

    @Test func `a dispatch is cancelled and sent again by its invoice's number`() throws {
        let installation = try TestInstallation(role: "budstikke_job")
        try installation.importCompany(recipients: ["ok-1@kunde.test", "ok-2@kunde.test"])
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        let rehearsed = try installation.run("budstikke", "cancel", "1", "--dry-run")
        #expect(rehearsed.exitCode == 0 && rehearsed.output.contains("would be cancelled"))
        let cancelled = try installation.run(
            "budstikke", "cancel", "1", "--user", "kari", "--reason", "feil beløp")
        #expect(cancelled.exitCode == 0 && cancelled.output.contains(#""result":"cancelled""#))
        #expect(try installation.run("budstikke", "cancel", "1").exitCode == 65)
        for reason in [[], ["--reason", " "]] {
            let unasked = try installation.run(
                "budstikke", ["resend", "--invoice", "1"] + reason)
            #expect(unasked.exitCode == 64 && unasked.errors.contains("--reason: say why"))
        }
        let ongoing = try installation.run(
            "budstikke", "resend", "--invoice", "2", "--reason", "bedt om")
        #expect(ongoing.exitCode == 1 && ongoing.output.contains("cancel that first"))
        let resent = try installation.run(
            "budstikke", "resend", "--invoice", "1", "--reason", "bedt om")
        #expect(resent.exitCode == 0 && resent.output.contains("queued as"), "\(resent.output)")
        // The old spelling of --all-resolved.
        #expect(
            try installation.run("budstikke", "resend", "--all-mended", "--reason", "rettet")
                .exitCode == 0)
        let audited = try installation.lines(
            "SELECT concat_ws(' ', actor, action, reason) AS line FROM audit ORDER BY at LIMIT 1")
        #expect(audited == ["kari cancel feil beløp"])
    }

    @Test func `a block is lifted with a reason, and what it held is sent again`() throws {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: ["spam-1@kunde.test", "unknown-2@kunde.test"])
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        _ = try installation.run("send-dispatches")
        #expect(
            try installation.wait {
                _ = try installation.run("reconcile-bounces")
                return try installation.count("SELECT count(*) AS count FROM suppression") == 2
            })
        // As an older classifier would have judged it.
        try installation.database.connect().run(
            script: """
                UPDATE delivery_event SET class = 'soft', reason = 'mailbox_full'
                WHERE class = 'hard'
                """)
        let judged = try installation.run("reconcile-bounces", "--reclassify", "--dry-run")
        #expect(judged.output.contains("soft (mailbox_full) becomes hard (user_unknown)"))
        _ = try installation.run("reconcile-bounces", "--reclassify")
        _ = try installation.run("budstikke", "resend", "--invoice", "1", "--reason", "bedt om")
        _ = try installation.run("send-dispatches")
        #expect(try installation.run("budstikke", "doctor", "--suppressions").exitCode == 0)
        let lift = ["lift", "spam-1@kunde.test"]
        let unasked = try installation.run("budstikke", lift)
        #expect(unasked.exitCode == 64 && unasked.errors.contains("--reason"))
        try installation.order(fault: "html_200", at: "delete", count: 1)
        let undone = try installation.run("budstikke", lift + ["--reason", "kunden vil ha den"])
        #expect([69, 77].contains(undone.exitCode), "\(undone.output)\(undone.errors)")
        let lifted = try installation.run(
            "budstikke", lift + ["--resend", "--reason", "kunden vil ha den"])
        #expect(lifted.exitCode == 0, "\(lifted.errors)")
        #expect(lifted.output.contains("spam_reports: lifted"), "\(lifted.output)")
        #expect(lifted.output.contains("queued as"), "\(lifted.output)")
        _ = try installation.run("send-dispatches")
        #expect(try installation.ledger().accepted == 3)
    }

    @Test func `a preview writes its files, and ends with 1 where faults are open`() throws {
        let installation = try TestInstallation()
        #expect(try installation.importCompany(agreements: 20).exitCode == 0)
        let folder = installation.folder.appending(path: "preview")
        let run = try installation.run(
            "budstikke", "preview", "--tenant", "1", "--recurring", "A3", "--period", "7",
            "--out", folder.path())
        #expect(run.exitCode == 0, "\(run.errors)")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
        for ending in [".pdf", ".html", ".txt", ".eml", ".xml"] {
            #expect(names.contains { $0.hasSuffix(ending) }, "\(names)")
        }
        let rehearsal = installation.folder.appending(path: "rehearsal")
        _ = try installation.run(
            "budstikke", "preview", "--tenant", "1", "--recurring", "A3", "--period", "7",
            "--out", rehearsal.path(), "--dry-run")
        #expect(!FileManager.default.fileExists(atPath: rehearsal.path()))
        let open = try installation.run(
            "budstikke", "preview", "--tenant", "1", "--recurring", "A12", "--open-faults")
        #expect(open.exitCode == 1 && open.output.contains("vat_rate_unknown"), "\(open.output)")
    }

    @Test func `lists are JSON for programs and a table for people`() throws {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: ["ok-1@kunde.test"])
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        let list = try installation.run("budstikke", "list").output
        #expect(list.contains("\"to\":\"o•••@kunde.test\""), "\(list)")
        let people = installation.arguments(["list", "review"]).filter { $0 != "--json" }
        let told = try ProgramRun.run("budstikke", people)
        #expect(told.output.contains("no bounce is in doubt"), "\(told.output)")
        for (call, code) in [
            (["outbox", "--refused", "1"], 64), (["todo", "--no-notice", "A1"], 64),
            (["todo", "--notice", "A1", "--sent-on", "5.12.2025"], 64),
            (["todo", "--notice", "A1"], 65), (["notifications", "--read"], 0),
        ] as [([String], Int32)] {
            let run = try installation.run("budstikke", call)
            #expect(run.exitCode == code, "\(call): \(run.errors)")
        }
    }

    @Test func `what is invoiced more than a year ahead is warned of on standard error`() throws {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: ["ok-1@kunde.test"])
        try installation.database.connect().run(
            script: "UPDATE recurring_invoice SET interval_unit = 'year', interval_count = 2")
        let run = try installation.run(
            "generate-invoices", "--as-of", Company.smallAsOf, "--log-level", "warning")
        #expect(run.errors.contains("§ 5-2-7") && run.errors.contains("A1"), "\(run.errors)")
    }
}
