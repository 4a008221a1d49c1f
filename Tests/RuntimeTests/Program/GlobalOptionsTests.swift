import ArgumentParser
import Foundation
import Testing

@testable import Runtime

@Suite struct GlobalOptionsTests {
    @Test func `all options are read`() throws {
        let options = try GlobalOptions.parse([
            "--config", "a.yaml", "--as-of", "2026-11-24", "--tenant", "7", "--limit", "3",
            "--dry-run", "--json", "--log-level", "debug",
        ])
        #expect(options.config == "a.yaml")
        #expect(options.asOf == Date(timeIntervalSince1970: 1_795_521_600))
        #expect(options.tenant == 7)
        #expect(options.limit == 3)
        #expect(options.isDryRun)
        #expect(options.isJSON)
        #expect(options.logLevel == "debug")
    }

    @Test(arguments: [
        // By a clock of Oslo in winter at half past eleven in the evening, and half past twelve.
        ("2026-11-30", "2026-11-30T22:30:00Z", [], true),
        ("2026-12-01", "2026-11-30T22:30:00Z", [], false),
        ("2026-12-01", "2026-11-30T23:30:00Z", [], true),
        ("2026-12-02", "2026-11-30T23:30:00Z", [], false),
        ("2026-11-30T22:29:00Z", "2026-11-30T22:30:00Z", [], true),
        ("2036-11-24", "2026-11-30T22:30:00Z", ["--dry-run"], true),
        ("2036-11-24", "2026-11-30T22:30:00Z", ["--future"], true),
        ("2036-11-24", "2026-11-30T22:30:00Z", ["--json"], false),
    ])
    func `a day after today is taken where it is meant`(
        asOf: String, now: String, further: [String], isTaken: Bool
    ) throws {
        let options = try GlobalOptions.parse(["--as-of", asOf] + further)
        let zone = try #require(TimeZone(secondsFromGMT: 3_600))
        let now = try Date(now, strategy: .iso8601)
        #expect((try? options.checkFuture(now: now, zone: zone)) == nil ? !isTaken : isTaken)
    }

    @Test func `nothing is asked for by default`() throws {
        let options = try GlobalOptions.parse([])
        #expect(options.asOf == nil && options.tenant == nil && options.limit == nil)
        #expect(!options.isDryRun && !options.isJSON)
    }

    @Test(arguments: [
        ("2026-11-24", 1_795_521_600.0), ("2026-11-24T03:10:00Z", 1_795_489_800),
        ("2026-11-24T04:10:00+01:00", 1_795_489_800), ("2028-02-29", 1_835_438_400),
    ])
    func `a date or an instant is taken`(text: String, seconds: Double) throws {
        #expect(try GlobalOptions.instant(text).timeIntervalSince1970 == seconds)
    }

    @Test(arguments: [
        "", "today", "2026-02-30", "2027-02-29", "2026-11-24T03:10", "2026-11-24T25:00:00Z",
        "2026-11-24 03:10:00Z", "2026-11-24T03:10:00Zzz", "24.11.2026", "2026-11-24T03:10:00",
        "2026-02-30T03:10:00Z", "2026-11-24T03:60:00Z", "2026-11-24T03:10:00+25:00",
        "2026-11-24T03:10:00.5Z", "٢٠٢٦-11-24",
    ])
    func `anything else is a usage error`(text: String) {
        #expect(throws: ValidationError.self) { try GlobalOptions.instant(text) }
    }

    @Test(arguments: [
        ["--limit", "0"], ["--limit", "-1"], ["--limit", "x"], ["--tenant", "0"],
        ["--tenant", "9223372036854775808"], ["--log-level", "loud"], ["--as-of", "soon"],
        ["--unknown"], ["--config"],
    ])
    func `a bad option ends with 64`(arguments: [String]) {
        #expect(Self.exitCode(arguments) == BudstikkeExit.usage.rawValue)
    }

    private static func exitCode(_ arguments: [String]) -> Int32? {
        do {
            _ = try GlobalOptions.parse(arguments)
            return nil
        } catch {
            return GlobalOptions.exitCode(for: error).rawValue
        }
    }
}
