import Dispatching
import Foundation
import Postgres
import Store
import Testing

/// What every machine and every run knows of the provider's troubles.
struct ProviderPausesTests {
    private let fixture: StoreFixture
    private var pauses: ProviderPauses { ProviderPauses(fixture.connection) }
    private let provider = StoreFixture.provider

    init() throws {
        fixture = try StoreFixture()
    }

    private func pause(
        since: Double = 0, until: Double, tries: Int = 1, cause: Refusal.Cause = .busy,
        reason: String = "429"
    ) -> ProviderPause {
        ProviderPause(
            since: StoreFixture.now + since, until: StoreFixture.now + until, tries: tries,
            cause: cause, reason: reason)
    }

    @Test(arguments: Refusal.Cause.allCases)
    func `a pause is read by others as it was written`(_ cause: Refusal.Cause) throws {
        let written = pause(until: 1_000_000, tries: 7, cause: cause, reason: "grense nådd")
        try pauses.begin(written, tenantID: 0, provider: provider)
        let other = ProviderPauses(try fixture.another())
        #expect(try other.all(provider: provider) == [0: written])
        #expect(try other.all(provider: "mailgun") == [:])
    }

    @Test func `the account's pause and each tenant's are apart`() throws {
        try pauses.begin(pause(until: 60), tenantID: 0, provider: provider)
        try pauses.begin(pause(until: 90), tenantID: 1, provider: provider)
        #expect(try pauses.all(provider: provider).keys.sorted() == [0, 1])
        try pauses.end(tenantID: 1, provider: provider)
        #expect(try pauses.all(provider: provider).keys.sorted() == [0])
        try pauses.end(tenantID: 1, provider: provider)
        try pauses.end(tenantID: 0, provider: "mailgun")
        #expect(try pauses.all(provider: provider).count == 1)
    }

    @Test(arguments: [(600.0, 60.0), (60, 600)])
    func `of two that are written at once the longer holds, and the trouble began with the first`(
        _ first: Double, _ second: Double
    ) throws {
        try pauses.begin(pause(since: 5, until: first), tenantID: 0, provider: provider)
        try ProviderPauses(try fixture.another()).begin(
            pause(since: 3, until: second), tenantID: 0, provider: provider)
        let held = try #require(try pauses.all(provider: provider)[0])
        #expect(held.until == StoreFixture.now + 600)
        #expect(held.since == StoreFixture.now + (second > first ? 3 : 5))
    }

    @Test func `a longer pause keeps since when the trouble is`() throws {
        try pauses.begin(pause(since: 0, until: 60), tenantID: 0, provider: provider)
        let later = pause(since: 30, until: 120, tries: 2, cause: .down, reason: "503")
        try pauses.begin(later, tenantID: 0, provider: provider)
        let held = try pauses.all(provider: provider)[0]
        #expect(held == pause(since: 0, until: 120, tries: 2, cause: .down, reason: "503"))
    }

    @Test func `the last no that nobody understands is remembered until something is accepted`()
        throws
    {
        #expect(try pauses.unexplained(provider: provider) == nil)
        try pauses.remember(unexplained: "odd", provider: provider)
        try pauses.remember(unexplained: "odder", provider: provider)
        let other = ProviderPauses(try fixture.another())
        #expect(try other.unexplained(provider: provider) == "odder")
        #expect(try other.unexplained(provider: "mailgun") == nil)
        try pauses.remember(unexplained: nil, provider: provider)
        #expect(try other.unexplained(provider: provider) == nil)
    }
}
