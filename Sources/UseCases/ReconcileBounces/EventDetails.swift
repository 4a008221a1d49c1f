import Bounces
import Dispatching
import Invoicing
import Logging
import Runtime

/// Asks the provider for our own id behind events that fit no attempt.
///
/// A submission whose answer was lost has no provider's id with us, so its row in the log fits
/// nothing; the provider's details of that message carry the id that we gave it. A request for
/// each, before the page's transaction, and only the first time that an event is seen.
final class EventDetails {
    /// Requests in one run: an account that others use too would otherwise cost one for each of
    /// their messages.
    static let requestsMax = 100

    private let provider: any MailProvider
    private let context: RunContext
    private var requestsLeft = EventDetails.requestsMax

    init(provider: any MailProvider, context: RunContext) {
        self.provider = provider
        self.context = context
    }

    /// Those of the events whose own ids the provider had, with them.
    func naming(_ strangers: [ProviderEvent]) -> [ProviderEvent] {
        strangers.compactMap { event in
            guard event.providerMessageID != nil, event.dispatchID == nil,
                let own = own(of: event)
            else { return nil }
            var named = event
            (named.tenantID, named.dispatchID) = (own.tenantID, own.dispatchID)
            named.attempt = own.attempt
            return named
        }
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
