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
