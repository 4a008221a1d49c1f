import Foundation
package import Postgres

extension TestInstallation {
    /// Runs a program with something set otherwise, as a person or another machine would.
    package func run(
        _ program: String, _ arguments: [String], environment: [String: String] = [:],
        input: String? = nil
    ) throws -> ProgramRun {
        try ProgramRun.run(
            program, self.arguments(arguments), input: input, environment: environment)
    }

    /// Orders the provider to misbehave at one of its endpoints: send, lists, logs, delete,
    /// account.
    package func order(
        fault kind: String, at endpoint: String, count: Int, delayMilliseconds: Int? = nil
    ) throws {
        let delay = delayMilliseconds.map { ",\"delay_ms\":\($0)" } ?? ""
        let body =
            "{\"faults\":[{\"kind\":\"\(kind)\",\"endpoint\":\"\(endpoint)\",\"count\":\(count)\(delay)}]}"
        _ = try curl("/_sandbox/faults", "-X", "POST", "--fail", "-d", body)
    }

    /// Lets the provider behave again.
    package func forgetFaults() throws {
        _ = try curl("/_sandbox/faults", "-X", "DELETE", "--fail")
    }

    /// How often one of the provider's endpoints was asked.
    package func seen(_ endpoint: String) throws -> Int {
        struct Summary: Decodable {
            struct Requests: Decodable { var seen: Int }
            var requests: [String: Requests]
        }
        let summary = try JSONDecoder().decode(Summary.self, from: curl("/_sandbox/summary"))
        return summary.requests[endpoint]?.seen ?? 0
    }

    /// Sends what waits, whatever pause the provider is left in, until nothing waits.
    package func drainAtOnce() throws {
        let isDone = try wait {
            _ = try run("send-dispatches", "--now")
            return try count(
                """
                SELECT count(*) AS count FROM dispatch
                WHERE state IN ('queued', 'sending', 'in_doubt') AND channel = 'email'
                """) == 0
        }
        if !isDone { throw TestInstallationError.notSent }
    }

    /// Waits for something that another process does; false where it has not come in three minutes.
    package func wait(for condition: () throws -> Bool) throws -> Bool {
        try eventually(condition)
    }

    /// Imports a company with one agreement for each recipient, of which one period is due.
    package func importCompany(
        recipients: [String], tenants: [Int] = [1], retryDelays: String = "4h,24h"
    ) throws {
        let files = Company.files(
            recipients: recipients, tenants: tenants, retryDelays: retryDelays)
        for (name, text) in files { _ = try write(text, to: "company/\(name)") }
        let run = try run("budstikke", "import", folder.appending(path: "company").path())
        guard run.exitCode == 0 else { throw TestInstallationError.notImported(run.errors) }
    }

    /// What stands in every table that a run may change, a line each: the same before and after
    /// says that nothing was changed.
    package func contents(except left: [String] = [], tenant: Int? = nil) throws -> [String] {
        try database.connect().contents(except: left, tenant: tenant)
    }
}

extension Connection {
    /// Every row of the tables that belong to tenants, a line each; of all or of one tenant.
    package func contents(except left: [String] = [], tenant: Int? = nil) throws -> [String] {
        let tables: [String] = try rows(
            """
            SELECT c.relname::text AS name FROM pg_class AS c
            JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE n.nspname = 'budstikke' AND c.relkind = 'r' AND EXISTS (
                SELECT FROM pg_attribute AS a
                WHERE a.attrelid = c.oid AND a.attname = 'tenant_id')
            ORDER BY 1
            """
        ) { try $0["name"] }
        return try tables.filter { !left.contains($0) }.flatMap { table in
            let condition = tenant.map { "WHERE tenant_id = \($0)" } ?? ""
            return try rows(
                Query(
                    stringLiteral: "SELECT '\(table) ' || t::text AS line FROM \(table) AS t "
                        + "\(condition) ORDER BY 1")
            ) { try $0["line"] as String }
        }
    }
}
