import Bounces
import Dispatching
import Foundation
import Invoicing
import Providers
import TestSupport
import Testing
import Wire

/// Every provider submits alike.
@Suite(.timeLimit(.minutes(15))) struct SubmissionConformanceTests {
    @Test(arguments: ProviderCase.allCases)
    func `what is accepted has an id, and our own ids are with it`(_ providerCase: ProviderCase)
        throws
    {
        let fixture = try ProviderFixture(providerCase)
        let pdf = Attachment(
            fileName: "faktura-ærlig \"1\".pdf", contentType: "application/pdf",
            content: Array("%PDF-1.7".utf8) + (0...255).map { UInt8($0) })
        let messages = (0..<20).map { number in
            OutgoingMessage.sample(
                to: "ok+\(number)@kunde.example", subject: "Faktura \(number): «æøå» \"hei\"",
                text: "Hei\r\n.\r\n--\r\næøå 🎉", html: "<p>Hei</p>", attachments: [pdf])
        }
        let outcomes = try fixture.submit(messages)
        let ids = outcomes.values.compactMap { outcome -> String? in
            guard case .accepted(let id) = outcome else { return nil }
            return id
        }
        #expect(Set(ids).count == 20)
        let summary = try fixture.summary()
        #expect(summary.accepted == 20)
        #expect(summary.distinct_dispatch_ids == 20)
        #expect(summary.without_dispatch_id == 0)
    }

    @Test(arguments: ProviderCase.allCases)
    func `a name can't add a recipient`(_ providerCase: ProviderCase) throws {
        let fixture = try ProviderFixture(providerCase)
        var message = OutgoingMessage.sample(to: "ok@kunde.example")
        message.to.name = #"Olsen, Ola" <ok+2@kunde.example>, \"#
        message.from.name = "Fjord, Sønn\r\nBcc: ok+3@kunde.example"
        message.replyTo = Mailbox(name: "A; B", address: try .sample("post@fjord.example"))
        guard case .accepted = try fixture.submit(message) else {
            Issue.record("not accepted")
            return
        }
        let recipients = Set(try fixture.events().map(\.recipient))
        #expect(recipients == ["ok@kunde.example"])
    }

    @Test(arguments: ProviderCase.allCases)
    func `what can't be sent is refused and never accepted`(_ providerCase: ProviderCase) throws {
        let fixture = try ProviderFixture(providerCase)
        // No text and no file.
        let refusal = try #require(try fixture.submit(.sample(text: "")).refusal)
        #expect(refusal.place == "message/content")
        #expect(refusal.reason.hasPrefix("4") == providerCase.refusesEmptyMailThere)
        #expect(try fixture.summary().accepted == 0)
    }

    @Test(arguments: ProviderCase.allCases)
    func `a message over the limit is refused without a request`(_ providerCase: ProviderCase)
        throws
    {
        let fixture = try ProviderFixture(providerCase)
        let content = [UInt8](repeating: 7, count: fixture.provider.limits.bytesMax)
        let message = OutgoingMessage.sample(attachments: [
            Attachment(fileName: "a.pdf", contentType: "application/pdf", content: content)
        ])
        #expect(fixture.measured(message) > fixture.provider.limits.bytesMax)
        #expect(try fixture.submit(message).refusal?.place == "message/content")
        #expect(try fixture.summary().accepted == 0)
    }

    @Test(arguments: ProviderCase.allCases)
    func `a message just below the limit is accepted`(_ providerCase: ProviderCase) throws {
        let fixture = try ProviderFixture(providerCase, timeoutSeconds: 60)
        let content = [UInt8](
            repeating: 7, count: fixture.provider.limits.bytesMax * 57 / 78 - 200_000)
        let message = OutgoingMessage.sample(attachments: [
            Attachment(fileName: "a.pdf", contentType: "application/pdf", content: content)
        ])
        let size = fixture.measured(message)
        #expect(size <= fixture.provider.limits.bytesMax)
        #expect(size > fixture.provider.limits.bytesMax * 9 / 10)
        guard case .accepted = try fixture.submit(message) else {
            Issue.record("not accepted")
            return
        }
    }

    @Test(arguments: ProviderCase.allCases)
    func `too many requests is the provider's wish to wait`(_ providerCase: ProviderCase) throws {
        let fixture = try ProviderFixture(providerCase)
        try fixture.order(#"{"kind":"status_429","endpoint":"send","retry_after":7}"#)
        let refusal = try #require(try fixture.submit(.sample()).refusal)
        #expect(refusal.place == "provider/busy")
        let seconds = refusal.retryAfterSeconds
        #expect(providerCase.saysHowLong ? (1...7).contains(seconds ?? 0) : seconds == nil)
        #expect(try fixture.summary().accepted == 0)
    }

    @Test(arguments: ProviderCase.allCases)
    func `a refused key is the account's trouble`(_ providerCase: ProviderCase) throws {
        let fixture = try ProviderFixture(providerCase)
        try fixture.order(#"{"kind":"unauthorized","endpoint":"send"}"#)
        #expect(try fixture.submit(.sample()).refusal?.place == "account/unauthorized")
        guard providerCase.hasLists else { return try expectNothingToAsk(fixture) }
        try fixture.order(#"{"kind":"unauthorized","endpoint":"lists"}"#)
        #expect(throws: ProviderError.self) {
            _ = try fixture.provider.suppressions(of: .sample("ok@kunde.example"))
        }
    }

    @Test(
        arguments: ProviderCase.allCases,
        [
            ("status_500_before_accept", false), ("status_500_after_accept", true),
            ("status_502", false), ("status_503", false), ("timeout_before_accept", false),
            ("timeout_after_accept", true), ("close_after_accept", true),
            ("truncated_json", true), ("html_200", false),
        ])
    func `an answer that is lost in any phase leaves a doubt that the look-up resolves`(
        _ providerCase: ProviderCase, _ fault: (kind: String, isAccepted: Bool)
    ) throws {
        let fixture = try ProviderFixture(providerCase, timeoutSeconds: 1)
        try fixture.order(#"{"kind":"\#(fault.kind)","endpoint":"send"}"#)
        // Another mail to the same address, with the same subject, must not be mistaken for it.
        let message = OutgoingMessage.sample(to: "ok+1@kunde.example")
        guard case .inDoubt = try fixture.submit(message) else {
            Issue.record("not in doubt")
            return
        }
        let other = OutgoingMessage.sample(to: "ok+1@kunde.example")
        guard case .accepted(let otherID) = try fixture.submit(other) else {
            Issue.record("not accepted")
            return
        }
        guard providerCase.hasLookUp else {
            // The doubt stays a doubt, and what was taken was taken once.
            #expect(try fixture.lookUp(message) == .unsupported)
            #expect(try fixture.summary().accepted == (fault.isAccepted ? 2 : 1))
            return
        }
        let answer = try fixture.lookUp(message)
        if fault.isAccepted {
            guard case .found(let id?) = answer else {
                Issue.record("not found: \(answer)")
                return
            }
            #expect(id != otherID)
            // What was found is what the events are about.
            let own = try fixture.events().filter { $0.providerMessageID == id }
            #expect(!own.isEmpty)
        } else {
            #expect(answer == .absent)
        }
        #expect(try fixture.lookUp(other) == .found(providerMessageID: otherID))
        #expect(try fixture.summary().accepted == (fault.isAccepted ? 2 : 1))
    }

    @Test(arguments: ProviderCase.allCases)
    func `a connection that dies before its second request loses and doubles nothing`(
        _ providerCase: ProviderCase
    ) throws {
        let fixture = try ProviderFixture(providerCase)
        try fixture.submit(.sample(to: "ok+1@kunde.example"))
        try fixture.order(#"{"kind":"close_on_reuse","endpoint":"send","count":1}"#)
        let message = OutgoingMessage.sample(to: "ok+2@kunde.example")
        let outcome = try fixture.submit(message)
        let isFound = try fixture.lookUp(message) != .absent
        if case .accepted = outcome { #expect(isFound) } else { #expect(!isFound) }
        #expect(try fixture.summary().accepted == (isFound ? 2 : 1))
    }

    @Test(arguments: ProviderCase.allCases.filter { !$0.hasLookUp })
    func `who can't be asked says so, whatever became of the message`(_ providerCase: ProviderCase)
        throws
    {
        let fixture = try ProviderFixture(providerCase)
        let message = OutgoingMessage.sample(to: "ok+1@kunde.example")
        #expect(try fixture.lookUp(message) == .unsupported)
        try fixture.submit(message)
        #expect(try fixture.lookUp(message) == .unsupported)
        // A receipt or bounce tells of it all the same, by our own id.
        let own = try fixture.events().filter { $0.dispatchID == message.dispatchID }
        #expect(own.map(\.kind) == [.delivered])
    }

    private func expectNothingToAsk(_ fixture: ProviderFixture) throws {
        #expect(try fixture.provider.suppressions(of: .sample("ok@kunde.example")).isEmpty)
    }

    @Test(arguments: ProviderCase.allCases.filter(\.hasLookUp))
    func `what can't be seen yet is absent, and found later`(_ providerCase: ProviderCase) throws {
        let fixture = try ProviderFixture(providerCase)
        try fixture.order(#"{"kind":"late_events","endpoint":"send","delay_ms":1500}"#)
        let message = OutgoingMessage.sample(to: "ok+1@kunde.example")
        try fixture.submit(message)
        #expect(try fixture.lookUp(message) == .absent)
        #expect(try eventually { try fixture.lookUp(message) != .absent })
        guard case .found(.some) = try fixture.lookUp(message) else {
            Issue.record("not found")
            return
        }
    }

    @Test(arguments: ProviderCase.allCases.filter(\.hasLookUp))
    func `what the plan has forgotten is no proof of anything`(_ providerCase: ProviderCase) throws
    {
        let fixture = try ProviderFixture(providerCase, logsKeptSeconds: 7200)
        let message = OutgoingMessage.sample(to: "ok+1@kunde.example")
        try fixture.submit(message)
        try fixture.forget()
        // The provider itself finds nothing: that it can't know is ours to say.
        #expect(try fixture.lookUp(message) == .absent)
        let answer = try fixture.lookUp(message, attemptedAt: .now - 4000)
        guard case .forgotten(let reason) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(
            reason
                == "\(providerCase.rawValue) may have forgotten it: it keeps its logs for 2 hours"
                + " (provider.logs_kept), and the attempt was 66 minutes ago")
    }

    @Test(arguments: ProviderCase.allCases.filter(\.hasLookUp))
    func `where the plan is not told, the least that is sold counts`(_ providerCase: ProviderCase)
        throws
    {
        let fixture = try ProviderFixture(providerCase)
        let seconds = providerCase.leastLogDays * 86_400
        let (before, after) = (seconds - 7000, seconds - 3500)
        #expect(try fixture.lookUp(.sample(), attemptedAt: .now - before) == .absent)
        guard case .forgotten = try fixture.lookUp(.sample(), attemptedAt: .now - after) else {
            Issue.record("not forgotten")
            return
        }
    }

    @Test(arguments: ProviderCase.allCases.filter(\.hasLookUp))
    func `a look-up that can't be read harms no other`(_ providerCase: ProviderCase) throws {
        let fixture = try ProviderFixture(providerCase)
        let messages = (0..<6).map { OutgoingMessage.sample(to: "ok+\($0)@kunde.example") }
        _ = try fixture.submit(messages)
        try fixture.order(#"{"kind":"answer","status":200,"body":"<html>","endpoint":"logs"}"#)
        let answers = fixture.provider.lookUp(messages.map { .sample($0) })
        #expect(answers.count { (try? $0.get()) == nil } == 1)
        #expect(
            answers.count {
                if case .success(.found(.some)) = $0 { true } else { false }
            } == 5)
    }

    /// Its lists take the stream outbound and the status sent where none is named.
    @Test func `what went out by a stream of our own is found, and its bounces are told`() throws {
        let fixture = try ProviderFixture(
            .postmark, settings: .postmark(region: .us, stream: "faktura"))
        for word in ["ok", "full", "silent"] {
            let message = OutgoingMessage.sample(to: "\(word)@kunde.example")
            guard case .accepted(let id) = try fixture.submit(message) else {
                Issue.record("not accepted")
                continue
            }
            #expect(try fixture.lookUp(message) == .found(providerMessageID: id), "\(word)")
        }
        let kinds = Set(try fixture.events().map(\.kind))
        #expect(kinds.isSuperset(of: [.delivered, .bounced]))
    }

    @Test(arguments: ProviderCase.allCases)
    func `many doubts are asked about at once, each with its own answer`(
        _ providerCase: ProviderCase
    ) throws {
        let fixture = try ProviderFixture(providerCase)
        let messages = (0..<12).map { number in
            OutgoingMessage.sample(to: "ok+\(number % 5)@kunde.example")
        }
        let taken = try fixture.submit(
            messages.filter { $0.to.address.text != "ok+3@kunde.example" })
        let answers = try fixture.provider.lookUp(messages.map { .sample($0) }).map { try $0.get() }
        let expected = messages.map { message -> LookupAnswer in
            guard providerCase.hasLookUp else { return .unsupported }
            guard case .accepted(let id)? = taken[message.dispatchID] else { return .absent }
            return .found(providerMessageID: id)
        }
        #expect(answers == expected)
    }

    @Test(
        arguments: ProviderCase.allCases,
        [
            "ok+tag@kunde.example", "ok+a/b@kunde.example", "ok+100%25@kunde.example",
            "Ok+STORE.Bokstaver@Kunde.Example", "ok+o'brien&co=1?#@kunde.example",
        ])
    func `an odd address is sent to, looked up and told of`(
        _ providerCase: ProviderCase, _ address: String
    ) throws {
        let fixture = try ProviderFixture(providerCase)
        let message = OutgoingMessage.sample(to: address)
        guard case .accepted(let id) = try fixture.submit(message) else {
            Issue.record("not accepted")
            return
        }
        #expect(
            try fixture.lookUp(message)
                == (providerCase.hasLookUp ? .found(providerMessageID: id) : .unsupported))
        let events = try fixture.events()
        #expect(Set(events.map(\.recipient)) == [address])
        #expect(events.delivery(of: address, provider: providerCase.rawValue) == .delivered)
    }
}
