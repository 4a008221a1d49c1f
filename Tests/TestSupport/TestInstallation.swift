package import Foundation
package import Postgres

/// A whole installation for one test: a database, a sandbox provider, a configuration.
package final class TestInstallation {
    package let folder: URL
    package let database: TestDatabase
    package let providerURL: String
    private let provider: RunningProgram

    /// Starts all of it; the programs have the rights of `role`, the owner's where none is named.
    ///
    /// Further sections of the configuration, further arguments of the provider, and the database
    /// of another installation or a copy of it may be given.
    package init(
        provider name: String = "sendgrid", settings: String = "", role: String? = nil,
        arguments: [String] = [], database: TestDatabase? = nil
    ) throws {
        folder = FileManager.default.temporaryDirectory.appending(
            path: "budstikke-night-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        self.database = try database ?? TestDatabase()
        provider = RunningProgram(
            "sandbox-provider",
            ["--port", "0", "--ledger", folder.appending(path: "ledger.jsonl").path()]
                + arguments)
        try provider.start()
        let provider = provider
        _ = eventually { !provider.isRunning || provider.printed.contains("listening on") }
        providerURL = provider.printed.replacing("listening on ", with: "")
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let key = folder.appending(path: "key")
        try "key".write(to: key, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: key.path())
        try """
        database: "\(self.database.conninfo)\(role.map { " options='-c role=\($0)'" } ?? "")"
        state_directory: \(folder.appending(path: "state").path())
        provider:
          name: \(name)
          domain: mg.budstikke.test
          base_url: \(providerURL)
          api_key_file: \(key.path())
          timeout_seconds: 2
        mail:
          from_address: faktura@budstikke.test
        log:
          level: error
        send:
          lease_seconds: 3
          in_doubt_grace_seconds: 1
          in_doubt_window_seconds: 4
          breaker_failures: 1000
          pause_min: 1s
          pause_max: 2s
        \(settings.contains("reconcile:") ? "" : "reconcile: {settle_seconds: 0}")
        \(settings)
        """.write(to: configuration, atomically: true, encoding: .utf8)
    }

    deinit {
        provider.send(SIGTERM)
        _ = provider.wait()
        try? FileManager.default.removeItem(at: folder)
    }

    private var configuration: URL {
        folder.appending(path: "budstikke.yaml")
    }

    /// The day that agreements from 1 July by the month have five periods due.
    package static let asOf = "2026-11-24"

    /// What a program is called with: a night of any day is meant, whatever day it is.
    package func arguments(_ arguments: [String]) -> [String] {
        arguments + (arguments.contains("--as-of") ? ["--future"] : [])
            + ["--config", configuration.path(), "--json"]
    }

    package func run(_ program: String, _ arguments: String...) throws -> ProgramRun {
        try ProgramRun.run(program, self.arguments(arguments))
    }

    package func start(_ program: String, _ arguments: String...) throws -> RunningProgram {
        let running = RunningProgram(program, self.arguments(arguments))
        try running.start()
        return running
    }

    package func write(_ text: String, to name: String) throws -> String {
        let url = folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: url, atomically: true, encoding: .utf8)
        return url.path()
    }

    package func count(_ query: Query) throws -> Int {
        try database.connect().first(query) { try $0["count"] } ?? 0
    }

    package func lines(_ query: Query) throws -> [String] {
        try database.connect().rows(query) { try $0["line"] }
    }

    /// Sends until nothing waits and nothing is in doubt: leases of the killed run out first.
    package func drain(attempts: Int = 120) throws {
        for _ in 0..<attempts {
            _ = try run("send-dispatches")
            let waiting = try count(
                """
                SELECT count(*) AS count FROM dispatch
                WHERE state IN ('queued', 'sending', 'in_doubt') AND channel = 'email'
                """)
            if waiting == 0 { return }
            guard try eventually(isSomethingDue) else { return }
        }
    }

    /// Whether a run would find something to send or to ask about: nothing is to be waited for.
    private func isSomethingDue() throws -> Bool {
        try count(
            """
            SELECT count(*) AS count FROM (
                SELECT run_at AS due FROM dispatch_queue
                UNION ALL SELECT coalesce(resolve_at, lease_until) FROM dispatch_lease
                WHERE NOT parked) AS waiting
            WHERE due <= now() AND NOT EXISTS (SELECT FROM provider_pause WHERE until > now())
            """) > 0
    }

    /// What the provider counted.
    package struct Ledger: Decodable {
        package var accepted: Int
        package var distinct_dispatch_ids: Int
        package var doubled_dispatch_ids: [Doubled]

        package struct Doubled: Decodable {
            package var dispatch_id: String
            package var count: Int
        }
    }

    package func ledger() throws -> Ledger {
        let data = try curl("/_sandbox/summary")
        return try JSONDecoder().decode(Ledger.self, from: data)
    }
}

extension TestInstallation {
    /// Orders the provider to misbehave so many times when it is sent to.
    package func order(fault kind: String, count: Int) throws {
        let body = "{\"faults\":[{\"kind\":\"\(kind)\",\"endpoint\":\"send\",\"count\":\(count)}]}"
        _ = try curl("/_sandbox/faults", "-X", "POST", "--fail", "-d", body)
    }

    package func curl(_ path: String, _ arguments: String...) throws -> Data {
        let curl = Process()
        let pipe = Pipe()
        curl.executableURL = URL(filePath: "/usr/bin/curl")
        curl.arguments = ["-sS"] + arguments + [providerURL + path]
        curl.standardOutput = pipe
        try curl.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        curl.waitUntilExit()
        guard curl.terminationStatus == 0 else {
            throw TestInstallationError.providerRefused(path)
        }
        return data
    }

    /// Imports a company of so many agreements.
    package func importCompany(agreements: Int) throws -> ProgramRun {
        for (name, text) in Company.files(agreements: agreements) {
            _ = try write(text, to: "company/\(name)")
        }
        return try run("budstikke", "import", folder.appending(path: "company").path())
    }

    /// Reconciles until every event is in: the provider dates them to the second.
    package func settle() throws {
        _ = try eventually {
            _ = try run("reconcile-bounces")
            return try count(
                """
                SELECT count(*) AS count FROM dispatch
                WHERE state = 'sent' AND delivery IN ('unknown', 'deferred')
                """) == 0
        }
    }

    /// What is wrong after a night of that many invoices: nothing lost, nothing doubled, every
    /// invariant whole, and nothing left in the queue.
    package func problems(invoices: Int) throws -> [String] {
        var problems: [String] = []
        let doctor = try run("budstikke", "doctor", "--offline")
        if doctor.exitCode != 0 { problems.append("doctor: \(doctor.output)") }
        let ledger = try ledger()
        if !ledger.doubled_dispatch_ids.isEmpty {
            problems.append("doubled: \(ledger.doubled_dispatch_ids.count)")
        }
        let sent = try count("SELECT count(*) AS count FROM dispatch WHERE state = 'sent'")
        if ledger.accepted != sent {
            problems.append("the provider accepted \(ledger.accepted), and \(sent) are sent")
        }
        let made = try count("SELECT count(*) AS count FROM invoice")
        if made != invoices { problems.append("\(made) invoices") }
        let queued = try count("SELECT count(*) AS count FROM dispatch_queue")
        if queued != 0 { problems.append("\(queued) are still queued") }
        return problems
    }

    /// What became of each period, by what a user sees.
    package func outcome() throws -> [String] {
        try lines(
            """
            SELECT concat_ws(' ', i.tenant_id, i.recurring_invoice_number, i.period_number,
                i.number, i.payable, l.status) AS line
            FROM invoice AS i
            JOIN dispatch_list AS l ON l.tenant_id = i.tenant_id AND l.invoice_id = i.invoice_id
            ORDER BY i.tenant_id, i.recurring_invoice_number, i.period_number
            """)
    }
}

package enum TestInstallationError: Error {
    case providerRefused(String)
    case notImported(String)
    case notSent
}
