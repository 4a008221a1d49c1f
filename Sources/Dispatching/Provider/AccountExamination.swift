package import FoundationEssentials

/// What a provider says of our account when it is asked, each question by itself.
///
/// Only what may be asked without sending anything is. A question that a vendor has no answer to at
/// all is not among the answers.
package struct AccountExamination: Hashable, Sendable {
    /// What is asked.
    package enum Question: String, CaseIterable, Sendable {
        /// Whether it can be reached, and takes the key.
        case access
        /// Whether the key that sends may send.
        case sending
        /// Whether the other key, or the same one, may read what became of the mail.
        case reading
        /// Whether the domain, stream or mailbox that the settings name is there.
        case place
        /// Whether mail may be sent from our address.
        case sender
    }

    /// What came of a question.
    package enum Answer: Hashable, Sendable {
        case yes
        /// It is not as it has to be; why, and what to do about it.
        case no(String)
        /// The question could not be answered, for a fault of the account, the way or the provider.
        case failed(ProviderError)
        /// The provider tells nobody, or not this key, which is no fault; why.
        case unknown(String)
    }

    /// The provider's clock, read between two readings of ours.
    package struct Clock: Hashable, Sendable {
        package var there: Date
        package var askedAt: Date
        package var answeredAt: Date

        package init(there: Date, askedAt: Date, answeredAt: Date) {
            self.there = there
            self.askedAt = askedAt
            self.answeredAt = answeredAt
        }
    }

    package var answers: [Question: Answer] = [:]
    /// Nil where the provider did not say the time.
    package var clock: Clock?

    /// The selectors of the keys that sign our mail (DKIM), as far as the provider names them.
    package var selectors: [String] = []

    package init() {}
}
