import Dispatching
import Foundation
import Testing

/// Whom a no is about, and when the provider is left alone: sequences of answers and what they
/// come to.
struct CircuitBreakerTests {
    /// What became of each message, in the order of the answers: `+` accepted, `x` ended by its own
    /// no, `~` waits for the provider, `?` in doubt.
    struct Course: CustomTestStringConvertible, Sendable {
        var rule: String
        var answers: [SubmitOutcome]
        var outcomes: String
        /// The cause of the trouble when the last answer was heard, and at the end.
        var open: Refusal.Cause?
        var end: Refusal.Cause?
        var remembered: String?
        var remembers: String?

        var testDescription: String { rule }
    }

    @Test(arguments: courses)
    func `a sequence of answers comes to this`(_ course: Course) {
        let claims = course.answers.map { _ in Self.claim() }
        var breaker = CircuitBreaker(failuresMax: 3, remembered: course.remembered)
        var decisions: [CircuitBreaker.Decision] = []
        for (claim, answer) in zip(claims, course.answers) {
            decisions += breaker.decide(claim, answer)
        }
        #expect(breaker.trouble?.cause == course.open)
        #expect(breaker.isOpen == (course.open != nil))
        decisions += breaker.finish()
        #expect(breaker.trouble?.cause == course.end)
        #expect(breaker.unexplainedRefusal == course.remembers)
        #expect(Self.outcomes(of: claims, in: decisions) == course.outcomes)
    }

    static let courses: [Course] = [
        Course(rule: "nothing was sent", answers: [], outcomes: ""),
        Course(rule: "all accepted", answers: [.yes, .yes], outcomes: "++"),

        // A no that no table knows.
        Course(
            rule: "one unknown no among eleven accepted: that one ends, the others do not",
            answers: Array(repeating: .yes, count: 5) + [.unknown("odd")]
                + Array(repeating: .yes, count: 6),
            outcomes: "+++++x++++++"),
        Course(
            rule: "the same unknown no twice: both wait, and the circuit opens",
            answers: [.unknown("odd"), .unknown("odd")], outcomes: "~~",
            open: .unknown, end: .unknown, remembers: "odd"),
        Course(
            rule: "the same unknown no after others were accepted is the account's too",
            answers: [.yes, .unknown("odd"), .unknown("odd")], outcomes: "+~~",
            open: .unknown, end: .unknown, remembers: "odd"),
        Course(
            rule: "the same unknown no, and one accepted in between: each was its own",
            answers: [.unknown("odd"), .yes, .unknown("odd"), .yes], outcomes: "x+x+"),
        Course(
            rule: "different unknown noes are the messages' own, when one is accepted after them",
            answers: [.unknown("a"), .unknown("b"), .yes], outcomes: "xx+"),
        Course(
            rule: "different unknown noes, as many as failures are allowed: nobody's",
            answers: [.unknown("a"), .unknown("b"), .unknown("c")], outcomes: "~~~",
            open: .unknown, end: .unknown, remembers: "c"),
        Course(
            rule: "an unknown no that nothing follows is taken for its own, and remembered",
            answers: [.yes, .unknown("odd")], outcomes: "+x", remembers: "odd"),
        Course(
            rule: "the no that is remembered of an earlier run has repeated at once",
            answers: [.unknown("odd")], outcomes: "~", open: .unknown, end: .unknown,
            remembered: "odd", remembers: "odd"),
        Course(
            rule: "another no than the remembered one has not repeated",
            answers: [.unknown("new")], outcomes: "x", remembered: "odd", remembers: "new"),
        Course(
            rule: "what is remembered is forgotten when something is accepted",
            answers: [.yes, .unknown("odd"), .yes], outcomes: "+x+", remembered: "odd"),
        Course(
            rule: "a run that sends nothing forgets nothing", answers: [], outcomes: "",
            remembered: "odd", remembers: "odd"),
        Course(
            rule: "an unknown no while the circuit is open waits: nobody can tell whose it is",
            answers: [.account, .account, .unknown("odd")], outcomes: "~~~",
            open: .notAllowed, end: .notAllowed, remembers: "odd"),
        Course(
            rule: "an unknown no, and then a provider in trouble: nobody can tell whose it is",
            answers: [.unknown("odd"), .busy], outcomes: "~~", open: .busy, end: .busy),
        Course(
            rule: "an unknown no, and then nothing but silence: nobody can tell whose it is",
            answers: [.unknown("odd"), .unreachable], outcomes: "~~", end: .unreachable),

        // The account.
        Course(
            rule: "a fault of the account that one message meets alone: it waits, the others go on",
            answers: [.yes, .account, .yes, .yes], outcomes: "+~++"),
        Course(
            rule: "two faults of the account in a row are no message's",
            answers: [.yes, .account, .account], outcomes: "+~~", open: .notAllowed,
            end: .notAllowed),
        Course(
            rule: "two faults of the account with one accepted in between are not in a row",
            answers: [.account, .yes, .account, .yes], outcomes: "~+~+"),
        Course(
            rule: "a fault of the account that is the last word is trouble",
            answers: [.yes, .account], outcomes: "+~", end: .notAllowed),
        Course(
            rule: "a verdict about a recipient in between: the account is heard",
            answers: [.account, .verdict, .account, .yes], outcomes: "~x~+"),
        Course(
            rule: "what was on its way and is accepted closes the circuit",
            answers: [.account, .account, .yes], outcomes: "~~+"),

        // At once.
        Course(
            rule: "too many requests: at once, and what is still accepted does not close it",
            answers: [.busy, .yes], outcomes: "~+", open: .busy, end: .busy),
        Course(
            rule: "a limit of the plan: at once, and what is still accepted does not close it",
            answers: [.yes, .exhausted, .yes], outcomes: "+~+", open: .exhausted,
            end: .exhausted),
        Course(
            rule: "a server that can't prove who it is: at once", answers: [.untrusted],
            outcomes: "~", open: .untrusted, end: .untrusted),

        // Failures in a row.
        Course(
            rule: "as many failures in a row as are allowed",
            answers: [.yes, .unreachable, .unreachable, .unreachable], outcomes: "+~~~",
            open: .unreachable, end: .unreachable),
        Course(
            rule: "doubts in a row are failures, and stay in doubt",
            answers: [.doubt, .doubt, .doubt], outcomes: "???", open: .down, end: .down),
        Course(
            rule: "failures of different kinds are in a row too",
            answers: [.yes, .unreachable, .doubt, .notYet], outcomes: "+~?~", open: .notYet,
            end: .notYet),
        Course(
            rule: "one accepted, or one decided, begins the row anew",
            answers: [
                .unreachable, .unreachable, .yes, .doubt, .doubt, .verdict, .unreachable,
                .unreachable, .yes,
            ], outcomes: "~~+??x~~+"),
        Course(
            rule: "failures that are fewer, and something was accepted: the next run tries",
            answers: [.yes, .unreachable, .doubt], outcomes: "+~?"),

        // A queue that is shorter than the failures that are allowed.
        Course(
            rule: "one that can't be reached, and nothing accepted", answers: [.unreachable],
            outcomes: "~", end: .unreachable),
        Course(
            rule: "one in doubt, and nothing accepted", answers: [.doubt], outcomes: "?",
            end: .down),
        Course(
            rule: "not reached, and then decided: the provider is there",
            answers: [.unreachable, .verdict], outcomes: "~x"),
        Course(
            rule: "a fault of the account, and then decided: nothing was accepted",
            answers: [.account, .verdict], outcomes: "~x", end: .notAllowed),
        Course(
            rule: "greylisting is one recipient's, not the provider's trouble",
            answers: [.notYet], outcomes: "~"),
        Course(
            rule: "greylisting of the last, after others were accepted", answers: [.yes, .notYet],
            outcomes: "+~"),
        Course(rule: "verdicts alone are no trouble", answers: [.verdict], outcomes: "x"),
        Course(
            rule: "a sender that is refused, and nothing else: the run says so",
            answers: [.sender], outcomes: "~", end: .notAllowed),
        Course(
            rule: "a sender that is refused is its tenant's, where others are accepted",
            answers: [.sender, .yes], outcomes: "~+"),
    ]

    @Test func `a refused sender holds its tenant, and no other`() {
        var breaker = CircuitBreaker(failuresMax: 3)
        for _ in 0..<10 { _ = breaker.decide(Self.claim(tenant: 7), .sender) }
        _ = breaker.decide(Self.claim(tenant: 8), .yes)
        #expect(breaker.heldTenants.keys.sorted() == [7])
        #expect(!breaker.isOpen)
    }

    @Test func `what was held back is given back with its own words`() throws {
        var breaker = CircuitBreaker(failuresMax: 3)
        let (one, other) = (Self.claim(), Self.claim())
        #expect(breaker.decide(one, .unknown("Odd 1")).isEmpty)
        let decided = breaker.decide(other, .yes)
        #expect(
            decided == [
                .init(claim: one, outcome: .refused(Refusal(.message, .content, "Odd 1"))),
                .init(claim: other, outcome: .yes),
            ])
    }

    @Test func `trouble says what was said first`() {
        var breaker = CircuitBreaker(failuresMax: 3)
        _ = breaker.decide(Self.claim(), .refused(Refusal(.account, .exhausted, "quota")))
        _ = breaker.decide(Self.claim(), .busy)
        _ = breaker.finish()
        #expect(breaker.trouble == Refusal(.account, .exhausted, "quota"))
    }

    static func claim(tenant: Int64 = 1) -> ClaimedDispatch {
        ClaimedDispatch(
            tenantID: tenant, dispatchID: UUID(), leaseEpoch: 1, attempt: 1, acceptedCount: 0,
            claimedAt: Date(timeIntervalSince1970: 0))
    }

    /// A sign for each claim; `!` for one that was not decided, or more than once.
    static func outcomes(
        of claims: [ClaimedDispatch], in decisions: [CircuitBreaker.Decision]
    ) -> String {
        let byID = Dictionary(grouping: decisions, by: \.claim.dispatchID)
        return claims.map { claim in
            let found = byID[claim.dispatchID] ?? []
            guard found.count == 1, let outcome = found.first?.outcome else { return "!" }
            return switch outcome {
            case .accepted: "+"
            case .inDoubt: "?"
            case .refused(let refusal): refusal.isVerdict ? "x" : "~"
            }
        }.joined()
    }
}

extension SubmitOutcome {
    static let yes = SubmitOutcome.accepted(providerMessageID: nil)
    static let doubt = SubmitOutcome.inDoubt(reason: "timeout")
    static let busy = SubmitOutcome.refused(Refusal(.provider, .busy, "429"))
    static let exhausted = SubmitOutcome.refused(Refusal(.account, .exhausted, "quota"))
    static let untrusted = SubmitOutcome.refused(Refusal(.account, .untrusted, "certificate"))
    static let account = SubmitOutcome.refused(Refusal(.account, .notAllowed, "suspended"))
    static let unreachable = SubmitOutcome.refused(Refusal(.provider, .unreachable, "refused"))
    static let sender = SubmitOutcome.refused(Refusal(.sender, .notAllowed, "not verified"))
    static let verdict = SubmitOutcome.refused(Refusal(.recipient, .content, "no such user"))
    static let notYet = SubmitOutcome.refused(Refusal(.recipient, .notYet, "greylisted"))

    static func unknown(_ words: String) -> SubmitOutcome {
        .refused(Refusal(.unknown, .unknown, words))
    }
}
