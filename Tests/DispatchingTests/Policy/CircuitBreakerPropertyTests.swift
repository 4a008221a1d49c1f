import Dispatching
import Foundation
import Testing

/// What holds whatever the provider answers.
struct CircuitBreakerPropertyTests {
    private static let answers: [SubmitOutcome] = [
        .yes, .doubt, .busy, .exhausted, .untrusted, .account, .unreachable, .sender, .verdict,
        .notYet, .unknown("a"), .unknown("b"), .unknown("c"),
    ]

    @Test(arguments: UInt64(1)...200)
    func `every message is judged once, and as it was answered`(_ seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        // Some kinds of answers only: what all kinds together hide, a few show.
        let kinds = Self.answers.filter { _ in Bool.random(using: &numbers) } + [.yes]
        var breaker = CircuitBreaker(
            failuresMax: Int.random(in: 1...5, using: &numbers),
            remembered: Bool.random(using: &numbers) ? "a" : nil)
        var answered: [UUID: SubmitOutcome] = [:]
        var judgements: [CircuitBreaker.Judgement] = []
        for _ in 0..<Int.random(in: 0...60, using: &numbers) {
            let claim = CircuitBreakerTests.claim()
            let answer = kinds.randomElement(using: &numbers) ?? .yes
            answered[claim.dispatchID] = answer
            let judged = breaker.judge(claim, answer)
            // While something is accepted, nothing older may still be held back.
            if answer == .yes { #expect(judged.last?.claim == claim) }
            judgements += judged
        }
        judgements += breaker.finish()
        #expect(breaker.finish().isEmpty, "nothing is given back twice")
        #expect(judgements.count == answered.count)
        #expect(Set(judgements.map(\.claim.dispatchID)) == Set(answered.keys))
        for judgement in judgements {
            let answer = answered[judgement.claim.dispatchID]
            #expect(Self.agrees(judgement.outcome, with: answer), "\(judgement)")
        }
    }

    /// What was understood stays as it is; what was not is the message's or the account's.
    private static func agrees(_ outcome: SubmitOutcome, with answer: SubmitOutcome?) -> Bool {
        guard case .refused(let asked) = answer, asked.subject == .unknown else {
            return outcome == answer
        }
        guard case .refused(let judged) = outcome, judged.reason == asked.reason else {
            return false
        }
        return judged.subject == .message || judged.subject == .account
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
            var judgements: [CircuitBreaker.Judgement] = []
            for _ in 0..<Int.random(in: 1...4, using: &numbers) {
                judgements += breaker.judge(CircuitBreakerTests.claim(), .unknown("suspended"))
            }
            judgements += breaker.finish()
            remembered = breaker.unexplainedNo
            ended += judgements.count { judgement in
                if case .refused(let refusal) = judgement.outcome {
                    refusal.isVerdict
                } else {
                    false
                }
            }
        }
        #expect(ended <= 1)
    }
}

/// Numbers that look random and are the same on each run (SplitMix64, by Sebastiano Vigna).
private struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
