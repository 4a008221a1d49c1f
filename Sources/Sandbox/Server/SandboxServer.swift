import Hummingbird
import Logging
import NIOCore
import Synchronization

/// A sandbox provider on a loopback port.
///
/// It binds 127.0.0.1 only: the control routes take anybody's orders.
package struct SandboxServer: Sendable {
    private let options: SandboxOptions
    private let account: Account
    private let logger: Logger

    /// The names of the faults that can be ordered.
    package static let faultKinds = FaultKind.allCases.map(\.rawValue)

    /// How many connections may wait to be taken in.
    private static let backlog = 1024

    /// Opens the ledger and restores from it what an earlier sandbox accepted.
    package init(_ options: SandboxOptions) throws(LedgerError) {
        let offset = Int64(options.clockOffsetSeconds) * 1000
        var logger = Logger(label: "sandbox") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .error
        try self.init(options, logger: logger) {
            Timestamp.wallClock.advanced(byMilliseconds: offset)
        }
    }

    /// As above, by a clock of the caller's and with a log of its own.
    init(
        _ options: SandboxOptions, logger: Logger, clock: @escaping @Sendable () -> Timestamp
    ) throws(LedgerError) {
        self.options = options
        self.logger = logger
        account = try Account(options: options, clock: clock)
    }

    /// Serves until the task is cancelled; `listening` is told the port once it is open.
    package func run(listening: @escaping @Sendable (Int) -> Void) async throws {
        let router = Router(context: SandboxContext.self)
        addRoutes(to: router)
        let application = Application(
            router: router,
            configuration: .init(
                address: .hostname("127.0.0.1", port: options.port), backlog: Self.backlog),
            onServerRunning: { channel in listening(channel.localAddress?.port ?? 0) },
            logger: logger)
        try await application.run()
    }

    private func addRoutes(to router: Router<SandboxContext>) {
        let faults = FaultBoard()
        let tally = RequestCounts()
        let connections = Connections()
        let vendors: [any Vendor] = [SendGridVendor(), PostmarkVendor(), MailgunVendor()]
        for vendor in vendors {
            vendor.addRoutes(
                to: router,
                stage: RouteContext(
                    account: account, faults: faults, vendor: vendor,
                    latencyMilliseconds: options.latencyMilliseconds),
                gate: VendorMiddleware(
                    vendor: vendor, tally: tally, connections: connections, faults: faults,
                    apiKey: options.apiKey))
        }
        ControlRoutes(account: account, faults: faults, tally: tally)
            .add(to: router.group("_sandbox"))
    }
}

/// How a sandbox runs.
package struct SandboxOptions: Sendable {
    /// The port on 127.0.0.1; 0 for any that is free.
    package var port = 0
    /// Where the ledger lies; without a path it is gone when the sandbox is.
    package var ledgerPath: String?
    /// Whether each acceptance is on the disk before it is answered.
    package var syncsLedger = false
    /// How long each send takes: one half before it is accepted, one half before it is answered.
    package var latencyMilliseconds = 0
    /// How long after it happened an event can be seen.
    package var eventDelayMilliseconds = 0
    /// How far the provider's clock goes ahead of ours.
    package var clockOffsetSeconds = 0
    /// How long the logs keep a message (SendGrid's logs, Postmark's messages, Mailgun's events);
    /// nil for ever.
    package var logsKeptSeconds: Int?
    /// The key that is taken; without one, any that is not empty.
    package var apiKey: String?

    package init() {}
}

/// The parts of a vendor's API, as faults and the summary name them.
///
/// | part | SendGrid | Postmark | Mailgun |
/// |---|---|---|---|
/// | `send` | mail/send | email | messages |
/// | `lists` | suppression lists | bounces, suppressions | suppression lists |
/// | `logs` | logs | messages/outbound | events |
/// | `delete` | from a list | from the suppressions | from a list |
/// | `account` | scopes, domains, senders | server, message-streams/… | domains/… |
enum Endpoint: String, Hashable, Sendable, CaseIterable {
    case send, lists, logs, delete, account
}

/// How many requests each open connection has carried.
final class Connections: Sendable {
    private let counts = Mutex<[ObjectIdentifier: Int]>([:])

    /// Counts a request and gives its number on its connection, from 1.
    func count(_ channel: any Channel) -> Int {
        let id = ObjectIdentifier(channel)
        let number = counts.withLock { counts in
            counts[id, default: 0] += 1
            return counts[id, default: 1]
        }
        if number == 1 {
            channel.closeFuture.whenComplete { _ in
                self.counts.withLock { $0[id] = nil }
            }
        }
        return number
    }
}
