import Bounces
import Dispatching
import FoundationEssentials
import Invoicing
import Logging
import Postgres
import Runtime
import Store

/// Asks the provider for our own id behind events that fit no attempt.
///
/// A submission whose answer was lost has no provider's id with us, so its row in the log fits
/// nothing; the provider's details of that message carry the id that we gave it. A request for
/// each, before the page's transaction, and only the first time that an event is seen.
final class EventDetails {
    /// Requests in one run: an account that others use too would otherwise cost one for each of
    /// their messages.
    static let requestsMax = 100

    private let connection: Connection
    private let provider: any MailProvider
    private let context: RunContext
    private var requestsLeft = EventDetails.requestsMax

    init(connection: Connection, provider: any MailProvider, context: RunContext) {
        self.connection = connection
        self.provider = provider
        self.context = context
    }

    /// The page, with our own ids where the provider had them.
    func completing(_ page: EventPage) throws -> EventPage {
        guard requestsLeft > 0 else { return page }
        let strangers = try strangers(in: page.events)
        guard !strangers.isEmpty else { return page }
        var page = page
        for (index, event) in page.events.enumerated() where strangers.contains(event.key) {
            guard let own = own(of: event) else { continue }
            page.events[index].tenantID = own.tenantID
            page.events[index].dispatchID = own.dispatchID
        }
        return page
    }

    /// Events that are new, and carry an id of the provider's that no attempt has.
    private func strangers(in events: [ProviderEvent]) throws -> Set<String> {
        let asked = events.filter { $0.providerMessageID != nil && $0.dispatchID == nil }
        let store = DeliveryEvents(connection)
        let stored = try store.stored(asked, provider: provider.name)
        let new = asked.filter { !stored.contains($0.key) }
        let found = try store.attribute(
            new, provider: provider.name,
            skewSeconds: context.settings.reconcile.clockSkewSeconds,
            reachSeconds: EventIntake.reachSeconds)
        return Set(new.map(\.key)).subtracting(found.keys)
    }

    private func own(of event: ProviderEvent) -> ProviderEvent? {
        guard requestsLeft > 0 else { return nil }
        requestsLeft -= 1
        do {
            return try provider.details(of: event).first { $0.dispatchID != nil }
        } catch {
            // Details are a favour: without them the event is an orphan, and is listed as one.
            requestsLeft = 0
            context.log.warning(
                "the provider gave no details", metadata: ["reason": "\(error)"])
            return nil
        }
    }
}
