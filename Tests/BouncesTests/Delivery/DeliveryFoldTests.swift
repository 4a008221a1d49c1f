import Foundation
import TestSupport
import Testing

@testable import Bounces

@Suite struct DeliveryFoldTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var facts: [DeliveryFact]
        var acceptedAttempt = 1
        var expected: Delivery
        var reason: BounceReason?

        init(
            _ testDescription: String, _ facts: [DeliveryFact], acceptedAttempt: Int = 1,
            _ expected: Delivery, _ reason: BounceReason? = nil
        ) {
            self.testDescription = testDescription
            self.facts = facts
            self.acceptedAttempt = acceptedAttempt
            self.expected = expected
            self.reason = reason
        }
    }

    static let cases = [
        Case("nothing is known of no events", [], .unknown),
        Case("processed says nothing", [.processed(at: 1)], .unknown),
        Case("a deferral", [.processed(at: 1), .deferred(at: 2)], .deferred),
        Case("a delivery after a deferral", [.deferred(at: 1), .delivered(at: 2)], .delivered),
        Case("a deferral after a delivery", [.delivered(at: 1), .deferred(at: 2)], .deferred),
        Case("a soft bounce", [.soft(at: 1)], .softBounced, .mailboxFull),
        Case(
            "a soft bounce after a delivery", [.delivered(at: 1), .soft(at: 2)], .softBounced,
            .mailboxFull),
        Case("a delivery after a soft bounce", [.soft(at: 1), .delivered(at: 2)], .delivered),
        Case(
            "at the same instant a delivery is believed",
            [.delivered(at: 1), .soft(at: 1), .deferred(at: 1)], .delivered),
        Case(
            "at the same instant a soft bounce before a deferral",
            [.soft(at: 1), .deferred(at: 1)], .softBounced, .mailboxFull),
        Case(
            "a hard bounce stands after a delivery", [.hard(at: 1), .delivered(at: 2)],
            .hardBounced, .userUnknown),
        Case(
            "a block stands after a delivery", [.blocked(at: 1), .delivered(at: 2)], .blocked,
            .ipBlocked),
        Case(
            "hard goes before blocked, whichever is later", [.hard(at: 1), .blocked(at: 2)],
            .hardBounced, .userUnknown),
        Case(
            "a complaint after a delivery", [.delivered(at: 1), .complained(at: 2)], .blocked,
            .complaint),
        Case("a drop without a classification", [.dropped(at: 1)], .blocked, .suppressed),
        Case(
            "a drop is blocked even where its words are soft",
            [.dropped(at: 1, .soft, .undetermined)], .blocked, .undetermined),
        Case(
            "a drop that is hard", [.dropped(at: 1, .hard, .invalidAddress)], .hardBounced,
            .invalidAddress),
        Case(
            "a bounce that nobody classified is soft", [.bounced(at: 1)], .softBounced,
            .undetermined),
        Case("an automatic reply is no bounce", [.automaticReply(at: 1)], .unknown),
        Case(
            "an automatic reply changes no delivery",
            [.delivered(at: 1), .automaticReply(at: 2)], .delivered),
        Case("a superseded soft bounce", [.soft(at: 9)], acceptedAttempt: 2, .unknown),
        Case("a superseded deferral", [.deferred(at: 9)], acceptedAttempt: 2, .unknown),
        Case(
            "a superseded hard bounce stands",
            [.hard(at: 1), .delivered(at: 2, attempt: 2)], acceptedAttempt: 2, .hardBounced,
            .userUnknown),
        Case(
            "a superseded block stands", [.blocked(at: 1)], acceptedAttempt: 2, .blocked,
            .ipBlocked),
        Case(
            "a late delivery of an older attempt", [.delivered(at: 9)], acceptedAttempt: 2,
            .delivered),
        Case(
            "a soft bounce of the live attempt after the delivery of an older one",
            [.delivered(at: 1), .soft(at: 2, attempt: 2)], acceptedAttempt: 2, .softBounced,
            .mailboxFull),
        Case(
            "an event about an attempt that is not known to be accepted",
            [.soft(at: 1, attempt: 3)], acceptedAttempt: 2, .softBounced, .mailboxFull),
        Case("a weak fact alone counts", [.hard(at: 1).weak], .hardBounced, .userUnknown),
        Case(
            "a weak bounce at the instant of a strong delivery, or before it",
            [.delivered(at: 2), .hard(at: 2).weak, .blocked(at: 1).weak], .delivered),
        Case(
            "a weak bounce never overturns a delivery that is known by id, whenever it is",
            [.delivered(at: 1), .hard(at: 2).weak, .blocked(at: 3, attempt: 2).weak],
            acceptedAttempt: 2, .delivered),
        Case(
            "a failure with somebody whom it was passed on to",
            [.delivered(at: 1), .hard(at: 2).ofAnother], .delivered),
        Case(
            "such a failure alone says nothing of the recipient", [.hard(at: 2).ofAnother],
            .unknown),
        Case(
            "a delivery to somebody whom it was passed on to", [.delivered(at: 1).ofAnother],
            .delivered),
        Case(
            "a soft bounce that no attempt is told of gives way to a delivery",
            [.delivered(at: 1, attempt: 2), .soft(at: 2, attempt: 2).ofSomeAttempt],
            acceptedAttempt: 2, .delivered),
        Case(
            "a hard bounce that no attempt is told of stands",
            [.delivered(at: 1, attempt: 2), .hard(at: 2, attempt: 2).ofSomeAttempt],
            acceptedAttempt: 2, .hardBounced, .userUnknown),
        Case(
            "a deferral that is told behind the soft bounce of its attempt",
            [.soft(at: 1), .deferred(at: 2)], .softBounced, .mailboxFull),
        Case(
            "a late soft bounce of the first attempt and the delivery of the second",
            [.delivered(at: 1, attempt: 2), .soft(at: 9)], acceptedAttempt: 2, .delivered),
        Case(
            "a weak bounce never contradicts a strong one of its attempt",
            [.soft(at: 1), .hard(at: 2).weak], .softBounced, .mailboxFull),
        Case(
            "a weak complaint presupposes the strong delivery",
            [.delivered(at: 2), .complained(at: 1).weak], .blocked, .complaint),
        Case(
            "a weak fact counts beside a strong deferral", [.deferred(at: 1), .soft(at: 2).weak],
            .softBounced, .mailboxFull),
        Case(
            "a weak fact of another attempt counts",
            [.soft(at: 1), .hard(at: 2, attempt: 2).weak], acceptedAttempt: 2, .hardBounced,
            .userUnknown),
    ]

    @Test(arguments: cases)
    func `what became of a dispatch follows from its events`(_ example: Case) {
        let outcome = DeliveryFold.fold(example.facts, acceptedAttempt: example.acceptedAttempt)
        #expect(outcome.delivery == example.expected)
        #expect(outcome.reason == example.reason)
    }

    @Test func `a bounce behind a delivery, and a forward that failed, are told apart`() {
        func fold(_ facts: DeliveryFact...) -> DeliveryOutcome {
            DeliveryFold.fold(facts, acceptedAttempt: 1)
        }
        #expect(fold(.delivered(at: 1), .hard(at: 2)).isAfterDelivery)
        #expect(fold(.delivered(at: 1), .soft(at: 2)).isAfterDelivery)
        #expect(!fold(.hard(at: 1), .delivered(at: 2)).isAfterDelivery)
        #expect(!fold(.delivered(at: 1, attempt: 2), .hard(at: 2)).isAfterDelivery)
        #expect(!fold(.delivered(at: 1), .complained(at: 2)).isAfterDelivery)
        #expect(fold(.soft(at: 1), .deferred(at: 2)).isOnlySoft)
        #expect(!fold(.soft(at: 2), .delivered(at: 1)).isOnlySoft)
        #expect(!fold(.soft(at: 1), .hard(at: 2).weak).isOnlySoft)
        #expect(fold(.delivered(at: 1), .hard(at: 2).ofAnother).isForwardFailed)
        #expect(!fold(.delivered(at: 1), .deferred(at: 2).ofAnother).isForwardFailed)
        #expect(!fold(.delivered(at: 1), .automaticReply(at: 2).ofAnother).isForwardFailed)
    }

    @Test func `the outcome carries the words and the time of the deciding event`() {
        let bounce = DeliveryFact.soft(at: 7)
        let outcome = DeliveryFold.fold([.processed(at: 1), bounce], acceptedAttempt: 1)
        #expect(outcome.decidedBy == bounce)
        #expect(outcome.text == bounce.text)
        #expect(outcome.occurredAt == bounce.occurredAt)
        #expect(outcome.classification?.reason == .mailboxFull)
    }

    /// Fives of events whose order in time differs from any order in which they may be read.
    static let fives: [[DeliveryFact]] = [
        [.processed(at: 1), .deferred(at: 2), .soft(at: 3), .delivered(at: 4), .complained(at: 5)],
        [
            .delivered(at: 1), .hard(at: 2).ofAnother, .soft(at: 3).ofSomeAttempt,
            .hard(at: 4).weak, .soft(at: 5),
        ],
        [
            .soft(at: 1), .delivered(at: 2, attempt: 2), .hard(at: 3).weak,
            .soft(at: 4, attempt: 2).ofSomeAttempt, .blocked(at: 5),
        ],
    ]

    @Test(arguments: fives)
    func `every order of five events, and every prefix of it, folds as its set does`(
        _ five: [DeliveryFact]
    ) {
        let expected = [Set<DeliveryFact>: DeliveryOutcome](
            uniqueKeysWithValues: five.subsets.map { subset in
                (Set(subset), DeliveryFold.fold(subset, acceptedAttempt: 1))
            })
        let orders = five.permutations
        #expect(orders.count == 120)
        for order in orders {
            for length in 0...order.count {
                let prefix = order.prefix(length)
                #expect(DeliveryFold.fold(prefix, acceptedAttempt: 1) == expected[Set(prefix)])
            }
        }
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `order and repetition make no difference`(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        let facts = (0..<numbers.int(1...8)).map { _ in DeliveryFact.random(&numbers) }
        let acceptedAttempt = numbers.int(0...3)
        let outcome = DeliveryFold.fold(facts, acceptedAttempt: acceptedAttempt)

        let repeated = facts + facts.filter { _ in Bool.random(using: &numbers) }
        let shuffled = repeated.shuffled(using: &numbers)
        #expect(DeliveryFold.fold(shuffled, acceptedAttempt: acceptedAttempt) == outcome)
        #expect(DeliveryFold.fold(Set(facts), acceptedAttempt: acceptedAttempt) == outcome)
    }
}

extension Array {
    fileprivate var permutations: [[Element]] {
        guard !isEmpty else { return [[]] }
        return indices.flatMap { index -> [[Element]] in
            var rest = self
            let first = rest.remove(at: index)
            return rest.permutations.map { [first] + $0 }
        }
    }

    fileprivate var subsets: [[Element]] {
        (0..<(1 << count)).map { mask in
            indices.filter { mask & (1 << $0) != 0 }.map { self[$0] }
        }
    }
}
