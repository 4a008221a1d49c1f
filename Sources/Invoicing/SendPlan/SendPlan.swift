/// The channels that a document goes out by, in order: the first that can be used is.
package struct SendPlan: Hashable, Codable, Sendable {
    /// What form set-ups and customers refer to it by.
    package var key: String
    /// No steps are a deliberate stop: what has this plan is made and not sent.
    package var steps: [SendPlanStep]

    package init(key: String, steps: [SendPlanStep]) {
        self.key = key
        self.steps = steps
    }

    /// The first step whose channel is one of these.
    package func firstStep(by usable: Set<Channel>) -> SendPlanStep? {
        steps.first { usable.contains($0.channel) }
    }

    /// The first channel that can be used; nil where none can, or the plan is empty.
    package func usableChannel(among usable: Set<Channel> = Channel.usable) -> Channel? {
        firstStep(by: usable)?.channel
    }
}

/// One channel of a send plan.
package struct SendPlanStep: Hashable, Codable, Sendable {
    package var channel: Channel
    /// How long after each soft bounce it is sent again, in seconds; when they are used up, the
    /// user is asked.
    package var retryDelaysSeconds: [Int]
    /// Whether an e-mail has the document as EHF with it, beside the PDF.
    package var attachesEHF: Bool

    /// After 4 hours, when a full mailbox or a server that is down has often been seen to, and
    /// after 24.
    package static let retryDelaysSecondsDefault = [4 * 3_600, 24 * 3_600]

    package init(
        channel: Channel, retryDelaysSeconds: [Int] = Self.retryDelaysSecondsDefault,
        attachesEHF: Bool = false
    ) {
        self.channel = channel
        self.retryDelaysSeconds = retryDelaysSeconds
        self.attachesEHF = attachesEHF
    }
}

/// A way in which a document goes out.
package enum Channel: String, Codable, Sendable, CaseIterable {
    case email
    case ehf
    /// As a letter, by a printing house or the company's own printer.
    case print

    /// Those that any customer may be reached by; EHF as well where there is an electronic
    /// address, which is what `Invoice.usableChannels` says, and print where there is a postal one.
    package static let usable: Set<Channel> = [.email]
}

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
