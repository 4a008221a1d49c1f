import Dispatching
import FoundationEssentials
import Runtime
import Wire

/// Whether the provider would take our mail today; nothing is sent to find out.
struct ProviderChecks {
    let context: RunContext

    func run() -> [HealthCheck] {
        let settings = context.settings
        // What is wrong with the address or the keys is found by the checks of the settings.
        guard let sender = EmailAddress(settings.mail.fromAddress),
            let provider = try? MailAccount.examining(settings, stop: context.stop)
        else {
            return [skipped("provider", "the account can't be opened: see sender and keys")]
                + DNSChecks.run(settings, told: [])
        }
        let examination = provider.examine(sender: sender)
        return Self.checks(
            examination, of: provider.name,
            clockSecondsMax: Double(settings.reconcile.clockSkewSeconds))
            + DNSChecks.run(settings, told: examination.selectors)
    }

    private func skipped(_ name: String, _ why: String) -> HealthCheck {
        var check = HealthCheck(name: name, what: "the provider takes our mail", findings: [])
        check.skipped = why
        return check
    }

    /// An examination as checks, one for each question that the provider has an answer to.
    static func checks(
        _ examination: AccountExamination, of name: String, clockSecondsMax: Double
    ) -> [HealthCheck] {
        var checks = AccountExamination.Question.allCases.compactMap { question in
            examination.answers[question].map { check(question, $0, of: name) }
        }
        if let clock = examination.clock {
            checks.append(
                HealthCheck(
                    name: "provider-clock", what: "this machine's clock is \(name)'s",
                    findings: ServerChecks.skew(
                        of: clock.there, named: name, askedAt: clock.askedAt,
                        answeredAt: clock.answeredAt, secondsMax: clockSecondsMax),
                    mend: "timedatectl set-ntp true"))
        }
        return checks
    }

    private static func check(
        _ question: AccountExamination.Question, _ answer: AccountExamination.Answer,
        of name: String
    ) -> HealthCheck {
        let (suffix, what) = words(question, name)
        var check = HealthCheck(name: "provider\(suffix)", what: what, findings: [])
        switch answer {
        case .yes: break
        case .no(let reason): check.findings = [reason]
        case .unknown(let reason): check.note = reason
        // Asked to wait, it may be as sound as ever.
        case .failed(let error) where error.exit == .tryAgain: check.note = error.description
        case .failed(let error): check.findings = [error.description]
        }
        return check
    }

    private static func words(
        _ question: AccountExamination.Question, _ name: String
    ) -> (suffix: String, what: String) {
        switch question {
        case .access: ("", "\(name) can be reached, and takes the key")
        case .sending: ("-sending", "\(name) lets us send")
        case .reading: ("-reading", "\(name) lets us read what became of the mail")
        case .place: ("-place", "what the settings name at \(name) is there")
        case .sender: ("-sender", "\(name) takes mail from mail.from_address")
        }
    }
}
