import Dispatching
import Foundation
import Providers
import TestSupport
import Testing
import Wire

/// What a provider says of our account: in order, refused, unknown, out of reach.
struct ExamineTests {
    private typealias Answers = [AccountExamination.Question: AccountExamination.Answer]

    private static var sender: EmailAddress {
        get throws { try .sample("faktura@fjord.example") }
    }

    private static func answers(_ fixture: ProviderFixture) throws -> Answers {
        try fixture.provider.examine(sender: sender).answers
    }

    /// The questions that a vendor with a sound account can't answer.
    private static func untold(_ providerCase: ProviderCase) -> Set<AccountExamination.Question> {
        switch providerCase {
        case .sendgrid: []
        case .mailgun: [.sending]
        case .postmark, .smtp: [.sender]
        }
    }

    @Test(arguments: ProviderCase.allCases)
    func `of a sound account all is well that can be told`(_ providerCase: ProviderCase) throws {
        let fixture = try ProviderFixture(providerCase)
        let examination = try fixture.provider.examine(sender: Self.sender)
        for (question, answer) in examination.answers {
            if Self.untold(providerCase).contains(question) {
                guard case .unknown = answer else {
                    Issue.record("\(question): \(answer)"); continue
                }
            } else {
                #expect(answer == .yes, "\(question)")
            }
        }
        #expect(examination.answers[.reading] == .yes)
        #expect(Set(examination.answers.keys).isSuperset(of: [.sending, .sender]))
        #expect((examination.clock == nil) == (providerCase == .smtp))
        #expect(try fixture.summary().accepted == 0)
    }

    static let overHTTP = ProviderCase.allCases.filter { $0 != .smtp }

    @Test(
        arguments: overHTTP,
        [
            "status_503", "status_500_before_accept", "html_200", "truncated_json", "status_429",
            "unauthorized", "close_after_accept",
        ])
    func `what fails at the first question is told, and ends the others`(
        _ providerCase: ProviderCase, _ fault: String
    ) throws {
        let fixture = try ProviderFixture(providerCase)
        try fixture.order(#"{"kind":"\#(fault)","endpoint":"account","count":9}"#)
        let answers = try Self.answers(fixture)
        #expect(answers.count == 1)
        guard case .failed(let error) = answers[.access] else {
            Issue.record("\(answers)")
            return
        }
        let isIt =
            switch error {
            case .unavailable:
                ["status_503", "status_500_before_accept", "close_after_accept"]
                    .contains(fault)
            case .unreadable: ["html_200", "truncated_json"].contains(fault)
            case .rateLimited: fault == "status_429"
            case .unauthorized: fault == "unauthorized"
            case .notAllowed, .misconfigured, .untrusted, .exhausted: false
            }
        #expect(isIt, "\(error)")
    }

    /// The reason of the answer that something is not as it has to be.
    private static func no(_ answer: AccountExamination.Answer?) -> String? {
        guard case .no(let reason) = answer else { return nil }
        return reason
    }

    @Test func `a domain of another region, or none of ours, is told with the other region`() throws
    {
        let fixture = try ProviderFixture(
            .mailgun, settings: .mailgun(region: .us, domain: .success("mg.fjord.invalid")))
        let answers = try Self.answers(fixture)
        #expect(answers[.access] == .yes)
        #expect(Self.no(answers[.place])?.contains("provider.region is eu") == true, "\(answers)")
    }

    @Test(arguments: [
        ("unverified", "false", AccountExamination.Question.sender, "is not verified"),
        ("disabled", "true", .place, "has disabled"), ("active", "true", .place, "has disabled"),
    ])
    func `a domain that may not send at Mailgun is told`(
        state: String, isDisabled: String, question: AccountExamination.Question, words: String
    ) throws {
        let fixture = try ProviderFixture(.mailgun)
        let domain = #"\"name\":\"mg.fjord.example\",\"state\":\"\#(state)\""#
        let body = #"{\"domain\":{\#(domain),\"is_disabled\":\#(isDisabled)}}"#
        try fixture.order(
            #"{"kind":"answer","status":200,"body":"\#(body)","endpoint":"account"}"#)
        #expect(try Self.no(Self.answers(fixture)[question])?.contains(words) == true)
    }

    @Test func `a stream that is gone at Postmark is told, and a server that delivers nothing`()
        throws
    {
        let fixture = try ProviderFixture(
            .postmark, settings: .postmark(region: .us, stream: "faktura-gone"))
        #expect(try Self.no(Self.answers(fixture)[.place])?.contains("provider.stream") == true)
        try fixture.order(
            #"{"kind":"answer","status":200,"body":"{\"ID\":1,\"DeliveryType\":\"Sandbox\"}","#
                + #""endpoint":"account"}"#)
        #expect(try Self.no(Self.answers(fixture)[.sending])?.contains("sandbox") == true)
    }

    // MARK: SendGrid, whose answers have pages

    /// SendGrid as a script: the scopes, the domains and the senders, a page each.
    private static func sendgrid(
        scopes: String = #"["mail.send"]"#, domains: [String] = [], senders: [String] = [],
        refusing path: String? = nil, status: Int = 403
    ) throws -> (StubServer, Answers) {
        let server = StubServer { request in
            let target = request.target
            if let path, target.hasPrefix(path) {
                return .answer(status, body: #"{"errors":[{"message":"access forbidden"}]}"#)
            }
            func page(_ rows: [String], from start: Int) -> String {
                "[\(rows.dropFirst(start).prefix(50).joined(separator: ","))]"
            }
            func number(_ name: String) -> Int {
                let value = target.components(separatedBy: "\(name)=").dropFirst().first
                return value.flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
            }
            return switch target.prefix(while: { $0 != "?" }) {
            case "/v3/scopes": .answer(200, body: #"{"scopes":\#(scopes)}"#)
            case "/v3/whitelabel/domains":
                .answer(200, body: page(domains, from: number("offset")))
            case "/v3/verified_senders":
                .answer(
                    200, body: #"{"results":\#(page(senders, from: number("lastSeenID")))}"#)
            default: .answer(200, body: "[]")
            }
        }
        let provider = try ProviderRegistry.open(
            .sendgrid(region: .us), .test(at: server.url), .test())
        let sender = try Self.sender
        return (server, provider.examine(sender: sender).answers)
    }

    private static func domain(_ name: String, isValid: Bool) -> String {
        #"{"id":1,"domain":"\#(name)","valid":\#(isValid),"dns":{}}"#
    }

    @Test func `a domain on a later page is found, and one that is not valid is none`() throws {
        let others = (1...60).map { Self.domain("a\($0).example", isValid: true) }
        let own = Self.domain("Fjord.Example", isValid: true)
        #expect(try Self.sendgrid(domains: others + ["17"] + [own]).1[.sender] == .yes)
        let invalid = try Self.sendgrid(domains: [Self.domain("fjord.example", isValid: false)]).1
        #expect(Self.no(invalid[.sender])?.contains("DNS records") == true)
        #expect(
            try Self.no(Self.sendgrid(domains: others).1[.sender])?.contains("fjord.example")
                == true)
    }

    @Test func `a sender on a later page is found, if it is verified`() throws {
        func senders(_ verified: Bool) -> [String] {
            (1...70).map {
                #"{"id":\#($0),"from_email":"\#($0 == 70 ? "Faktura" : "a\($0)")@fjord.example","#
                    + #""verified":\#($0 == 70 ? verified : true)}"#
            }
        }
        #expect(try Self.sendgrid(senders: senders(true)).1[.sender] == .yes)
        #expect(try Self.no(Self.sendgrid(senders: senders(false)).1[.sender]) != nil)
    }

    @Test func `a key without the right to send is told`() throws {
        let answers = try Self.sendgrid(scopes: #"["suppression.read"]"#).1
        #expect(answers[.access] == .yes)
        #expect(Self.no(answers[.sending])?.contains("mail.send") == true)
    }

    @Test(arguments: ["/v3/scopes", "/v3/whitelabel/domains", "/v3/verified_senders"])
    func `what a key may not ask is no fault of the account`(path: String) throws {
        let answers = try Self.sendgrid(refusing: path).1
        let question = path == "/v3/scopes" ? AccountExamination.Question.sending : .sender
        guard case .unknown = answers[question] else { Issue.record("\(answers)"); return }
        #expect(answers[.access] == .yes && answers[.reading] == .yes)
    }

    @Test func `a key that may not read what became of the mail is refused`() throws {
        let answers = try Self.sendgrid(refusing: "/v3/suppression/bounces").1
        guard case .failed(.unauthorized) = answers[.reading] else {
            Issue.record("\(answers)")
            return
        }
    }

    @Test func `each question is asked once, and by its key`() throws {
        let (server, _) = try Self.sendgrid(refusing: "/v3/scopes", status: 500)
        #expect(server.requests.map(\.target) == ["/v3/scopes"])
        #expect(server.requests[0].header("Authorization") == "Bearer key-to-send")
        let lists = try Self.sendgrid().0.requests.filter { $0.target.contains("suppression") }
        #expect(lists.map { $0.header("Authorization") } == ["Bearer key-to-read"])
    }

    // MARK: A relay and a mailbox

    @Test func `a relay that is down does not hide the mailbox`() throws {
        let world = RelayWorld()
        let provider = try ProviderRegistry.open(
            .smtp(
                .success(.test(relayURL: "smtp://127.0.0.1:1", mailboxURL: world.mailbox.url)),
                messageBytesMax: 10_240_000), .test(), .test())
        let answers = try provider.examine(sender: Self.sender).answers
        guard case .failed(.unavailable) = answers[.sending] else {
            Issue.record("\(answers)")
            return
        }
        #expect(answers[.reading] == .yes)
    }

    @Test func `a relay that says no to nothing at all is told in its words`() throws {
        let relay = StubRelay { command, _ in
            command == "NOOP" ? .say("421 4.7.0 you are not welcome") : nil
        }
        let provider = try ProviderRegistry.open(
            .smtp(.success(.test(relayURL: relay.url)), messageBytesMax: 10_240_000), .test(),
            .test())
        let answers = try provider.examine(sender: Self.sender).answers
        guard case .failed(.unavailable(_, let reason)) = answers[.sending] else {
            Issue.record("\(answers)")
            return
        }
        #expect(reason.contains("you are not welcome"))
        guard case .failed(.unavailable) = answers[.reading] else {
            Issue.record("\(answers)")
            return
        }
    }
}
