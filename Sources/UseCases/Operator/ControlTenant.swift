import Dispatching
import FoundationEssentials
import Invoicing
import Store
package import Postgres
package import Runtime

/// What an operator decides about a tenant: suspended or not, how many go out in a day, when, and
/// before whom.
package struct ControlTenant {
    /// What is to be changed; nil leaves it as it is, `none` takes it away.
    package struct Change: Sendable {
        package var suspends: Bool?
        package var dailyLimit: String?
        package var quietHours: String?
        package var restDays: String?
        package var priority: String?

        package init(
            suspends: Bool? = nil, dailyLimit: String? = nil, quietHours: String? = nil,
            restDays: String? = nil, priority: String? = nil
        ) {
            self.suspends = suspends
            self.dailyLimit = dailyLimit
            self.quietHours = quietHours
            self.restDays = restDays
            self.priority = priority
        }

        /// Whether nothing is to be changed.
        package var isEmpty: Bool {
            suspends == nil
                && [dailyLimit, quietHours, restDays, priority].allSatisfy { $0 == nil }
        }
    }

    let connection: Connection
    let context: RunContext

    package init(connection: Connection, context: RunContext) {
        self.connection = connection
        self.context = context
    }

    /// Changes what is decided about the tenant, and writes it into the audit.
    /// - Returns: What was done, a sentence each.
    package func run(
        _ change: Change, tenantID: Int64, actor: String, reason: String
    ) throws -> [String] {
        try connection.committing(unlessDry: context.isDryRun) {
            let now = context.clock.now
            let controls = TenantControls(connection)
            let status = try controls.all(tenantID: tenantID, now: now).first
            var control = status?.control ?? TenantControl()
            var done = try change.apply(to: &control)
            if !done.isEmpty { try controls.write(control, tenantID: tenantID) }
            if let suspends = change.suspends {
                let suspension = TenantControls.Suspension(
                    at: now, by: try Self.line(actor, "--user"),
                    reason: try Self.line(reason, "--reason"))
                let isNew = try controls.write(suspends ? suspension : nil, tenantID: tenantID)
                let words = suspends ? "suspended" : "resumed"
                done.append(isNew ? words : "was \(words) already")
            }
            try Audits(connection).write(
                tenantID: tenantID, actor: actor, action: "control",
                subject: "tenant \(tenantID): \(done.joined(separator: ", "))", reason: reason,
                now: now)
            return done
        }
    }

    /// A text that fits into one line of a list; throws `UsageError` where it does not.
    private static func line(_ text: String, _ option: String) throws -> String {
        guard text.unicodeScalars.count <= 500,
            !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else { throw UsageError("\(option): takes one line of at most 500 characters") }
        return text
    }

    /// The tenants about which something is decided.
    package func listing() throws -> Listing {
        let lines = try TenantControls(connection).all(
            tenantID: context.tenantID, now: context.clock.now)
        return Listing(
            of: Array(lines.prefix(context.limit ?? .max)), limit: context.limit ?? .max,
            total: { lines.count }, emptyText: "nothing is decided about any tenant",
            [
                "tenant": { .number($0.tenantID) },
                "waits": { status in .some(status.hold?.words(of: status.tenantID)) },
                "suspended_at": { .some($0.suspension?.at) },
                "reason": { .some($0.suspension.map { "\($0.reason) (\($0.by))" }) },
                "daily_limit": { .some($0.control?.dailyLimit) },
                "sent_today": { $0.control?.dailyLimit == nil ? .none : .number($0.sentToday) },
                "quiet_hours": { .some($0.control?.quietHours?.description) },
                "rest_days": { .some($0.control?.restDays.description) },
                "priority": { .text($0.control?.priority.rawValue ?? "unreadable") },
            ])
    }
}

extension ControlTenant.Change {
    /// Applies what was asked for to a control; throws `UsageError` for what can't be read.
    /// - Returns: What was changed, in words.
    func apply(to control: inout TenantControl) throws -> [String] {
        var done: [String] = []
        if let dailyLimit {
            control.dailyLimit = try Self.limit(dailyLimit)
            done.append("daily limit \(dailyLimit)")
        }
        if let quietHours {
            control.quietHours = try Self.hours(quietHours)
            done.append("quiet hours \(quietHours)")
        }
        if let restDays {
            control.restDays = try Self.days(restDays)
            done.append("rest days \(restDays)")
        }
        if let priority {
            guard let known = TenantControl.Priority(rawValue: priority) else {
                throw UsageError("--priority \(priority): is none of high, normal and low")
            }
            control.priority = known
            done.append("priority \(priority)")
        }
        return done
    }

    private static let none = "none"
    private static let limits = 1...100_000_000
    private static let daysMax = 1_000

    private static func limit(_ text: String) throws -> Int? {
        if text == none { return nil }
        guard let limit = Int(text), limits.contains(limit) else {
            throw UsageError(
                "--daily-limit \(text): is neither a number from 1 to 100000000 nor none")
        }
        return limit
    }

    private static func hours(_ text: String) throws -> TenantControl.QuietHours? {
        if text == none { return nil }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(minute)
        guard ends.count == 2, let from = ends[0], let until = ends[1],
            let hours = TenantControl.QuietHours(from: from, until: until)
        else {
            throw UsageError("--quiet-hours \(text): write them as 20:00-07:00, or none")
        }
        return hours
    }

    /// The minute of the day of a text like `07:30`; nil where it is none.
    private static func minute(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [2, 2],
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
        else { return nil }
        return hour * 60 + minute
    }

    private static func days(_ text: String) throws -> TenantControl.RestDays {
        var rest = TenantControl.RestDays()
        if text == none { return rest }
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            switch (word, CivilDate(String(word))) {
            case ("weekends", _): rest.weekends = true
            case ("holidays", _): rest.holidays = true
            case (_, let day?): rest.days.insert(day)
            default:
                throw UsageError(
                    "--rest-days \(word): is none of weekends, holidays and a day as 2026-12-24")
            }
        }
        guard rest.days.count <= daysMax else {
            throw UsageError("--rest-days: names more than \(daysMax) days")
        }
        return rest
    }
}
