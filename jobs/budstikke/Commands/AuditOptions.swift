import ArgumentParser
import Foundation
import Runtime

/// The person who does something by hand, and the reason: written to the audit.
struct AuditOptions: ParsableArguments {
    @Option(help: "Who does it (default: the user that is logged in).")
    var user: String?

    @Option(help: "Why.")
    var reason: String?

    var actor: String {
        user ?? ProcessInfo.processInfo.environment["SUDO_USER"] ?? NSUserName()
    }

    /// The reason, asked for where a person sits at the terminal; throws `UsageError` without one.
    func requiredReason(for deed: String) throws -> String {
        if let reason, !reason.allSatisfy(\.isWhitespace) { return reason }
        let refusal = UsageError("--reason: say why \(deed)")
        guard reason == nil, Output.isTerminal, isatty(0) == 1 else { throw refusal }
        Output.say("Say why \(deed):")
        guard let answer = readLine(), !answer.allSatisfy(\.isWhitespace) else { throw refusal }
        return answer
    }
}
