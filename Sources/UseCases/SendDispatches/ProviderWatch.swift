import Dispatching
import FoundationEssentials
import Postgres
import Store
package import Runtime

/// The provider's problems from run to run: when it is paused, whose mail waits for it, and who is
/// notified.
struct ProviderWatch {
    /// How many queued dispatches are marked as waiting, or given up, in one run.
    static let waitingMax = 20_000

    let connection: Connection
    let provider: String
    let context: RunContext

    private var pauses: ProviderPauses { ProviderPauses(connection) }
    private var policy: SendPolicy { context.settings.sendPolicy }
    private static let account: Int64 = 0

    /// The account's current trouble, if any, and whether one has just ended, so that the provider
    /// is first tried with one message.
    func status() throws -> (trouble: ProviderTrouble?, isProbing: Bool) {
        guard let pause = try pauses.all(provider: provider)[Self.account] else {
            return (nil, false)
        }
        return (pause.until > context.clock.now ? trouble(of: pause) : nil, true)
    }

    /// The tenants whose sender is paused now.
    func heldTenants() throws -> [Int64: ProviderPause] {
        try pauses.all(provider: provider).filter {
            $0.key != Self.account && $0.value.until > context.clock.now
        }
    }

    func breaker() throws -> CircuitBreaker {
        CircuitBreaker(
            failuresMax: context.settings.send.breakerFailures,
            remembered: try pauses.unexplained(provider: provider))
    }

    /// Records what a drain has learned about the provider.
    /// - Returns: The account's trouble, if any.
    func learn(from drain: Drain) throws -> ProviderTrouble? {
        let known = try pauses.all(provider: provider)
        try pauses.remember(unexplained: drain.breaker.unexplainedRefusal, provider: provider)
        for (tenantID, refusal) in drain.breaker.heldTenants {
            _ = try begin(refusal, tenantID: tenantID, after: known[tenantID])
        }
        for tenantID in drain.acceptedTenants where known[tenantID] != nil {
            try pauses.end(tenantID: tenantID, provider: provider)
        }
        if let refusal = drain.breaker.trouble {
            // One tenant's sender is paused already, and nobody else's.
            guard refusal.subject != .sender else {
                return ProviderTrouble(
                    provider: provider, cause: refusal.cause, reason: refusal.reason,
                    until: context.clock.now, isOfAccount: false)
            }
            return trouble(
                of: try begin(refusal, tenantID: Self.account, after: known[Self.account]))
        }
        // A drain without requests says nothing about the provider.
        guard drain.counts.accepted + drain.counts.refused > 0 else { return nil }
        try pauses.end(tenantID: Self.account, provider: provider)
        return nil
    }

    private func begin(
        _ refusal: Refusal, tenantID: Int64, after last: ProviderPause?
    ) throws -> ProviderPause {
        let pause = ProviderPause(
            after: refusal, following: last, backoff: policy.backoff, now: context.clock.now,
            jitter: Double.random(in: 0..<1))
        try pauses.begin(pause, tenantID: tenantID, provider: provider)
        return pause
    }

    private func trouble(of pause: ProviderPause) -> ProviderTrouble {
        ProviderTrouble(
            provider: provider, cause: pause.cause, reason: pause.reason, until: pause.until,
            isOfAccount: true)
    }

    /// Marks waiting dispatches as such, gives up those that have waited too long, and notifies
    /// users.
    /// - Returns: How many were given up.
    func notifyWaiting(_ trouble: ProviderTrouble?) throws -> Int {
        let now = context.clock.now
        var givenUp = 0
        if let trouble, trouble.isOfAccount {
            givenUp += try wait(context.tenantID, trouble.reason, now)
        }
        for (tenantID, pause) in try heldTenants()
        where context.tenantID ?? tenantID == tenantID {
            givenUp += try wait(tenantID, pause.reason, now)
        }
        let warnings = DelayWarnings(connection)
        try connection.retrying {
            try connection.transaction {
                _ = try warnings.warn(
                    tenantID: context.tenantID,
                    since: now - Double(context.settings.send.warnAfterSeconds), now: now)
                _ = try warnings.close(tenantID: context.tenantID, now: now)
            }
        }
        return givenUp
    }

    private func wait(_ tenantID: Int64?, _ reason: String, _ now: Date) throws -> Int {
        let life = DispatchLife(connection)
        return try connection.retrying {
            try connection.transaction {
                _ = try life.postponeWaiting(
                    tenantID: tenantID, reason: reason, limit: Self.waitingMax, now: now)
                let keys = try life.giveUpWaiting(
                    tenantID: tenantID, since: now - Double(policy.giveUpAfterSeconds),
                    reason: reason, limit: Self.waitingMax, now: now)
                let notifications = Notifications(connection)
                _ = try notifications.notify(keys, kind: .failed, now: now)
                _ = try notifications.openTodos(keys, now: now)
                return keys.count
            }
        }
    }
}

/// Why the provider accepts nothing from us now: what it says, and what to do about it.
package struct ProviderTrouble: ExitCoded {
    let provider: String
    let cause: Refusal.Cause
    let reason: String
    /// When it is tried again.
    let until: Date
    /// Whether all mail waits for it, rather than only one tenant's.
    let isOfAccount: Bool

    /// The exit code by cause.
    package var exit: BudstikkeExit {
        switch cause {
        case .unreachable, .down: .unavailable
        case .busy, .exhausted, .notYet: .tryAgain
        case .unauthorized, .notAllowed, .unknown, .content, .bounced, .suppressed: .refused
        case .misconfigured, .untrusted: .configuration
        }
    }

    /// The problem and what to do about it, in one line.
    package var description: String {
        "\(provider) \(verb): \(reason); \(advice)nothing was lost, and it is tried again at"
            + " \(Instant.short(until)), or at once by send-dispatches --now"
    }

    private var verb: String {
        switch cause {
        case .unreachable: "can't be reached"
        case .down: "is not available"
        case .busy, .notYet: "asks to wait"
        case .exhausted: "says that a limit of the account is used up"
        case .unauthorized: "refuses the key"
        case .notAllowed: "refuses the account or its sender"
        case .misconfigured: "does not know what is asked of it"
        case .untrusted: "is not spoken to"
        case .unknown, .content, .bounced, .suppressed: "says the same no to several messages"
        }
    }

    private var advice: String {
        switch cause {
        case .unauthorized: "check provider.api_key_file; "
        case .notAllowed: "see to it with the provider, and check mail.from_address; "
        case .misconfigured:
            "check provider.base_url, region, domain and stream; "
        case .untrusted: "check its address and provider.authority_file; "
        case .exhausted: "raise the limit with the provider, or wait; "
        case .unknown, .content, .bounced, .suppressed:
            "it is taken for the account's: see to it with the provider, and send what failed"
                + " before by budstikke resend --failed --reason refused; "
        case .unreachable, .down, .busy, .notYet: ""
        }
    }
}
