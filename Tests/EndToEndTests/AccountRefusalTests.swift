import Foundation
import Postgres
import TestSupport
import Testing

/// Whose no it is: what the provider says of the account ends no invoice, and stops the run with
/// words and an exit code; what it says of a message ends that message alone.
struct AccountRefusalTests {
    /// What a provider answers to every message, and what the run comes to.
    struct Answer: CustomTestStringConvertible, Sendable {
        var provider: String
        var status: Int
        var body: String
        var exit: Int32
        /// Stands in the run's one line.
        var words: String
        var headers: [String: String] = ["Content-Type": "application/json"]

        var testDescription: String { "\(provider) \(status) \(body.prefix(60))" }
    }

    private static let html = ["Content-Type": "text/html"]
    private static let page = "<html><body>Request blocked</body></html>"

    static let answers = [
        Answer(
            provider: "mailgun", status: 420,
            body: #"{"message":"Domain mg.budstikke.test is not allowed to send: recipient limit"#
                + #" exceeded, try again after Mon, 25 Aug 2036 07:00:31 UTC"}"#,
            exit: 75, words: "recipient limit exceeded"),
        Answer(provider: "mailgun", status: 401, body: "Forbidden", exit: 77, words: "the key"),
        Answer(
            provider: "sendgrid", status: 403,
            body: #"{"errors":[{"message":"The from address does not match a verified Sender"#
                + #" Identity","field":"from"}]}"#,
            exit: 77, words: "mail.from_address"),
        Answer(
            provider: "sendgrid", status: 404, body: page, exit: 78, words: "404", headers: html),
        Answer(
            provider: "sendgrid", status: 407, body: page, exit: 78, words: "407", headers: html),
        Answer(
            provider: "sendgrid", status: 400, body: page, exit: 77, words: "400", headers: html),
        Answer(
            provider: "sendgrid", status: 403, body: page, exit: 77, words: "403", headers: html),
        Answer(
            provider: "sendgrid", status: 405, body: page, exit: 77, words: "405", headers: html),
        Answer(
            provider: "sendgrid", status: 415, body: page, exit: 77, words: "415", headers: html),
        Answer(
            provider: "sendgrid", status: 421, body: page, exit: 77, words: "421", headers: html),
        Answer(
            provider: "sendgrid", status: 425, body: page, exit: 77, words: "425", headers: html),
        Answer(
            provider: "sendgrid", status: 451, body: page, exit: 77, words: "451", headers: html),
        Answer(
            provider: "sendgrid", status: 401,
            body: #"{"errors":[{"message":"Maximum credits exceeded"}]}"#, exit: 75,
            words: "Maximum credits exceeded"),
        Answer(
            provider: "sendgrid", status: 429,
            body: #"{"errors":[{"message":"too many requests"}]}"#, exit: 75,
            words: "too many requests"),
        Answer(
            provider: "postmark", status: 422,
            body: #"{"ErrorCode":400,"Message":"The Sender signature was not found"}"#, exit: 77,
            words: "Sender signature"),
        Answer(
            provider: "postmark", status: 422,
            body: #"{"ErrorCode":1235,"Message":"The stream provided was not found"}"#, exit: 78,
            words: "provider.stream"),
        Answer(
            provider: "postmark", status: 422,
            body: #"{"ErrorCode":405,"Message":"You ran out of credits"}"#, exit: 75,
            words: "credits"),
    ]

    @Test(arguments: answers)
    func `a no to the account is nobody's failure, and stops the run`(_ answer: Answer) throws {
        let installation = try Self.queued(answer.provider)
        try installation.order(answer)
        let run = try installation.run("send-dispatches")
        #expect(run.exitCode == answer.exit, "\(run.errors)")
        #expect(run.errors.contains(answer.words), "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
        try Self.expectNothingSpent(installation)

        try installation.forgetFaults()
        try installation.drainAtOnce()
        #expect(try installation.ledger().distinct_dispatch_ids == Self.recipients.count)
        #expect(try installation.ledger().doubled_dispatch_ids.isEmpty)
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)
    }

    @Test func `one message that is truly refused among eleven good ones ends alone`() throws {
        let installation = try Self.queued("sendgrid")
        var answer = Self.answers[5]
        answer.status = 400
        try installation.order(answer, count: 1, recipient: "ok-7@")
        let run = try installation.run("send-dispatches")
        #expect(run.exitCode == 1, "\(run.errors)")
        #expect(try installation.ledger().accepted == 11)
        #expect(
            try installation.count("SELECT count(*) AS count FROM dispatch WHERE state = 'failed'")
                == 1)
        #expect(
            try installation.lines("SELECT recipient AS line FROM dispatch WHERE state = 'failed'")
                == ["ok-7@kunde.test"])
    }

    @Test(arguments: ["1", "16"])
    func `a message that alone provokes a fault of the account is set aside, the others go on`(
        _ concurrency: String
    ) throws {
        let installation = try Self.queued("sendgrid")
        try installation.order(Self.answers[6], count: 1_000, recipient: "ok-1@")
        // It is the only one that ever fails, so each run gets further.
        for _ in 0..<4 {
            _ = try installation.run(
                "send-dispatches", ["--now"],
                environment: ["BUDSTIKKE_PROVIDER_CONCURRENCY": concurrency])
        }
        #expect(try installation.ledger().accepted == 11)
    }

    private static let recipients = (1...12).map { "ok-\($0)@kunde.test" }

    private static func queued(_ provider: String) throws -> TestInstallation {
        let installation = try TestInstallation(provider: provider)
        try installation.importCompany(recipients: recipients)
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        return installation
    }

    private static func expectNothingSpent(_ installation: TestInstallation) throws {
        let standing = try installation.lines(
            """
            SELECT format('%s %s %s', state, attempt, count(*)) AS line FROM dispatch
            GROUP BY state, attempt
            """)
        #expect(standing == ["queued 0 \(recipients.count)"])
        #expect(try installation.count("SELECT count(*) AS count FROM dispatch_lease") == 0)
        #expect(try installation.count("SELECT count(*) AS count FROM notification") == 0)
        #expect(try installation.count("SELECT count(*) AS count FROM todo") == 0)
        let told = try installation.count(
            """
            SELECT count(*) AS count FROM dispatch
            WHERE message LIKE 'Waiting for the provider since %' AND deferrals > 0
            """)
        #expect(told == recipients.count, "each says why it does not go out")
    }
}

extension TestInstallation {
    /// Orders the provider to answer so.
    func order(
        _ answer: AccountRefusalTests.Answer, count: Int = 1_000, recipient: String? = nil
    ) throws {
        struct Order: Encodable {
            var kind = "answer"
            var endpoint = "send"
            var status: Int
            var headers: [String: String]
            var body: String
            var count: Int
            var recipient: String?
        }
        let order = Order(
            status: answer.status, headers: answer.headers, body: answer.body, count: count,
            recipient: recipient)
        let body = String(decoding: try JSONEncoder().encode(["faults": [order]]), as: UTF8.self)
        _ = try curl("/_sandbox/faults", "-X", "POST", "--fail", "-d", body)
    }

    /// Sends what waits, whatever pause the provider is left in, until nothing waits.
    package func drainAtOnce() throws {
        let isDone = try wait {
            _ = try run("send-dispatches", "--now")
            return try count(
                """
                SELECT count(*) AS count FROM dispatch
                WHERE state IN ('queued', 'sending', 'in_doubt') AND channel = 'email'
                """) == 0
        }
        if !isDone { throw TestInstallationError.notImported("something still waits") }
    }
}
