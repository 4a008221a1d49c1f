import Bounces
import Dispatching
import FoundationEssentials
import Invoicing
import Logging
import Postgres
import Runtime
import Store

/// Processes events: attributes, classifies and stores them, derives outcomes, notifies users.
///
/// Each page is one transaction.
struct EventIntake {
    /// A provider gives up after 72 hours; beyond that and a day an address alone is no evidence.
    ///
    /// In seconds.
    static let reachSeconds = 4 * 86_400
    /// Orphans older than this, in seconds, are listed but not attributed again.
    static let orphanSeconds = 7 * 86_400.0
    static let orphansMax = 10_000
    static let overtakenMax = 10_000

    let connection: Connection
    let provider: String
    let context: RunContext
    /// Requests details of events that match no attempt; nil where nothing may be requested.
    let details: EventDetails?
    private let classifier = Classifier()

    init(
        connection: Connection, provider: String, context: RunContext,
        details: EventDetails? = nil
    ) {
        self.connection = connection
        self.provider = provider
        self.context = context
        self.details = details
    }

    /// Processes a page with everything that follows from it; the cursor moves in the same
    /// transaction.
    func process(_ page: EventPage, moving cursor: PollCursors.Position?) throws -> ReconcileCounts
    {
        // Before the transaction, because details may be requested from the provider.
        let entries = try classified(attributed(page.events))
        return try inTransaction {
            let new = try store(entries)
            var counts = try notify(fold(new.subjects))
            try counts.add(new.counts)
            counts.unread = try storeUnread(page.unread)
            if let cursor { try PollCursors(connection).advance(to: cursor) }
            counts.count(page)
            return counts
        }
    }

    /// Attributes orphans again: their dispatch may have become known since.
    func retryOrphans() throws -> ReconcileCounts {
        let orphans = try DeliveryEvents(connection).orphans(
            provider: provider, since: context.clock.now - Self.orphanSeconds,
            limit: Self.orphansMax)
        var counts = try process(EventPage(events: orphans, completeUntil: nil), moving: nil)
        counts.read = 0
        return counts
    }

    /// Processes events that could be parsed after all, and marks their reports as read.
    func reprocess(_ events: [ProviderEvent], from reports: [UnreadReport]) throws
        -> ReconcileCounts
    {
        let entries = try classified(attributed(events))
        return try inTransaction {
            let new = try store(entries)
            var counts = try notify(fold(new.subjects, isRetrying: false))
            try counts.add(new.counts)
            try UnreadReports(connection).markRead(
                reports.map(\.key), provider: provider, now: context.clock.now)
            return counts
        }
    }

    /// Derives the outcome again for dispatches accepted only after events about them had arrived.
    func foldOvertaken() throws -> ReconcileCounts {
        try inTransaction {
            let keys = try DispatchDeliveries(connection).overtaken(
                tenantID: context.tenantID, limit: Self.overtakenMax)
            return try notify(fold(keys))
        }
    }

    /// Writes new classifications of events, and derives the outcomes of their dispatches again.
    func reclassify(_ reclassifications: [EventClassifications.Reclassification]) throws
        -> ReconcileCounts
    {
        try inTransaction {
            try EventClassifications(connection).write(reclassifications)
            let keys = reclassifications.compactMap { reclassification in
                reclassification.dispatchID.map { DispatchKey(reclassification.tenantID, $0) }
            }
            return try notify(fold(keys, isRetrying: false))
        }
    }

    private func inTransaction(_ body: () throws -> ReconcileCounts) throws -> ReconcileCounts {
        if connection.isInTransaction { return try connection.savepoint(body) }
        return try connection.retrying { try connection.transaction(body) }
    }

    /// Events with the attempts they belong to, without those already stored with a dispatch.
    private func attributed(
        _ events: [ProviderEvent]
    ) throws -> [(event: ProviderEvent, attribution: Attribution?)] {
        let store = DeliveryEvents(connection)
        let known = try store.known(events, provider: provider)
        var fresh = events.filter { !known.contains($0.key) }
        var found = try attribute(fresh)
        if let details {
            let strangers = fresh.filter { found[$0.key] == nil }
            let asked = try store.stored(strangers, provider: provider)
            let named = details.naming(strangers.filter { !asked.contains($0.key) })
            found.merge(try attribute(named)) { _, new in new }
            let byKey = Dictionary(named.map { ($0.key, $0) }) { first, _ in first }
            fresh = fresh.map { byKey[$0.key] ?? $0 }
        }
        return try ComplaintRecipientResolver(connection).naming(fresh, by: found)
            .map { ($0, found[$0.key]) }
            .filter { isWanted($0.1) }
    }

    private func attribute(_ events: [ProviderEvent]) throws -> [String: Attribution] {
        try DeliveryEvents(connection).attribute(
            events, provider: provider,
            skewSeconds: context.settings.reconcile.clockSkewSeconds,
            reachSeconds: Self.reachSeconds)
    }

    private func classified(
        _ events: [(event: ProviderEvent, attribution: Attribution?)]
    ) -> [DeliveryEvents.Entry] {
        events.map { event, attribution in
            DeliveryEvents.Entry(
                event: event, attribution: attribution,
                classification: classification(of: event))
        }
    }

    /// Stores new events, and the addresses that they suppress.
    private func store(
        _ entries: [DeliveryEvents.Entry]
    ) throws -> (subjects: [DispatchKey], counts: ReconcileCounts) {
        let stored = try DeliveryEvents(connection).store(
            entries, provider: provider, now: context.clock.now)
        let new = entries.filter { stored.contains($0.event.key) }
        var counts = ReconcileCounts()
        counts.stored = new.count
        counts.orphans = new.count { $0.attribution == nil }
        counts.suppressions = try Suppressions(connection).list(
            new.filter(\.suppresses).map(\.event), provider: provider)
        return (
            new.compactMap(\.attribution).map { DispatchKey($0.tenantID, $0.dispatchID) }, counts
        )
    }

    /// Stores reports that could not be parsed; returns how many are new.
    private func storeUnread(_ reports: [UnreadReport]) throws -> Int {
        try UnreadReports(connection).store(
            reports.filter { context.tenantID == nil || $0.tenantID == context.tenantID },
            provider: provider, now: context.clock.now)
    }

    /// In a run for one tenant, only events that certainly belong to it are stored; the rest,
    /// including orphans, is left to a run for all.
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

    /// Derives the outcomes of dispatches from all their events.
    private func fold(
        _ keys: [DispatchKey], isRetrying: Bool = true
    ) throws -> [DispatchLife.Settlement] {
        let now = context.clock.now
        let changes = try DispatchDeliveries(connection).lock(keys).compactMap {
            subject -> DispatchLife.Settlement? in
            var snapshot = subject.snapshot
            if !isRetrying { snapshot.retryDelays = [] }
            let transition = snapshot.transition(
                over: subject.facts, now: now, jitter: Double.random(in: 0..<1))
            return transition.map { (DispatchKey(subject.tenantID, subject.dispatchID), $0) }
        }
        try DispatchLife(connection).settle(changes, now: now)
        return changes
    }

    /// Notifies users of the outcomes of their dispatches.
    private func notify(_ changes: [DispatchLife.Settlement]) throws -> ReconcileCounts {
        let now = context.clock.now
        var counts = ReconcileCounts()
        var ended: [Notifications.Kind: [DispatchKey]] = [:]
        for change in changes {
            counts.count(change.transition)
            if let kind = change.transition.notification {
                ended[kind, default: []].append(change.key)
            }
        }
        let notifications = Notifications(connection)
        for kind in [Notifications.Kind.softBounced, .hardBounced, .blocked] {
            let failed = ended[kind] ?? []
            counts.notifications += try notifications.notify(failed, kind: kind, now: now)
            counts.todosOpened += try notifications.openTodos(failed, now: now)
        }
        counts.todosClosed += try notifications.closeTodos(
            ended[.delivered] ?? [], by: "delivered", now: now)
        return counts
    }
}

extension DeliveryEvents.Entry {
    /// Whether it may add its address to a list: what the provider reports about its own lists is a
    /// fact about the account; a mail has to contain something of ours.
    fileprivate var suppresses: Bool { event.origin == .provider || attribution != nil }
}

extension ReconcileCounts {
    mutating func count(_ page: EventPage) {
        read = page.events.count
        unreadable = page.unread.count
        ignored = page.ignored.count
    }

    mutating func count(_ transition: DeliveryTransition) {
        guard transition.runAt == nil else {
            retries += 1
            return
        }
        switch transition.delivery {
        case .delivered: delivered += 1
        case .softBounced: softBounced += 1
        case .hardBounced: hardBounced += 1
        case .blocked: blocked += 1
        case .unknown, .deferred: otherChanges += 1
        }
    }
}

extension DeliveryTransition {
    /// The notification for the user; nil while a retry is pending or the outcome is open.
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
