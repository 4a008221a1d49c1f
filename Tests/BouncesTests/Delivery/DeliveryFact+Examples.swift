import Foundation
import TestSupport

@testable import Bounces

/// Facts as tests name them: a kind, a second, an attempt.
extension DeliveryFact {
    static func processed(at second: Int, attempt: Int = 1) -> Self {
        fact(.processed, second, attempt)
    }

    static func deferred(at second: Int, attempt: Int = 1) -> Self {
        fact(.deferred, second, attempt)
    }

    static func delivered(at second: Int, attempt: Int = 1) -> Self {
        fact(.delivered, second, attempt)
    }

    static func complained(at second: Int, attempt: Int = 1) -> Self {
        fact(.complained, second, attempt)
    }

    static func bounced(at second: Int, attempt: Int = 1) -> Self {
        fact(.bounced, second, attempt)
    }

    static func soft(at second: Int, attempt: Int = 1) -> Self {
        fact(.bounced, second, attempt, .soft, .mailboxFull)
    }

    static func hard(at second: Int, attempt: Int = 1) -> Self {
        fact(.bounced, second, attempt, .hard, .userUnknown)
    }

    static func blocked(at second: Int, attempt: Int = 1) -> Self {
        fact(.bounced, second, attempt, .blocked, .ipBlocked)
    }

    static func automaticReply(at second: Int) -> Self {
        fact(.bounced, second, 1, .other, .vacation)
    }

    static func dropped(
        at second: Int, _ bounceClass: BounceClass? = nil, _ reason: BounceReason = .suppressed
    ) -> Self {
        fact(.dropped, second, 1, bounceClass, reason)
    }

    var weak: Self {
        var fact = self
        fact.subject = .address
        return fact
    }

    /// At which attempt, nobody says.
    var ofSomeAttempt: Self {
        var fact = self
        fact.subject = .message
        return fact
    }

    /// About somebody whom it was passed on to.
    var ofAnother: Self {
        var fact = self
        fact.subject = .otherRecipient
        return fact
    }

    /// Few values for each field, so that facts often clash.
    static func random(_ numbers: inout SeededNumbers) -> Self {
        let reasons: [(BounceClass, BounceReason)] = [
            (.hard, .userUnknown), (.hard, .domainUnknown), (.soft, .mailboxFull),
            (.soft, .undetermined), (.blocked, .policy), (.other, .vacation),
        ]
        let (bounceClass, reason) = reasons[numbers.int(0...reasons.count - 1)]
        let kind = EventKind.allCases[numbers.int(0...EventKind.allCases.count - 1)]
        var fact = fact(
            kind, numbers.int(1...3), numbers.int(1...3),
            numbers.int(0...3) == 0 ? nil : bounceClass, reason)
        fact.text = ["", "a", "b"][numbers.int(0...2)]
        fact.subject = EvidenceSubject.allCases[numbers.int(0...3)]
        fact.classification?.transient = numbers.int(0...1) == 0
        fact.classification?.confidence = Double(numbers.int(0...1))
        return fact
    }

    private static func fact(
        _ kind: EventKind, _ second: Int, _ attempt: Int, _ bounceClass: BounceClass? = nil,
        _ reason: BounceReason = .undetermined
    ) -> Self {
        DeliveryFact(
            kind: kind,
            classification: bounceClass.map {
                BounceClassification(
                    bounceClass: $0, reason: reason, scope: nil, transient: false,
                    confidence: 0.9, evidence: "text: example")
            },
            attempt: attempt, occurredAt: Date(timeIntervalSince1970: Double(second)),
            text: bounceClass == nil ? "" : "\(kind) \(reason)")
    }
}
