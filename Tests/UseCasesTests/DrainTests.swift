import Dispatching
import Foundation
import Invoicing
import Logging
import Postgres
import Runtime
import TestSupport
import Testing
import Wire

@testable import UseCases

/// A drain over a real database, and a provider that answers as it is told.
struct DrainTests {
    private static let count = 250

    @Test func `every dispatch goes out once, and what came of it is written`() throws {
        let installation = try Installation(Self.count)
        let provider = ScriptedProvider { _ in .accepted(providerMessageID: nil) }
        let summary = try installation.send(provider)
        #expect(Set(provider.submitted).count == Self.count)
        #expect(provider.submitted.count == Self.count)
        #expect(summary.counts.first { $0.0 == "sent" }?.1 == Self.count)
        #expect(try installation.states() == ["sent 1": Self.count])
        #expect(try installation.count("dispatch_lease") == 0)
    }

    @Test func `no more is claimed than the limit`() throws {
        let installation = try Installation(Self.count)
        let provider = ScriptedProvider { _ in .accepted(providerMessageID: nil) }
        _ = try installation.send(provider, limit: 130)
        #expect(provider.submitted.count == 130)
        #expect(try installation.states() == ["sent 1": 130, "queued 0": Self.count - 130])
    }

    @Test func `what was read ahead and never asked for is given back, and its attempt`() throws {
        let installation = try Installation(Self.count)
        let provider = ScriptedProvider { number in
            number < 3
                ? .accepted(providerMessageID: nil)
                : .refused(Refusal(.account, .unauthorized, "no key"))
        }
        let summary = try installation.send(provider)
        #expect(summary.exit == .refused)
        #expect(try installation.states() == ["sent 1": 3, "queued 0": Self.count - 3])
        #expect(try installation.count("dispatch_lease") == 0)
        #expect(try installation.count("dispatch_queue") == Self.count - 3)
    }

    @Test func `a provider that breaks leaves leases of what was under way, and no others`() throws
    {
        let installation = try Installation(Self.count)
        let provider = ScriptedProvider { number in
            guard number < 3 else { throw StoppedInTheMiddle() }
            return .accepted(providerMessageID: nil)
        }
        #expect(throws: StoppedInTheMiddle.self) { _ = try installation.send(provider) }
        let states = try installation.states()
        #expect(states["sent 1"] == 3)
        let leased = states["sending 1"] ?? 0
        #expect((1...DispatchReader.sliceMax).contains(leased), "\(states)")
        #expect(try installation.count("dispatch_lease") == leased)
        #expect(states["queued 0"] == Self.count - 3 - leased)
    }

    @Test func `a database that goes away ends the drain, and what it was is said`() throws {
        let installation = try Installation(Self.count)
        let provider = ScriptedProvider { number in
            if number == 40 { try installation.terminateOthers() }
            return .accepted(providerMessageID: nil)
        }
        #expect(throws: PostgresError.self) { _ = try installation.send(provider) }
        #expect(provider.submitted.count < Self.count)
        // Nothing is queued that may have gone out.
        let states = try installation.states()
        #expect((states["sending 1"] ?? 0) + (states["sent 1"] ?? 0) >= provider.submitted.count)
    }
}

private struct StoppedInTheMiddle: Error {}

/// A tenant with dispatches in the queue.
private final class Installation {
    private let database = try? TestDatabase()
    private let connection: Connection

    init(_ count: Int) throws {
        connection = try #require(database).connect()
        try connection.insertQueuedMails(count)
    }

    func send(_ provider: ScriptedProvider, limit: Int? = nil) throws -> RunSummary {
        let conninfo = try #require(database).conninfo
        var settings = Settings()
        settings.stateDirectory = NSTemporaryDirectory() + "budstikke-drain"
        let context = RunContext(settings: settings, log: Logger(label: "test"), limit: limit)
        return try SendDispatches(
            connection: connection, provider: provider, context: context,
            mark: SenderMark.open(connection, context: context)
        ) { try Connection(conninfo, applicationName: "budstikke-tests-feed") }.run()
    }

    /// How many dispatches have each state and number of attempts.
    func states() throws -> [String: Int] {
        var states: [String: Int] = [:]
        try connection.rows(
            "SELECT state || ' ' || attempt AS state, count(*) AS count FROM dispatch GROUP BY 1"
        ) { states[try $0["state"]] = try $0["count"] }
        return states
    }

    func count(_ table: String) throws -> Int {
        try connection.first(Query(stringLiteral: "SELECT count(*) AS count FROM \(table)")) {
            try $0["count"]
        } ?? -1
    }

    /// Ends the sessions of the thread that reads ahead.
    func terminateOthers() throws {
        _ = try connection.execute(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE application_name = 'budstikke-tests-feed' AND datname = current_database()
            """)
    }
}

/// Has eight messages under way, and answers the oldest of them.
private final class ScriptedProvider: MailProvider {
    let name = "scripted"
    let limits = MessageLimits(
        provider: "scripted", bytesMax: 1_000_000, envelope: { _ in 0 }, encoded: \.self)
    let sources: [EventSource] = []
    private(set) var submitted: [UUID] = []
    private let answer: (Int) throws -> SubmitOutcome

    init(answer: @escaping (Int) throws -> SubmitOutcome) {
        self.answer = answer
    }

    func submit(
        next: () throws -> OutgoingMessage?,
        finished: (OutgoingMessage, SubmitOutcome) throws -> Void
    ) throws {
        var underWay: [OutgoingMessage] = []
        var number = 0
        repeat {
            while underWay.count < 8, let message = try next() {
                submitted.append(message.dispatchID)
                underWay.append(message)
            }
            guard !underWay.isEmpty else { return }
            try finished(underWay.removeFirst(), try answer(number))
            number += 1
        } while true
    }

    func lookUp(_ queries: [LookupQuery]) -> [Result<LookupAnswer, ProviderError>] {
        queries.map { _ in .success(.unsupported) }
    }
    func poll(
        _ source: EventSource, from start: Date, until end: Date,
        page: (EventPage) throws -> Void
    ) throws {}
    func suppressions(of address: EmailAddress) throws -> [ListedSuppression] { [] }
    func lift(_ suppression: ListedSuppression) throws -> LiftAnswer { .notListed }
}
