import Bounces
import Dispatching
import Foundation
import Invoicing
import Providers
import TestSupport
import Wire

/// A provider with a sandbox of its own, and what a test asks of the two; for SMTP the sandbox is
/// a relay and a bounce mailbox.
final class ProviderFixture {
    let providerCase: ProviderCase
    let provider: any MailProvider
    private let sandbox: RunningProgram?
    private let url: String
    private let world: RelayWorld?

    /// `settings` are the vendor's own, where they are to be others than the usual.
    init(
        _ providerCase: ProviderCase, settings: VendorSettings? = nil, timeoutSeconds: Int = 10,
        logsKeptSeconds: Int? = nil
    ) throws {
        self.providerCase = providerCase
        var settings = settings ?? .test(providerCase)
        if case .smtp(_, let messageBytesMax) = settings {
            let world = RelayWorld()
            (self.world, sandbox, url) = (world, nil, "")
            settings = .smtp(
                .success(.test(relayURL: world.relay.url, mailboxURL: world.mailbox.url)),
                messageBytesMax: messageBytesMax)
        } else {
            let sandbox = RunningProgram("sandbox-provider", ["--port", "0"])
            try sandbox.start()
            _ = eventually { !sandbox.isRunning || sandbox.printed.contains("listening on") }
            url = sandbox.printed.replacing("listening on ", with: "")
                .trimmingCharacters(in: .whitespacesAndNewlines)
            (self.sandbox, world) = (sandbox, nil)
        }
        var account = ProviderAccount.test(
            at: url, timeoutSeconds: timeoutSeconds, settleSeconds: 0)
        account.settings.logsKeptSeconds = logsKeptSeconds
        // A little ahead, so that the second that is not over yet is read too.
        provider = try ProviderRegistry.open(settings, account, .test(now: { Date.now + 2 }))
    }

    deinit {
        sandbox?.send(SIGTERM)
        _ = sandbox?.wait()
    }

    // MARK: What the sandbox is told

    func order(_ fault: String) throws {
        if let world { return try world.order(fault) }
        _ = try ask("POST", "/_sandbox/faults", #"{"faults":[\#(fault)]}"#)
    }

    /// The provider's logs forget all that it took until now.
    func forget() throws {
        _ = try ask("POST", "/_sandbox/forget")
    }

    func complain(_ address: String) throws {
        if let world { return try world.post(address, complaint: true) }
        _ = try ask("POST", "/_sandbox/complain", #"{"email":"\#(address)"}"#)
    }

    func bounce(_ address: String, _ kind: String) throws {
        if let world { return try world.post(address, complaint: false) }
        _ = try ask("POST", "/_sandbox/bounce", #"{"email":"\#(address)","kind":"\#(kind)"}"#)
    }

    struct Summary: Decodable {
        var accepted: Int
        var distinct_dispatch_ids: Int
        var without_dispatch_id: Int
    }

    func summary() throws -> Summary {
        if let world {
            let marks = world.relay.taken.compactMap { taken in
                taken.sender.split { "+@".contains($0) }.dropFirst().first
            }
            return Summary(
                accepted: world.relay.taken.count, distinct_dispatch_ids: Set(marks).count,
                without_dispatch_id: world.relay.taken.count - marks.count)
        }
        return try JSONDecoder().decode(Summary.self, from: ask("GET", "/_sandbox/summary"))
    }

    private func ask(_ method: String, _ path: String, _ body: String? = nil) throws -> Data {
        let curl = Process()
        let pipe = Pipe()
        curl.executableURL = URL(filePath: "/usr/bin/curl")
        curl.arguments =
            ["-sS", "--fail", "-X", method] + (body.map { ["-d", $0] } ?? [])
            + [url + path]
        curl.standardOutput = pipe
        try curl.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        curl.waitUntilExit()
        guard curl.terminationStatus == 0 else { throw BenchError.refused(path) }
        return data
    }

    // MARK: What the provider is asked

    func submit(_ messages: [OutgoingMessage]) throws -> [UUID: SubmitOutcome] {
        var rest = messages[...]
        var outcomes: [UUID: SubmitOutcome] = [:]
        try provider.submit(
            next: { rest.popFirst() },
            finished: { message, outcome in outcomes[message.dispatchID] = outcome })
        return outcomes
    }

    @discardableResult
    func submit(_ message: OutgoingMessage) throws -> SubmitOutcome {
        try submit([message])[message.dispatchID] ?? .inDoubt(reason: "never answered")
    }

    func lookUp(_ message: OutgoingMessage, attemptedAt: Date = .now) throws -> LookupAnswer {
        try provider.lookUp([.sample(message, attemptedAt: attemptedAt)])[0].get()
    }

    /// All pages of one source.
    func pages(
        _ source: String, from start: Date = .now - 3600, until end: Date = .now + 60
    ) throws -> [EventPage] {
        var pages: [EventPage] = []
        try provider.poll(
            EventSource(name: source, overlapSeconds: 0), from: start, until: end,
            page: { pages.append($0) })
        return pages
    }

    /// All events of all sources.
    func events(
        from start: Date = .now - 3600, until end: Date = .now + 60
    ) throws -> [ProviderEvent] {
        try provider.sources.flatMap { source in
            try pages(source.name, from: start, until: end).flatMap(\.events)
        }
    }

    func lift(_ address: String) throws -> [LiftAnswer] {
        try provider.suppressions(of: .sample(address)).map { try provider.lift($0) }
    }
}

enum BenchError: Error {
    case refused(String)
}

extension ProviderFixture {
    /// What the provider measures of a message, without its files at hand.
    func measured(_ message: OutgoingMessage) -> Int {
        var outline = message
        outline.attachments = message.attachments.map {
            Attachment(fileName: $0.fileName, contentType: $0.contentType, content: [])
        }
        return provider.limits.size(
            of: outline, fileBytes: message.attachments.map(\.content.count))
    }
}
