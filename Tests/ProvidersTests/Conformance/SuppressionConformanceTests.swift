import Bounces
import Dispatching
import Foundation
import Invoicing
import TestSupport
import Testing
import Wire

/// Every provider's lists are read and lifted from alike.
@Suite(.timeLimit(.minutes(15))) struct SuppressionConformanceTests {
    @Test(
        arguments: ProviderCase.allCases.filter(\.hasLists),
        [
            "unknown@kunde.example", "unknown+tag@kunde.example", "unknown+a/b@kunde.example",
            "unknown+100%25@kunde.example", "Unknown+Stor@Kunde.Example",
            "unknown+o'brien&co=1?#@kunde.example",
        ])
    func `an address is listed, lifted, and lifted again without harm`(
        _ providerCase: ProviderCase, _ address: String
    ) throws {
        let fixture = try ProviderFixture(providerCase)
        try fixture.submit(.sample(to: address))
        let bounce = try #require(try fixture.events().first { $0.suppressionList != nil })
        #expect(bounce.suppressionList == providerCase.hardList)

        // Asked for in small letters, answered in the spelling that is listed.
        let key = try EmailAddress.sample(address.lowercased())
        let listed = try fixture.provider.suppressions(of: key)
        #expect(listed.map(\.list) == [providerCase.hardList])
        #expect(listed.map(\.address) == [address])
        #expect(listed.allSatisfy { $0.createdAt != nil })

        let entry = try #require(listed.first)
        #expect(try fixture.provider.lift(entry) == .lifted)
        #expect(try fixture.provider.suppressions(of: key).isEmpty)
        #expect(try fixture.provider.lift(entry) == .notListed)
    }

    @Test(arguments: ProviderCase.allCases.filter(\.hasLists))
    func `a mail to a listed address does not arrive, and does once it is lifted`(
        _ providerCase: ProviderCase
    ) throws {
        let fixture = try ProviderFixture(providerCase)
        try fixture.submit(.sample(to: "ok@kunde.example"))
        try fixture.bounce("ok@kunde.example", "hard")
        let second = OutgoingMessage.sample(to: "ok@kunde.example")
        let outcome = try fixture.submit(second)
        if providerCase.refusesSuppressed {
            #expect(outcome.refusal?.place == "recipient/suppressed")
            #expect(outcome.refusal?.reason.isEmpty == false)
            #expect(try fixture.lookUp(second) == .absent)
        } else {
            guard case .accepted = outcome else { Issue.record("not accepted"); return }
            #expect(try fixture.events().contains { $0.kind == .dropped })
        }
        #expect(try fixture.lift("ok@kunde.example") == [.lifted])
        let third = OutgoingMessage.sample(to: "ok@kunde.example")
        guard case .accepted(let id?) = try fixture.submit(third) else {
            Issue.record("not accepted")
            return
        }
        let own = try fixture.events().filter { $0.providerMessageID == id }
        #expect(own.contains { $0.kind == .delivered })
    }

    @Test(arguments: ProviderCase.allCases.filter(\.hasLists))
    func `a complaint is lifted where the provider allows it`(_ providerCase: ProviderCase) throws {
        let fixture = try ProviderFixture(providerCase)
        try fixture.submit(.sample(to: "spam@kunde.example"))
        let listed = try fixture.provider.suppressions(of: .sample("spam@kunde.example"))
        #expect(listed.map(\.list) == [providerCase.complaintList])
        let answer = try fixture.provider.lift(try #require(listed.first))
        if providerCase.liftsComplaints {
            #expect(answer == .lifted)
        } else {
            guard case .refused(let reason) = answer else {
                Issue.record("not refused")
                return
            }
            #expect(!reason.isEmpty)
            #expect(try fixture.provider.suppressions(of: .sample("spam@kunde.example")) == listed)
        }
    }

    @Test(arguments: ProviderCase.allCases.filter(\.hasLists))
    func `what is no list or no address of the provider's is never asked for`(
        _ providerCase: ProviderCase
    ) throws {
        let fixture = try ProviderFixture(providerCase)
        try fixture.submit(.sample(to: "unknown@kunde.example"))
        let bad = [
            ("nosuch", "unknown@kunde.example"), (providerCase.hardList, ""),
            (providerCase.hardList, "@"),
            (providerCase.hardList, "unknown"), ("", "unknown@kunde.example"),
            ("../bounces", "unknown@kunde.example"),
        ]
        for (list, address) in bad {
            let entry = ListedSuppression(
                list: list, address: address, reason: "", createdAt: nil)
            guard case .refused = try fixture.provider.lift(entry) else {
                Issue.record("\(list) \(address) is not refused")
                continue
            }
        }
        let left = try fixture.provider.suppressions(of: .sample("unknown@kunde.example"))
        #expect(left.count == 1)
    }

    @Test(arguments: ProviderCase.allCases.filter(\.hasLists))
    func `the whole list has everybody who is on it, and nobody who was lifted`(
        _ providerCase: ProviderCase
    ) throws {
        let fixture = try ProviderFixture(providerCase)
        let addresses = (1...3).map { "unknown+\($0)/=&@kunde.example" }
        for address in addresses { try fixture.submit(.sample(to: address)) }
        _ = try fixture.events()
        let lifted = try fixture.provider.suppressions(of: .sample(addresses[1]))
        for entry in lifted { _ = try fixture.provider.lift(entry) }
        var listed: [String] = []
        let hasLists = try fixture.provider.listedSuppressions { page in
            listed += page.map { "\($0.list) \($0.address)" }
        }
        #expect(hasLists)
        #expect(listed.sorted() == [0, 2].map { "\(providerCase.hardList) \(addresses[$0])" })
    }

    @Test(arguments: ProviderCase.allCases.filter { !$0.hasLists })
    func `who keeps no list has nothing to lift but what we keep ourselves`(
        _ providerCase: ProviderCase
    ) throws {
        let fixture = try ProviderFixture(providerCase)
        try fixture.submit(.sample(to: "spam@kunde.example"))
        try fixture.submit(.sample(to: "unknown@kunde.example"))
        #expect(try fixture.provider.suppressions(of: .sample("spam@kunde.example")).isEmpty)
        #expect(try !fixture.provider.listedSuppressions { _ in Issue.record("a list") })
        // A complaint puts its sender on our own list, and a bounce does not.
        let listed = try fixture.events().filter { $0.suppressionList != nil }
        #expect(listed.map(\.recipient) == ["spam@kunde.example"])
        #expect(listed.map(\.suppressionList) == [providerCase.complaintList])
        for (list, address, isOurs) in [
            (providerCase.complaintList, "spam@kunde.example", true),
            ("nosuch", "spam@kunde.example", false),
            (providerCase.complaintList, "spam", false), ("", "", false),
        ] {
            let entry = ListedSuppression(
                list: list, address: address, reason: "", createdAt: nil)
            let answer = try fixture.provider.lift(entry)
            if isOurs {
                #expect(answer == .lifted)
            } else {
                guard case .refused = answer else { Issue.record("not refused"); continue }
            }
        }
    }

    @Test(arguments: ProviderCase.allCases.filter(\.hasLists))
    func `what is not listed is on no list, and lifting it is no error`(
        _ providerCase: ProviderCase
    ) throws {
        let fixture = try ProviderFixture(providerCase)
        #expect(try fixture.provider.suppressions(of: .sample("ok@kunde.example")).isEmpty)
        let entry = ListedSuppression(
            list: providerCase.hardList, address: "ok@kunde.example", reason: "", createdAt: nil)
        #expect(try fixture.provider.lift(entry) == .notListed)
    }
}
