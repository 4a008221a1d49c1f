import Foundation
import Postgres
import TestSupport
import Testing

/// What would be sent can be seen before it is; and what must not be reminded, after.
struct PreviewTests {
    @Test func `a period that is not due yet is shown as it would go, and nothing is kept`() throws
    {
        let night = try Night()
        #expect(try night.importCompany(agreements: 20).exitCode == 0)
        let folder = night.folder.appending(path: "preview")
        let run = try night.run(
            "budstikke", "preview", "--tenant", "1", "--recurring", "A3", "--period", "7",
            "--out", folder.path())
        #expect(run.exitCode == 0, "\(run.errors)")
        // The e-mail says when it is to be paid: fourteen days after the first of January.
        #expect(run.output.contains("2027"), "\(run.output)")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
        #expect(names.contains { $0.hasSuffix(".pdf") } && names.contains { $0.hasSuffix(".html") })
        #expect(try night.count("SELECT count(*) AS count FROM invoice") == 0)
        #expect(try night.count("SELECT count(*) AS count FROM dispatch") == 0)
    }

    @Test func `open faults are said, a line each, and end with 1`() throws {
        let night = try Night()
        #expect(try night.importCompany(agreements: 20).exitCode == 0)
        let run = try night.run(
            "budstikke", "preview", "--tenant", "1", "--recurring", "A12", "--open-faults")
        #expect(run.exitCode == 1)
        #expect(run.output.contains("vat_rate_unknown"), "\(run.output)")
    }

    @Test func `what was not received must not be reminded, and what was may be`() throws {
        let night = try Night()
        #expect(try night.importCompany(agreements: 100).exitCode == 0)
        _ = try night.run("generate-invoices", "--as-of", "2026-07-01")
        let waiting = try night.run("budstikke", "list", "--not-received")
        #expect(waiting.output.split(separator: "\n").count == 97)
        try night.drain()
        try night.settle()
        let rest = try night.run("budstikke", "list", "--not-received")
        let lines = rest.output.split(separator: "\n")
        // Two without a send plan, two unknown users and an address that is none; all of the others
        // are delivered, but long after their date: they have their whole time to pay from now on.
        #expect(lines.count { $0.contains("\"why\":\"failed\"") } == 3, "\(rest.output)")
        #expect(lines.count { $0.contains("\"why\":\"hard_bounced\"") } == 2)
        #expect(lines.count { $0.contains("\"why\":\"received_late\"") } == 92)
    }
}
