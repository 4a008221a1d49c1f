import Dispatching
import Foundation
import TestSupport
import Testing

/// What holds whatever the provider answers.
struct CircuitBreakerPropertyTests {
    private static let answers: [SubmitOutcome] = [
        .yes, .doubt, .busy, .exhausted, .untrusted, .account, .unreachable, .sender, .verdict,
        .notYet, .unknown("a"), .unknown("b"), .unknown("c"),
    ]

    @Test(arguments: UInt64(1)...200)
    func `every message is decided once, and as it was answered`(_ seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        // Some kinds of answers only: what all kinds together hide, a few show.
        let kinds = Self.answers.filter { _ in Bool.random(using: &numbers) } + [.yes]
        var breaker = CircuitBreaker(
            failuresMax: Int.random(in: 1...5, using: &numbers),
            remembered: Bool.random(using: &numbers) ? "a" : nil)
        var answered: [UUID: SubmitOutcome] = [:]
        var decisions: [CircuitBreaker.Decision] = []
        for _ in 0..<Int.random(in: 0...60, using: &numbers) {
            let claim = CircuitBreakerTests.claim()
            let answer = kinds.randomElement(using: &numbers) ?? .yes
            answered[claim.dispatchID] = answer
            let decided = breaker.decide(claim, answer)
            // While something is accepted, nothing older may still be held back.
            if answer == .yes { #expect(decided.last?.claim == claim) }
            decisions += decided
        }
        decisions += breaker.finish()
        #expect(breaker.finish().isEmpty, "nothing is given back twice")
        #expect(decisions.count == answered.count)
        #expect(Set(decisions.map(\.claim.dispatchID)) == Set(answered.keys))
        for decision in decisions {
            let answer = answered[decision.claim.dispatchID]
            #expect(Self.agrees(decision.outcome, with: answer), "\(decision)")
        }
    }

    /// What was understood stays as it is; what was not is the message's or the account's.
    private static func agrees(_ outcome: SubmitOutcome, with answer: SubmitOutcome?) -> Bool {
        guard case .refused(let asked) = answer, asked.subject == .unknown else {
            return outcome == answer
        }
        guard case .refused(let decided) = outcome, decided.reason == asked.reason else {
            return false
        }
        return decided.subject == .message || decided.subject == .account
    }

    @Test(arguments: UInt64(1)...100)
    func
        `a run of which nothing was accepted ends no message by a no that nobody understands twice`(
            _ seed: UInt64
        )
    {
        var numbers = SeededNumbers(seed: seed)
        var (ended, remembered): (Int, String?) = (0, nil)
        // An account that is refused in words that no table knows, run after run.
        for _ in 0..<20 {
            var breaker = CircuitBreaker(failuresMax: 10, remembered: remembered)
            var decisions: [CircuitBreaker.Decision] = []
            for _ in 0..<Int.random(in: 1...4, using: &numbers) {
                decisions += breaker.decide(CircuitBreakerTests.claim(), .unknown("suspended"))
            }
            decisions += breaker.finish()
            remembered = breaker.unexplainedRefusal
            ended += decisions.count { decision in
                if case .refused(let refusal) = decision.outcome {
                    refusal.isVerdict
                } else {
                    false
                }
            }
        }
        #expect(ended <= 1)
    }
}
