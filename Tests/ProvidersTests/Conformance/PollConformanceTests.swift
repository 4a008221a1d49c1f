import Bounces
import Dispatching
import Foundation
import Invoicing
import TestSupport
import Testing
import Wire

/// Every provider tells alike what became of what was sent.
@Suite(.timeLimit(.minutes(15))) struct PollConformanceTests {
    @Test(arguments: ProviderCase.allCases)
    func `what a mailbox does has one meaning`(_ providerCase: ProviderCase) throws {
        let fixture = try ProviderFixture(providerCase)
        let expected: [String: Delivery] = [
            "ok": .delivered, "unknown": .hardBounced, "invalid": .hardBounced,
            "full": .softBounced, "down": .softBounced, "toolarge": .softBounced,
            "spam": .blocked, "blocked": .blocked, "deferred": .delivered,
            "softonce": .softBounced, "silent": .unknown,
        ]
        let outcomes = try fixture.submit(
            expected.keys.sorted().map { .sample(to: "\($0)@kunde.example") })
        #expect(outcomes.count == expected.count)
        let events = try fixture.events()
        for (word, delivery) in expected {
            let found = events.delivery(
                of: "\(word)@kunde.example", provider: providerCase.rawValue)
            #expect(found == delivery, "\(word)")
        }
        // In any order, and some of them twice.
        for _ in 0..<20 {
            let mixed = (events + events.prefix(events.count / 2)).shuffled()
            for (word, delivery) in expected {
                let found = mixed.delivery(
                    of: "\(word)@kunde.example", provider: providerCase.rawValue)
                #expect(found == delivery, "\(word)")
            }
        }
    }

    @Test(arguments: ProviderCase.allCases)
    func `a delivery, a bounce and a complaint can be told of our own dispatch`(
        _ providerCase: ProviderCase
    ) throws {
        let fixture = try ProviderFixture(providerCase)
        for word in ["ok", "unknown", "spam"] {
            let message = OutgoingMessage.sample(to: "\(word)@kunde.example")
            guard case .accepted(let id?) = try fixture.submit(message) else {
                Issue.record("not accepted")
                continue
            }
            let own = try fixture.events().filter {
                $0.dispatchID == message.dispatchID || $0.providerMessageID == id
            }
            #expect(!own.isEmpty)
            // Where an event has our ids, they are the right ones.
            for event in own where event.dispatchID != nil {
                #expect(event.dispatchID == message.dispatchID)
                #expect(event.tenantID == message.tenantID)
            }
        }
    }

    @Test(arguments: ProviderCase.allCases)
    func `what is told twice has the same key`(_ providerCase: ProviderCase) throws {
        let fixture = try ProviderFixture(providerCase)
        for word in ["ok", "unknown", "full"] {
            try fixture.submit(.sample(to: "\(word)@kunde.example"))
        }
        let once = try fixture.events()
        for endpoint in ["lists", "logs"] {
            try fixture.order(
                #"{"kind":"duplicate_events","endpoint":"\#(endpoint)","count":100}"#)
        }
        let twice = try fixture.events()
        #expect(once.keys == twice.keys)
        #expect(once.keys.count == once.count)
    }

    @Test(arguments: ProviderCase.allCases)
    func `any split of a window tells the same events`(_ providerCase: ProviderCase) throws {
        let fixture = try ProviderFixture(providerCase)
        for word in ["ok", "unknown", "deferred", "spam", "full"] {
            try fixture.submit(.sample(to: "\(word)@kunde.example"))
        }
        let (start, end) = (Date.now - 100, Date.now + 60)
        let whole = try fixture.events(from: start, until: end).keys
        #expect(whole.count >= 5)
        for seconds in [1.0, 50, 98.5, 99, 99.9, 100, 100.3, 101, 130] {
            let middle = start + seconds
            let later = try fixture.events(from: middle, until: end)
            let earlier = try fixture.events(from: start, until: middle)
            #expect(earlier.keys.union(later.keys) == whole)
        }
    }

    @Test(arguments: ProviderCase.allCases)
    func `what happened outside the window is not told, and the window is complete`(
        _ providerCase: ProviderCase
    ) throws {
        let fixture = try ProviderFixture(providerCase)
        try fixture.submit(.sample(to: "unknown@kunde.example"))
        let end = Date.now - 3600
        for source in fixture.provider.sources {
            let pages = try fixture.pages(source.name, from: end - 3600, until: end)
            #expect(pages.flatMap(\.events).isEmpty)
            if source.name != "late_messages" { #expect(pages.last?.completeUntil == end) }
            // Nothing before its own end is an answer too.
            let empty = try fixture.pages(source.name, from: end, until: end - 1)
            #expect(empty.flatMap(\.events).isEmpty)
        }
    }

    @Test(arguments: ProviderCase.allCases)
    func `what comes late is told when the window is read again`(_ providerCase: ProviderCase)
        throws
    {
        let fixture = try ProviderFixture(providerCase)
        try fixture.order(#"{"kind":"late_events","endpoint":"send","delay_ms":1500}"#)
        let late = OutgoingMessage.sample(to: "unknown+late@kunde.example")
        try fixture.submit(late)
        try fixture.submit(.sample(to: "unknown+soon@kunde.example"))
        let start = Date.now - 100
        let first = try fixture.pages(providerCase.bounceSource, from: start).flatMap(\.events)
        #expect(Set(first.map(\.recipient)) == ["unknown+soon@kunde.example"])
        var again = first
        let hasCome = try eventually {
            again = try fixture.pages(providerCase.bounceSource, from: start).flatMap(\.events)
            return again.keys != first.keys
        }
        #expect(hasCome)
        #expect(again.keys.isSuperset(of: first.keys))
        #expect(Set(again.map(\.recipient)).contains(late.to.address.text))
    }

    @Test(arguments: ProviderCase.allCases)
    func `more rows than a page holds are all told`(_ providerCase: ProviderCase) throws {
        let fixture = try ProviderFixture(providerCase)
        let count = 1_050
        let outcomes = try fixture.submit(
            (0..<count).map { .sample(to: "unknown+\($0)@kunde.example") })
        #expect(outcomes.count == count)
        let events = try fixture.pages(providerCase.bounceSource).flatMap(\.events)
        let bounced = events.filter { $0.kind == .bounced }
        #expect(Set(bounced.map(\.recipient)).count == count)
        #expect(bounced.keys.count == count)
    }

    @Test(arguments: ProviderCase.allCases.filter(\.hasNumberedRows))
    func `rows that shift between two pages are not passed over`(_ providerCase: ProviderCase)
        throws
    {
        let fixture = try ProviderFixture(providerCase)
        let count = 620
        _ = try fixture.submit((0..<count).map { .sample(to: "unknown+\($0)@kunde.example") })
        for rows in [5, 30] {
            try fixture.order(#"{"kind":"rows_shift","endpoint":"lists","rows":\#(rows)}"#)
            let events = try fixture.pages(providerCase.bounceSource).flatMap(\.events)
            #expect(Set(events.map(\.recipient)).count == count)
            #expect(events.count == count)
        }
    }

    @Test(arguments: ProviderCase.allCases)
    func `a provider that answers nonsense is an error, and nothing is complete`(
        _ providerCase: ProviderCase
    ) throws {
        let fixture = try ProviderFixture(providerCase)
        try fixture.submit(.sample(to: "unknown@kunde.example"))
        for kind in ["html_200", "truncated_json"] {
            for endpoint in ["lists", "logs"] {
                try fixture.order(#"{"kind":"\#(kind)","endpoint":"\#(endpoint)","count":1}"#)
                var complete: [Date] = []
                #expect(throws: ProviderError.self) {
                    for source in fixture.provider.sources
                    where providerCase.pollsLists || endpoint == "logs" {
                        try fixture.provider.poll(source, from: .now - 60, until: .now + 60) {
                            if let until = $0.completeUntil { complete.append(until) }
                        }
                    }
                    if !providerCase.pollsLists, endpoint == "lists" {
                        _ = try fixture.provider.suppressions(
                            of: .sample("unknown@kunde.example"))
                    }
                }
                #expect(providerCase.pollsLists || complete.isEmpty)
            }
        }
    }

    @Test(arguments: ProviderCase.allCases)
    func `a bad moment of the provider is waited out`(_ providerCase: ProviderCase) throws {
        let fixture = try ProviderFixture(providerCase)
        try fixture.submit(.sample(to: "unknown@kunde.example"))
        let calm = try fixture.events().keys
        for kind in ["status_503", "status_429", "close_after_accept"] {
            for endpoint in ["lists", "logs"] {
                try fixture.order(#"{"kind":"\#(kind)","endpoint":"\#(endpoint)","count":1}"#)
            }
            #expect(try fixture.events().keys == calm)
        }
    }

    @Test(arguments: ProviderCase.allCases)
    func `a bounce and a complaint after the delivery are told`(_ providerCase: ProviderCase) throws
    {
        let fixture = try ProviderFixture(providerCase)
        try fixture.submit(.sample(to: "ok+1@kunde.example"))
        try fixture.submit(.sample(to: "ok+2@kunde.example"))
        let before = try fixture.events()
        #expect(
            before.delivery(of: "ok+1@kunde.example", provider: providerCase.rawValue) == .delivered
        )
        try fixture.bounce("ok+1@kunde.example", "hard")
        try fixture.complain("ok+2@kunde.example")
        let after = try fixture.events()
        #expect(
            after.delivery(of: "ok+1@kunde.example", provider: providerCase.rawValue)
                == .hardBounced)
        #expect(
            after.delivery(of: "ok+2@kunde.example", provider: providerCase.rawValue) == .blocked)
    }
}
