import Bounces
import Dispatching
import FoundationEssentials
import Invoicing
import Logging
import Postgres
import Runtime
import Store

/// Takes events in: classifies, attributes, stores, folds, tells.
///
/// A page is a transaction.
struct EventIntake {
    /// A provider gives up after 72 hours; an address alone is no evidence beyond that and a day.
    static let reachSeconds = 4 * 86_400
    /// Orphans older than this are listed, but no longer tried again.
    static let orphanSeconds = 7 * 86_400.0
    static let orphansMax = 10_000
    static let overtakenMax = 10_000

    let connection: Connection
    let provider: String
    let context: RunContext
    private let classifier = Classifier()

    init(connection: Connection, provider: String, context: RunContext) {
        self.connection = connection
        self.provider = provider
        self.context = context
    }

    /// Stores a page and all that follows from it; `cursor` runs in the same transaction.
    func take(_ page: EventPage, moving cursor: () throws -> Void) throws -> ReconcileCounts {
        try inTransaction {
            let counts = try take(page.events)
            try cursor()
            return counts
        }
    }

    /// Tries orphans again: a dispatch may have become known since.
    func retryOrphans() throws -> ReconcileCounts {
        try inTransaction {
            let orphans = try DeliveryEvents(connection).orphans(
                provider: provider, since: context.clock.now - Self.orphanSeconds,
                limit: Self.orphansMax)
            var counts = try take(orphans)
            counts.read = 0
            return counts
        }
    }

    /// Folds again what was accepted only after events about it had come.
    func foldOvertaken() throws -> ReconcileCounts {
        try inTransaction {
            let keys = try DispatchDeliveries(connection).overtaken(
                tenantID: context.tenantID, limit: Self.overtakenMax)
            return try fold(keys)
        }
    }

    /// Writes what events are taken for now, and folds the dispatches that they are about again.
    func judgeAgain(_ judgements: [EventJudgements.Judgement]) throws -> ReconcileCounts {
        try inTransaction {
            try EventJudgements(connection).write(judgements)
            return try fold(
                judgements.compactMap { judgement in
                    judgement.dispatchID.map { (judgement.tenantID, $0) }
                }, isRetrying: false)
        }
    }

    private func inTransaction(_ body: () throws -> ReconcileCounts) throws -> ReconcileCounts {
        if connection.isInTransaction { return try connection.savepoint(body) }
        return try connection.retrying { try connection.transaction(body) }
    }

    private func take(_ events: [ProviderEvent]) throws -> ReconcileCounts {
        var counts = ReconcileCounts()
        counts.read = events.count
        let store = DeliveryEvents(connection)
        let stood = try store.known(events, provider: provider)
        let fresh = events.filter { !stood.contains($0.key) }
        guard !fresh.isEmpty else { return counts }

        let attributions = try store.attribute(
            fresh, provider: provider,
            skewSeconds: context.settings.reconcile.clockSkewSeconds,
            reachSeconds: Self.reachSeconds)
        let entries = try ComplainersNamed(connection).naming(fresh, by: attributions).filter {
            isWanted(attributions[$0.key])
        }.map { event in
            DeliveryEvents.Entry(
                event: event, attribution: attributions[event.key],
                classification: classification(of: event))
        }
        let stored = try store.store(entries, provider: provider, now: context.clock.now)
        let new = entries.filter { stored.contains($0.event.key) }
        counts.stored = new.count
        counts.orphans = new.count { $0.attribution == nil }
        counts.suppressions = try Suppressions(connection).list(
            new.map(\.event), provider: provider)
        try counts.add(fold(new.compactMap { $0.attribution }.map { ($0.tenantID, $0.dispatchID) }))
        return counts
    }

    /// Where one tenant is asked for, only what is surely its own is stored; the rest, orphans
    /// too, is left to a run for all.
    private func isWanted(_ attribution: Attribution?) -> Bool {
        guard let tenantID = context.tenantID else { return true }
        return attribution?.tenantID == tenantID
    }

    private func classification(of event: ProviderEvent) -> BounceClassification? {
        switch event.kind {
        case .processed, .deferred, .delivered: nil
        case .bounced, .dropped, .complained:
            classifier.classify(
                BounceEvidence(
                    replyCode: event.replyCode, enhancedCode: event.enhancedCode,
                    text: event.text, provider: provider, type: event.providerType))
        }
    }

    /// Derives what became of dispatches from all their events, and tells people.
    private func fold(
        _ keys: [(tenantID: Int64, dispatchID: UUID)], isRetrying: Bool = true
    ) throws -> ReconcileCounts {
        let deliveries = DispatchDeliveries(connection)
        let now = context.clock.now
        var changes: [DispatchLife.Settlement] = []
        for subject in try deliveries.lock(keys) {
            var standing = subject.standing
            if !isRetrying { standing.retryDelays = [] }
            let verdict = standing.verdict(
                over: subject.facts, now: now, jitter: Double.random(in: 0..<1))
            if let verdict { changes.append(((subject.tenantID, subject.dispatchID), verdict)) }
        }
        try DispatchLife(connection).settle(changes, now: now)
        return try tell(changes, now: now)
    }

    private func tell(_ changes: [DispatchLife.Settlement], now: Date) throws -> ReconcileCounts {
        var counts = ReconcileCounts()
        var ended: [Notifications.Kind: [DispatchLife.Key]] = [:]
        for change in changes {
            counts.note(change.verdict)
            if let kind = change.verdict.notification {
                ended[kind, default: []].append(change.key)
            }
        }
        let notifications = Notifications(connection)
        for kind in [Notifications.Kind.softBounced, .hardBounced, .blocked] {
            let failed = ended[kind] ?? []
            counts.notifications += try notifications.ring(failed, kind: kind, now: now)
            counts.todosOpened += try notifications.openTodos(failed, now: now)
        }
        counts.todosClosed += try notifications.closeTodos(
            ended[.delivered] ?? [], by: "delivered", now: now)
        return counts
    }
}

extension ReconcileCounts {
    mutating func note(_ verdict: DeliveryVerdict) {
        guard verdict.runAt == nil else {
            retries += 1
            return
        }
        switch verdict.delivery {
        case .delivered: delivered += 1
        case .softBounced: softBounced += 1
        case .hardBounced: hardBounced += 1
        case .blocked: blocked += 1
        case .unknown, .deferred: otherChanges += 1
        }
    }
}

extension DeliveryVerdict {
    /// What the user is told of it; nothing while a retry is pending or an outcome awaited.
    var notification: Notifications.Kind? {
        guard state == .sent else { return nil }
        switch delivery {
        case .unknown, .deferred: return nil
        case .delivered: return .delivered
        case .softBounced: return .softBounced
        case .hardBounced: return .hardBounced
        case .blocked: return .blocked
        }
    }
}
