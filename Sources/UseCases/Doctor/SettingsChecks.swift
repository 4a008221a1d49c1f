import Dispatching
import FoundationEssentials
import Glibc
import Invoicing
import Runtime
import Wire

/// Checks of the settings alone: a system that was never set up, or is open to others.
struct SettingsChecks {
    let settings: Settings
    var now = Date()

    func run() -> [HealthCheck] {
        [sender(), state(), keyExpiry()]
    }

    /// Keys are replaced in time, or nothing is sent from the day after on.
    private func keyExpiry() -> HealthCheck {
        var check = HealthCheck(
            name: "key-expiry", what: "the provider's keys are valid", findings: [],
            mend: "make new ones there, and set provider.key_expires to their last day")
        guard let last = settings.provider.keyExpires else { return check }
        let days = Int(((last.endInUTC.timeIntervalSince(now)) / 86_400).rounded(.down))
        if last.endInUTC <= now {
            check.findings = ["they were valid until \(last)"]
        } else if days < Self.expiryDays {
            check.note = "until \(last): \(check.mend)"
        }
        return check
    }

    /// As many days before the end the alert goes off too.
    private static let expiryDays = 14

    /// Domains that send no mail (RFC 2606 and 6761), as in examples and tests.
    private static let reserved = ["invalid", "test", "example", "localhost"]

    /// Whether the sender is an example's, or the provider the sandbox: nothing reaches anybody.
    var isExample: Bool {
        let domain = EmailAddress(settings.mail.fromAddress)?.domain.lowercased() ?? ""
        return isReserved(domain) || isSandbox
    }

    private func isReserved(_ domain: String) -> Bool {
        Self.reserved.contains(domain.split(separator: ".").last.map(String.init) ?? domain)
    }

    private var isSandbox: Bool {
        settings.provider.account.baseURL?.hasPrefix("http://") ?? false
    }

    private func sender() -> HealthCheck {
        HealthCheck.attempt(
            "sender", "the sending address is one", mend: "set mail.from_address to your own"
        ) {
            let sender = try Installation.sender(settings)
            let domain = sender.address.domain.lowercased()
            guard isReserved(domain), !isSandbox else { return [] }
            return ["nothing can be sent from \(domain): it is an example's"]
        }
    }

    /// A full disk here prevents writing the machine's mark, which stops all sending.
    private func state() -> HealthCheck {
        HealthCheck.attempt(
            "state", "this machine can remember what it has sent", mend: "make room, or move it"
        ) {
            let path = try StateDirectory.find(setting: settings.stateDirectory).path
            var disk = statvfs()
            guard statvfs(path, &disk) == 0 else { return [] }
            let bytes = UInt64(disk.f_bavail) * UInt64(disk.f_frsize)
            guard bytes < Self.freeBytesMin else { return [] }
            return ["the disk of \(path) has \(bytes >> 20) MB left"]
        }
    }

    private static let freeBytesMin: UInt64 = 100 << 20
}

extension CivilDate {
    /// The end of the day in UTC, before which it is still that day somewhere.
    var endInUTC: Date { Date(timeIntervalSince1970: Double(daysSinceEpoch + 1) * 86_400) }
}
