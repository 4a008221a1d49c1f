import Crypto
import Documents
import FoundationEssentials
import Invoicing
import Logging
import Postgres
import Runtime
import Store

/// Validates and draws logos, once per content, and stores the results.
///
/// To be called before the transaction that creates documents, never in it: a picture may take
/// seconds. An interrupted attempt is not stored, and not repeated in the same run.
final class LogoDrawer {
    private let connection: Connection
    private let context: RunContext
    private var process: LogoProcess?
    private var interrupted: Set<LogoDrawings.Key> = []
    /// The last result with the logo's hash: affiliated companies often share one logo.
    private var last: (sha256: [UInt8], outcome: FormLogo)?

    init(_ connection: Connection, context: RunContext) {
        self.connection = connection
        self.context = context
    }

    /// Draws the logos of these tenants' forms that have not been drawn, until a stop is requested.
    func prepare(_ tenants: [Int64]) throws {
        let logos = LogoDrawings(connection)
        for key in try logos.missing(tenants: tenants)
        where !interrupted.contains(key) && !context.stop.isRequested {
            guard let file = try logos.file(of: key, bytesMax: LogoLimits.bytesMax) else {
                continue
            }
            _ = try draw(file, of: key)
        }
    }

    /// The result for a file, drawn now or before.
    func outcome(of file: [UInt8], tenantID: Int64) throws -> FormLogo {
        let key = LogoDrawings.Key(tenantID: tenantID, sha256: Array(SHA256.hash(data: file)))
        let outcome = try LogoDrawings(connection).outcome(of: key) ?? draw(file, of: key)
        if outcome == .unusable(.interrupted), let exit = context.stop.exit {
            throw UsageError("stopped while a logo was being drawn", exit: exit)
        }
        return outcome
    }

    private func draw(_ file: [UInt8], of key: LogoDrawings.Key) throws -> FormLogo {
        let outcome =
            try last.flatMap { $0.sha256 == key.sha256 ? $0.outcome : nil }
            ?? draw(file, tenantID: key.tenantID)
        guard outcome != .unusable(.interrupted) else {
            interrupted.insert(key)
            return outcome
        }
        last = (key.sha256, outcome)
        try inTransaction {
            try LogoDrawings(connection).keep(outcome, of: key, now: context.clock.now)
        }
        return outcome
    }

    private func draw(_ file: [UInt8], tenantID: Int64) throws -> FormLogo {
        let process = try process ?? LogoProcess.beside(stop: context.stop)
        self.process = process
        switch try process.run(file) {
        case .answer(.drawn(let logo)): return .picture(try logo.picture())
        case .answer(.refused(let fault)): return .unusable(fault)
        case .broken: return .unusable(.overBudget)
        case .interrupted(let reason):
            context.log.error(
                "a logo was not drawn to its end",
                metadata: [
                    "tenant": "\(tenantID)", "program": "\(process.program)",
                    "reason": "\(reason)",
                ])
            return .unusable(.interrupted)
        }
    }

    /// Verifies that logos can be drawn on this machine, with one that is valid.
    static func check(_ context: RunContext) throws {
        let sound = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 3 1'/>"
        let process = try LogoProcess.beside(stop: context.stop)
        let ending = try process.run(Array(sound.utf8))
        guard case .answer(.drawn) = ending else {
            throw ConfigurationError("\(process.program): does not draw a sound logo (\(ending))")
        }
    }

    private func inTransaction(_ body: () throws -> Void) throws {
        if connection.isInTransaction { return try connection.savepoint(body) }
        try connection.retrying { try connection.transaction(body) }
    }
}
