/// The channels for a document in order of preference: the first usable one is used.
package struct SendPlan: Hashable, Codable, Sendable {
    /// The key by which form setups and customers refer to it.
    package var key: String
    /// Without steps it is a deliberate stop: documents are created but not sent.
    package var steps: [SendPlanStep]

    package init(key: String, steps: [SendPlanStep]) {
        self.key = key
        self.steps = steps
    }

    /// The first step whose channel is one of these; nil where there is none.
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
    /// The delay before each retry after a soft bounce, in seconds; when they are used up, the user
    /// is asked.
    package var retryDelaysSeconds: [Int]
    /// Whether an e-mail has the document attached as EHF, in addition to the PDF.
    package var attachesEHF: Bool

    /// After 4 hours, when a full mailbox or a server failure has often been resolved, and after
    /// 24.
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

/// A way to send a document.
package enum Channel: String, Codable, Sendable, CaseIterable {
    case email
    /// By the Peppol network.
    case ehf
    /// As a letter, by a printing house or the company's own printer.
    case print

    /// The channels by which any customer can be reached; with an electronic address also EHF, as
    /// `Invoice.usableChannels` states, and with a postal address print.
    package static let usable: Set<Channel> = [.email]
}

/// Somebody other than the customer who receives a copy of its invoices: an accountant, a project
/// manager.
package struct CopyRecipient: Hashable, Sendable {
    /// The address as written, valid or not.
    package var address: String
    /// The display name; nil for none.
    package var name: String?

    package init(address: String, name: String? = nil) {
        self.address = address
        self.name = name
    }

    /// What all spellings of one address share.
    package var key: String { address.lowercased() }
}

extension Sequence<CopyRecipient> {
    /// Each address once, the first recipient for each; without blank ones and the main
    /// recipient's, who receives the document itself.
    package func distinct(from main: String?) -> [CopyRecipient] {
        var seen: Set<String> = main.map { [$0.lowercased()] } ?? []
        return filter { copy in
            !copy.address.allSatisfy(\.isWhitespace) && seen.insert(copy.key).inserted
        }
    }
}

extension SendPlan {
    /// The plan for copies: by e-mail, whatever the document's own channel; a stop where that one
    /// is a stop.
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
