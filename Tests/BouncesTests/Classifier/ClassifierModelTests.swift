import Testing

@testable import Bounces

struct ClassifierModelTests {
    private let model = ClassifierModel(
        weights: """
            least 0.55
            0 0 0.5 bias
            2 0 0 word zork*
            0 3 0 word quux frob
            1 0 0 code x.1.1
            0 0 1 reply 550
            0.5 0 0 subject x.1
            0 2 0 class 4xx
            inf 0 0 word grue
            nan 0 0 word grue
            nothing at all
            """)

    private func classified(
        _ text: String, _ reply: Int? = nil, _ enhanced: String? = nil
    ) -> BounceClassification {
        Classifier().classify(
            BounceEvidence(replyCode: reply, enhancedCode: enhanced, text: text), ignoring: [],
            asking: model)
    }

    @Test func `words and codes weigh together, and the heaviest are named`() throws {
        let codes = BounceCodes(reply: nil, enhanced: EnhancedCode("5.1.1"))
        let answer = try #require(model.answer("Zorkmid zorks", codes))
        #expect(answer.bounceClass == .hard)
        #expect(answer.confidence == 0.9)
        #expect(answer.evidence == "model: zork, x.1.1, x.1")
    }

    @Test(arguments: ["", "nothing that it knows", "quux and frob", "grue"])
    func `the model has no opinion of words that it does not know`(text: String) {
        #expect(model.answer(text, BounceCodes(reply: 550, enhanced: nil)) == nil)
    }

    @Test func `it speaks where the rules find nothing`() {
        let answer = classified("quux frob")
        #expect(answer.bounceClass == .soft)
        #expect(answer.evidence == "model: quux frob")
        #expect(answer.confidence > 0.7)
    }

    @Test func `where the rules know, it is not asked`() {
        #expect(classified("No such user, quux frob").bounceClass == .hard)
    }

    @Test func `a hard that it is not sure of condemns nobody`() {
        let unsure = classified("zork", 550)
        #expect(unsure.bounceClass == .soft)
        #expect(unsure.needsReview)
        #expect(classified("zork").bounceClass == .hard)
    }

    @Test func `every line of the program's own table is read`() {
        let lines = ClassifierModel.weights.split(separator: "\n")
        #expect(ClassifierModel.shared.featureCount == lines.count - 2)
        #expect(lines.count <= 400)
        #expect(lines.first?.hasPrefix("least ") == true)
    }
}
