import Testing

@testable import Bounces

struct ClassifierRegistryTests {
    private let classifier = Classifier()

    @Test(arguments: RegistryCode.all)
    func `each code of the registry is known, for now and for good`(_ code: RegistryCode) {
        for (digit, expected) in [(4, code.passing), (5, code.final)] {
            let answer = classifier.classify(
                BounceEvidence(replyCode: expected.reply, enhancedCode: "\(digit).\(code.detail)"))
            #expect(answer.reason == expected.reason, "\(expected.reply): \(answer.evidence)")
        }
    }

    @Test(arguments: RegistryCode.all)
    func `a code alone condemns no address while the server says that it passes`(
        _ code: RegistryCode
    ) {
        for reply in [code.passing.reply, nil] {
            let answer = classifier.classify(
                BounceEvidence(replyCode: reply, enhancedCode: "4.\(code.detail)"))
            #expect(answer.bounceClass != .hard, "\(answer.evidence)")
            #expect(answer.transient)
        }
    }

    @Test func `only what says that there is no such address condemns it`() {
        let hard = RegistryCode.all.filter { code in
            let answer = classifier.classify(
                BounceEvidence(replyCode: code.final.reply, enhancedCode: "5.\(code.detail)"))
            return answer.bounceClass == .hard && !answer.needsReview
        }
        #expect(
            hard.map(\.detail) == [
                "1.1", "1.2", "1.3", "1.4", "1.6", "1.10", "2.1", "3.2", "4.1", "4.4", "7.13",
                "7.17", "7.18",
            ])
    }

    @Test func `a code that says nothing is not sure of anything`() {
        for code in ["5.1.5", "5.1.9", "5.2.0"] {
            let answer = classifier.classify(BounceEvidence(replyCode: 550, enhancedCode: code))
            #expect(answer.bounceClass == .soft)
            #expect(answer.needsReview)
        }
    }

    @Test func `the registry is whole`() {
        let last = ["0": 0, "1": 10, "2": 4, "3": 6, "4": 7, "5": 6, "6": 10, "7": 30]
        let codes = last.flatMap { subject, last in (0...last).map { "\(subject).\($0)" } }
        #expect(Set(RegistryCode.all.map(\.detail)) == Set(codes))
        #expect(RegistryCode.all.count == codes.count)
    }
}
