import Hummingbird
import Logging
import NIOCore

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
