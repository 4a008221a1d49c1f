import Bounces
import Dispatching
import Foundation
import Invoicing
import Postgres
import Providers
import Runtime
import TestSupport
import Testing
import Wire

/// Whose no it is: what the provider says of the account ends no invoice, and stops the run with
/// words and an exit code; what it says of a message ends that message alone.
struct AccountRefusalTests {
    /// What a provider answers to every message, and what the run comes to.
    struct Answer: CustomTestStringConvertible, Sendable {
        var provider: String
        var status: Int
        var body: String
        var exit: BudstikkeExit
        /// Stands in what the run says.
        var words: String
        var type = "application/json"

        var testDescription: String { "\(provider) \(status) \(body.prefix(60))" }

        /// A web page, of a firewall or of a proxy.
        static func page(_ status: Int, _ exit: BudstikkeExit) -> Answer {
            Answer(
                provider: "sendgrid", status: status,
                body: "<html><body>Request blocked</body></html>", exit: exit, words: "\(status)",
                type: "text/html")
        }

        var reaction: StubServer.Reaction {
            .answer(status, headers: [("Content-Type", type)], body: body)
        }
    }

    private static let answers =
        [
            Answer(
                provider: "mailgun", status: 420,
                body: #"{"message":"Domain mg.budstikke.test is not allowed to send: recipient"#
                    + #" limit exceeded, try again after Mon, 25 Aug 2036 07:00:31 UTC"}"#,
                exit: .tryAgain, words: "recipient limit exceeded"),
            Answer(
                provider: "mailgun", status: 401, body: "Forbidden", exit: .refused,
                words: "the key"),
            Answer(
                provider: "sendgrid", status: 403,
                body: #"{"errors":[{"message":"The from address does not match a verified Sender"#
                    + #" Identity","field":"from"}]}"#,
                exit: .refused, words: "mail.from_address"),
            Answer(
                provider: "sendgrid", status: 401,
                body: #"{"errors":[{"message":"Maximum credits exceeded"}]}"#, exit: .tryAgain,
                words: "Maximum credits exceeded"),
            Answer(
                provider: "sendgrid", status: 429,
                body: #"{"errors":[{"message":"too many requests"}]}"#, exit: .tryAgain,
                words: "too many requests"),
            Answer(
                provider: "postmark", status: 422,
                body: #"{"ErrorCode":400,"Message":"The Sender signature was not found"}"#,
                exit: .refused, words: "Sender signature"),
            Answer(
                provider: "postmark", status: 422,
                body: #"{"ErrorCode":1235,"Message":"The stream provided was not found"}"#,
                exit: .configuration, words: "provider.stream"),
            Answer(
                provider: "postmark", status: 422,
                body: #"{"ErrorCode":405,"Message":"You ran out of credits"}"#, exit: .tryAgain,
                words: "credits"),
        ]
        + [404, 407].map { .page($0, .configuration) }
        + [400, 403, 405, 415, 421, 425, 451].map { .page($0, .refused) }

    @Test(arguments: answers)
    func `a no to the account is nobody's failure, and stops the run`(_ answer: Answer) throws {
        let company = try Self.queued()
        let server = StubServer { _ in answer.reaction }
        let run = company.send(by: try Self.account(answer.provider, at: server))
        #expect(run.exit == answer.exit, "\(run)")
        #expect(run.error.contains(answer.words), "\(run)")
        #expect(!run.error.contains("\n"), "\(run)")
        try Self.expectNothingSpent(company)
        try Self.expectHealing(company, answer.provider)
    }

    @Test func `one message that is truly refused among eleven good ones ends alone`() throws {
        let company = try Self.queued()
        let server = Self.sendgrid(refusing: "ok-7@", by: .page(400, .refused))
        let run = company.send(by: try Self.account("sendgrid", at: server))
        #expect(run.exit == .someFailed, "\(run)")
        #expect(run.counts["sent"] == 11, "\(run)")
        #expect(
            try company.lines("SELECT recipient AS line FROM dispatch WHERE state = 'failed'")
                == ["ok-7@kunde.test"])
    }

    @Test(arguments: [1, 16])
    func `a message that alone provokes a fault of the account is set aside, the others go on`(
        _ concurrency: Int
    ) throws {
        let company = try Self.queued()
        let server = Self.sendgrid(refusing: "ok-1@", by: .page(403, .refused))
        // It is the only one that ever fails, so each run gets further.
        for _ in 0..<4 {
            company.send(
                isAtOnce: true,
                by: try Self.account("sendgrid", at: server, concurrency: concurrency))
            company.now += 3_600
        }
        #expect(
            try company.count("SELECT count(*) AS count FROM dispatch WHERE state = 'sent'") == 11)
    }

    @Test func `a key that may not read is said by who reads, and by who asks of a doubt`() throws {
        let company = try Self.queued()
        let error = ProviderError.unauthorized(provider: "stub", reason: "no scope")
        company.provider.answerPolls { _ in throw error }
        let polled = company.reconcile()
        #expect(polled.exit == .refused && polled.error.contains("provider.reconcile_key_file"))

        company.provider.answer {
            $0.to.address.text.hasPrefix("ok-1@") ? .inDoubt(reason: "no answer") : nil
        }
        company.send()
        company.provider.answerLookUps(.failure(error))
        let asked = company.send()
        #expect(asked.exit == .refused && asked.error.contains("refuses the key"), "\(asked)")
        #expect(
            try company.lines("SELECT recipient AS line FROM dispatch WHERE state = 'in_doubt'")
                == ["ok-1@kunde.test"], "nobody guesses")
    }

    /// A command of SMTP, what a relay says to it, and what the run comes to.
    private static let replies: [(String, String, BudstikkeExit)] = [
        ("RCPT", "550 5.7.64 TenantAttribution; Relay Access Denied", .refused),
        ("MAIL", "554 5.7.0 Sending suspended for this account", .refused),
        ("RCPT", "550 5.4.5 Daily user sending quota exceeded", .tryAgain),
        (
            ".",
            "550 5.4.6 Unusual sending rate detected: you have reached a limit for sending mail",
            .tryAgain
        ),
        (
            ".", "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException",
            .tryAgain
        ),
        (
            "MAIL", "550 5.7.30 Basic authentication is not supported for Client Submission",
            .refused
        ),
        ("MAIL", "525 5.7.13 Unauthorised IP address", .refused),
        ("HELLO", "421 4.3.2 Service not available", .unavailable),
        ("MAIL", "421 4.7.0 Too many messages, try again later", .tryAgain),
    ]

    @Test(arguments: replies)
    func `what a relay says of the account is nobody's failure`(
        _ command: String, _ reply: String, _ exit: BudstikkeExit
    ) throws {
        let company = try Self.queued()
        let relay = StubRelay { said, _ in said.hasPrefix(command) ? .say(reply) : nil }
        let run = company.send(by: try Self.relayAccount(relay))
        #expect(run.exit == exit || exit == .unavailable && run.exit == .tryAgain, "\(run)")
        #expect(run.error.contains(reply.prefix(3)), "\(run)")
        #expect(
            try company.lines(
                """
                SELECT DISTINCT format('%s %s %s', state, delivery, attempt) AS line FROM dispatch
                """) == ["queued unknown 0"])
        #expect(try company.openTodos() == 0)
        let sound = StubRelay()
        try company.drain(by: Self.relayAccount(sound))
        #expect(sound.taken.map(\.recipient).sorted() == Self.recipients.sorted())
    }

    // MARK: What they are tried on

    private static let recipients = (1...12).map { "ok-\($0)@kunde.test" }

    private static func queued() throws -> TestCompany {
        let company = try TestCompany(recipients: recipients)
        company.generate()
        return company
    }

    static func account(
        _ name: String, at server: StubServer, concurrency: Int = 16
    ) throws -> any MailProvider {
        try ProviderRegistry.open(
            .test(#require(ProviderName(rawValue: name))),
            .test(at: server.url, concurrency: concurrency, timeoutSeconds: 10),
            ProviderClock(stop: NeverStopped()))
    }

    private static func relayAccount(_ relay: StubRelay) throws -> any MailProvider {
        try ProviderRegistry.open(
            .smtp(.success(.test(relayURL: relay.url)), messageBytesMax: 10_240_000),
            .test(concurrency: 16), ProviderClock(stop: NeverStopped()))
    }

    /// A server that takes what it is sent, but for what goes to one recipient.
    private static func sendgrid(refusing recipient: String, by answer: Answer) -> StubServer {
        StubServer { request in
            request.text.contains(recipient)
                ? answer.reaction
                : .answer(202, headers: [("X-Message-Id", UUID().uuidString)])
        }
    }

    private static func expectNothingSpent(_ company: TestCompany) throws {
        let spent = try company.lines(
            """
            SELECT format('%s %s %s', state, attempt, count(*)) AS line FROM dispatch
            GROUP BY state, attempt
            """)
        #expect(spent == ["queued 0 \(recipients.count)"])
        for table in ["dispatch_lease", "notification", "todo"] {
            let count = try company.count(
                Query(stringLiteral: "SELECT count(*) AS count FROM \(table)"))
            #expect(count == 0, "\(table)")
        }
        let told = try company.count(
            """
            SELECT count(*) AS count FROM dispatch
            WHERE message LIKE 'Waiting for the provider since %' AND deferrals > 0
            """)
        #expect(told == recipients.count, "each says why it does not go out")
    }

    private static func expectHealing(_ company: TestCompany, _ provider: String) throws {
        let account = StubProvider(name: provider)
        try company.drain(by: account)
        #expect(Set(account.taken.map(\.to.address.text)) == Set(recipients))
        #expect(account.doubled == [])
        #expect(try company.broken() == [])
    }
}
