import Bounces
import Dispatching
import FoundationEssentials
import Invoicing
import Logging
import Postgres
import Runtime
import Store

/// Requests our own ids from the provider for events that match no attempt.
///
/// After a lost answer we have no provider's id, so the submission's log row matches nothing; the
/// provider's details of that message contain our own id. It takes one request for each, before the
/// page's transaction, and only when an event is seen for the first time.
final class EventDetails {
    /// The most requests in one run: an account shared with others would otherwise cost one for
    /// each of their messages.
    static let requestsMax = 100

    private let provider: any MailProvider
    private let context: RunContext
    private var requestsLeft = EventDetails.requestsMax

    init(provider: any MailProvider, context: RunContext) {
        self.provider = provider
        self.context = context
    }

    /// Those of the events whose own ids the provider had, completed with them.
    func naming(_ strangers: [ProviderEvent]) -> [ProviderEvent] {
        strangers.compactMap { event in
            guard event.providerMessageID != nil, event.dispatchID == nil,
                let own = detailed(event)
            else { return nil }
            var named = event
            (named.tenantID, named.dispatchID) = (own.tenantID, own.dispatchID)
            named.attempt = own.attempt
            return named
        }
    }

    private func detailed(_ event: ProviderEvent) -> ProviderEvent? {
        guard requestsLeft > 0 else { return nil }
        requestsLeft -= 1
        do {
            return try provider.details(of: event).first { $0.dispatchID != nil }
        } catch {
            // Details are optional: without them the event is an orphan, and is listed as one.
            requestsLeft = 0
            context.log.warning(
                "the provider gave no details", metadata: ["reason": "\(error)"])
            return nil
        }
    }
}

/// Adds the dispatch's recipient to a complaint that conceals it.
///
/// Forwarded complaints are often redacted, or contain a code in place of the name (RFC 5965, RFC
/// 6590). If our own id, or that of the message, identifies the dispatch, its recipient is the one
/// who must not be sent to again.
struct ComplaintRecipientResolver {
    let connection: Connection

    init(_ connection: Connection) {
        self.connection = connection
    }

    func naming(
        _ events: [ProviderEvent], by attributions: [String: Attribution]
    ) throws -> [ProviderEvent] {
        let keys = events.compactMap { event in
            complaint(event, attributions).map {
                DispatchKey($0.tenantID, $0.dispatchID)
            }
        }
        guard !keys.isEmpty else { return events }
        let recipients = try Dispatches(connection).recipients(of: keys)
        return events.map { event in
            guard let attribution = complaint(event, attributions),
                let recipient = recipients[attribution.dispatchID],
                recipient.lowercased() != event.recipient.lowercased()
            else { return event }
            var named = event
            named.recipient = recipient
            return named
        }
    }

    /// The dispatch of a complaint; nil unless it is certain.
    private func complaint(
        _ event: ProviderEvent, _ attributions: [String: Attribution]
    ) -> Attribution? {
        guard event.kind == .complained, let attribution = attributions[event.key] else {
            return nil
        }
        return attribution.kind == .ownID || attribution.kind == .providerID ? attribution : nil
    }
}
