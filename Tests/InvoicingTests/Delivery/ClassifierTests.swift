import Testing

@testable import Invoicing

@Suite struct ClassifierTests {
    let classifier = Classifier()

    @Test(arguments: DecisionVector.all)
    func `the decision table is followed`(_ vector: DecisionVector) {
        let answer = classifier.classify(
            BounceEvidence(
                replyCode: vector.reply, enhancedCode: vector.enhanced, text: vector.text))
        #expect(answer.bounceClass == vector.bounceClass, "\(vector.why): \(answer.evidence)")
        #expect(answer.reason == vector.reason, "\(vector.why): \(answer.evidence)")
    }
}
