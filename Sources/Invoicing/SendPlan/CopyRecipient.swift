/// Somebody beside the customer who gets a copy of its invoices: an accountant, a project leader.
package struct CopyRecipient: Hashable, Sendable {
    /// The address as it was written, whether or not it is one.
    package var address: String
    package var name: String?

    package init(address: String, name: String? = nil) {
        self.address = address
        self.name = name
    }

    /// What two spellings of one address share.
    package var key: String { address.lowercased() }
}

extension Sequence<CopyRecipient> {
    /// Each address once, the first that is named of each; blank ones are none, and so is that of the
    /// main recipient, who has the document itself.
    package func distinct(from main: String?) -> [CopyRecipient] {
        var seen: Set<String> = main.map { [$0.lowercased()] } ?? []
        return filter { copy in
            !copy.address.allSatisfy(\.isWhitespace) && seen.insert(copy.key).inserted
        }
    }
}

extension SendPlan {
    /// How copies go: by e-mail, whatever way the document itself takes; stopped where that is.
    package var ofCopies: SendPlan {
        guard let first = steps.first else { return self }
        let byEmail = steps.first { $0.channel == .email }
        return SendPlan(
            key: key,
            steps: [
                byEmail
                    ?? SendPlanStep(
                        channel: .email, retryDelaysSeconds: first.retryDelaysSeconds)
            ])
    }
}
