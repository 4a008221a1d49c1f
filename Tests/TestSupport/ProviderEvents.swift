package import Bounces
package import Wire

private struct NoAddress: Error {
    let text: String
}

extension EmailAddress {
    package static func sample(_ text: String) throws -> EmailAddress {
        guard let address = EmailAddress(text) else { throw NoAddress(text: text) }
        return address
    }
}

extension Sequence<ProviderEvent> {
    package var keys: Set<String> { Set(map(\.key)) }

    /// What became of the mail to an address, as the program would conclude it.
    package func delivery(of address: String, provider: String) -> Delivery {
        outcome(of: address, provider: provider).delivery
    }

    /// The same, with the fact that says so.
    package func outcome(of address: String, provider: String) -> DeliveryOutcome {
        let facts = filter { $0.recipient.lowercased() == address.lowercased() }.map { event in
            DeliveryFact(
                kind: event.kind,
                classification: event.kind == .bounced || event.kind == .dropped
                    || event.kind == .complained
                    ? Classifier().classify(
                        BounceEvidence(
                            replyCode: event.replyCode, enhancedCode: event.enhancedCode,
                            text: event.text, provider: provider, type: event.providerType))
                    : nil,
                attempt: 1, occurredAt: event.occurredAt, text: event.text,
                subject: event.dispatchID == nil && event.providerMessageID == nil
                    ? .address : .attempt)
        }
        return DeliveryFold.fold(facts, acceptedAttempt: 1)
    }
}
