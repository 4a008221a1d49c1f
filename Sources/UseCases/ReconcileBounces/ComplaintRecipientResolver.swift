import Bounces
import FoundationEssentials
import Invoicing
import Postgres
import Store

/// Puts the recipient of the dispatch into a complaint that keeps it to itself.
///
/// Who passes complaints on often blacks the complainer out, or puts a code in the place of the
/// name (RFC 5965, RFC 6590). Where our own id, or that of the message, says which dispatch it is,
/// its recipient is the one who must not be sent to again.
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
                (tenantID: $0.tenantID, dispatchID: $0.dispatchID)
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

    /// The dispatch of a complaint, where it is surely that one.
    private func complaint(
        _ event: ProviderEvent, _ attributions: [String: Attribution]
    ) -> Attribution? {
        guard event.kind == .complained, let attribution = attributions[event.key] else {
            return nil
        }
        return attribution.kind == .ownID || attribution.kind == .providerID ? attribution : nil
    }
}
