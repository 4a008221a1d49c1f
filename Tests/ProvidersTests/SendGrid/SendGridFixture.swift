import Dispatching
import Foundation
import Invoicing
import Providers
import TestSupport
import Transport
import Wire

/// A provider that speaks to a stub, with a clock that stands and pauses that take no time.
final class SendGridFixture {
    static let now = Date(timeIntervalSince1970: 1_750_000_000)

    let server: StubServer
    let provider: SendGridProvider
    private let pauseLog: PauseLog

    /// The seconds that the provider would have waited.
    var pauses: [Int] { pauseLog.seconds }

    private final class PauseLog {
        var seconds: [Int] = []
    }

    init(
        early: @escaping StubServer.EarlyScript = { _ in nil }, baseURL: String? = nil,
        concurrency: Int = 1, timeoutSeconds: Int = 30,
        _ script: @escaping StubServer.Script
    ) throws {
        server = StubServer(early: early, script)
        let pauseLog = PauseLog()
        provider = try SendGridProvider(
            region: .us,
            .test(
                at: baseURL ?? server.url, sendKey: "SG.send", reconcileKey: "SG.reconcile",
                concurrency: concurrency, timeoutSeconds: timeoutSeconds),
            .test(now: { Self.now }, pause: { pauseLog.seconds.append($0) }))
        self.pauseLog = pauseLog
    }

    /// Submits messages and gives their outcomes by dispatch.
    func submit(_ messages: [OutgoingMessage]) throws -> [UUID: SubmitOutcome] {
        var rest = messages[...]
        var outcomes: [UUID: SubmitOutcome] = [:]
        try provider.submit(
            next: { rest.popFirst() },
            finished: { message, outcome in outcomes[message.dispatchID] = outcome })
        return outcomes
    }

    func submit(_ message: OutgoingMessage = .sample()) throws -> SubmitOutcome? {
        try submit([message])[message.dispatchID]
    }

    /// All pages of a source in a window of seconds since 1970.
    func poll(_ source: String, _ start: Double, _ end: Double) throws -> [EventPage] {
        var pages: [EventPage] = []
        try provider.poll(
            EventSource(name: source, overlapSeconds: 0),
            from: Date(timeIntervalSince1970: start), until: Date(timeIntervalSince1970: end),
            page: { pages.append($0) })
        return pages
    }
}

extension OutgoingMessage {
    static func sample(
        to: String = "ap@kunde.example", subject: String = "Faktura 1001",
        text: String = "Hei", html: String? = nil, attachments: [Attachment] = []
    ) -> OutgoingMessage {
        let dispatchID = UUID()
        // swift-format-ignore: NeverForceUnwrap
        return OutgoingMessage(
            dispatchID: dispatchID, tenantID: 42,
            from: Mailbox(name: "Fjord & Sønn", address: EmailAddress("post@fjord.example")!),
            to: Mailbox(address: EmailAddress(to)!), subject: subject,
            messageID: "<\(dispatchID)@fjord.example>", text: text, html: html,
            attachments: attachments)
    }
}
