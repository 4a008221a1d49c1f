import Foundation
import Postgres
import Runtime
import TestSupport
import Testing

@testable import UseCases

/// A timer that runs every hour takes each tenant once a day, by its own clock.
struct NightlyTests {
    private static let zones = ["Europe/Oslo", "America/Los_Angeles", "Pacific/Auckland"]

    /// A tenant in each zone, with an agreement that is due from 1 December on.
    private static func company() throws -> TestCompany {
        let company = try TestCompany(
            recipients: ["ok-1@kunde.test"], tenants: 1...3, with: ["anchor_date": "2026-12-01"])
        for (tenant, zone) in zones.enumerated() {
            try company.connection.run(
                script:
                    "UPDATE tenant SET time_zone = '\(zone)' WHERE tenant_id = \(tenant + 1)")
        }
        return company
    }

    private static func hour(_ text: String) throws -> Date {
        try Date("\(text):10:00Z", strategy: .iso8601)
    }

    @Test func `no tenant is a night late, and none is early`() throws {
        let company = try Self.company()
        var made: [String: Int] = [:]
        var time = try Self.hour("2026-11-29T00")
        for _ in 0..<96 {
            company.now = time
            let run = company.generate(isNightly: true)
            #expect(run.isDone, "\(run)")
            if run.counts["invoices"] != 0 {
                made["\(time.formatted(.iso8601).prefix(13))"] = run.counts["invoices"]
            }
            time += 3_600
        }
        // From three o'clock of 1 December there: UTC+13, UTC+1 and UTC-8.
        #expect(made == ["2026-11-30T14": 1, "2026-12-01T02": 1, "2026-12-01T11": 1])
    }

    @Test func `what is changed by day waits for the night, and what was missed is made up for`()
        throws
    {
        let company = try Self.company()
        company.now = try Self.hour("2026-12-01T03")
        #expect(company.generate(tenant: 1, isNightly: true).counts["invoices"] == 1)
        try company.connection.insertAgreement(
            2, email: "ok-2@kunde.test", ["anchor_date": "2026-12-01"])
        company.now = try Self.hour("2026-12-01T14")
        #expect(company.generate(tenant: 1, isNightly: true).counts["invoices"] == 0)
        // The machine was off in the night: the next hour it is on.
        company.now = try Self.hour("2026-12-02T16")
        #expect(company.generate(tenant: 1, isNightly: true).counts["invoices"] == 1)
    }

    @Test func `by hand all that is due is made at any hour`() throws {
        let company = try Self.company()
        company.now = try Self.hour("2026-12-01T00")
        #expect(company.generate(tenant: 1, isNightly: true).counts["invoices"] == 0)
        #expect(company.generate(tenant: 1).counts["invoices"] == 1)
    }

    @Test func `a night that was limited or rehearsed is not done`() throws {
        let company = try TestCompany(
            "ok-1@kunde.test", "ok-2@kunde.test", with: ["anchor_date": "2026-12-01"])
        company.now = try Self.hour("2026-12-01T04")
        #expect(
            company.generate(isDryRun: true, isNightly: true).counts["invoices"] == 2)
        #expect(company.generate(limit: 1, isNightly: true).counts["invoices"] == 1)
        #expect(company.generate(isNightly: true).counts["invoices"] == 1)
        #expect(try company.count("SELECT count(*) AS count FROM tenant_night") == 1)
    }

    @Test func `who awaits approval is asked once a night`() throws {
        let company = try TestCompany(
            recipients: (1...60).map { "ok-\($0)@kunde.test" },
            with: ["anchor_date": "2026-12-01"])
        try company.connection.run(
            script: "INSERT INTO generated_day VALUES (1, '2026-11-01', 5)")
        company.now = try Self.hour("2026-12-01T04")
        #expect(company.generate(isNightly: true).exit == .someFailed)
        company.now = try Self.hour("2026-12-01T05")
        #expect(company.generate(isNightly: true).isDone)
        #expect(try company.count("SELECT count(*) AS count FROM awaited_approval") == 1)
        company.now = try Self.hour("2026-12-02T04")
        #expect(company.generate(isNightly: true).exit == .someFailed)
    }
}
