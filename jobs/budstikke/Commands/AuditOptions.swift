import ArgumentParser
import Foundation

/// The person who does something by hand, and the reason: written to the audit.
struct AuditOptions: ParsableArguments {
    @Option(help: "Who does it (default: the user that is logged in).")
    var user: String?

    @Option(help: "Why.")
    var reason: String?

    var actor: String {
        user ?? ProcessInfo.processInfo.environment["SUDO_USER"] ?? NSUserName()
    }
}
