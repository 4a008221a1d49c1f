import Bounces
import Invoicing
import Testing

@testable import Documents

struct TextsTests {
    /// Every text in a value, however deep.
    private func texts(in value: Any) -> [String] {
        if let text = value as? String { return [text] }
        return Mirror(reflecting: value).children.flatMap { texts(in: $0.value) }
    }

    @Test func `every text stands in all three languages`() {
        let documents = Language.allCases.map { texts(in: DocumentTexts.texts($0)) }
        let emails = Language.allCases.map { texts(in: EmailTexts.texts($0)) }
        let reports = Language.allCases.map { texts(in: FaultReportTexts.texts($0)) }
        let outcomes = Language.allCases.map { texts(in: OutcomeTexts.texts($0)) }
        for group in [documents, emails, reports, outcomes] {
            #expect(Set(group.map(\.count)).count == 1)
            #expect(group.allSatisfy { $0.count > 3 })
            for text in group.flatMap(\.self) {
                #expect(text.trimmingEnds == text)
                #expect(!text.isEmpty)
            }
        }
        #expect(documents[0] != documents[1])
        #expect(documents[0] != documents[2])
    }

    @Test(arguments: Language.allCases)
    func `the built-in e-mails are sound templates`(language: Language) {
        for text in texts(in: EmailTexts.texts(language)) {
            #expect(EmailTemplate.problems(in: text).isEmpty)
        }
    }

    @Test(arguments: Language.allCases)
    func `every fault and every reason is explained, with a next step`(language: Language) {
        let faults = FaultCode.allCases.map { ExplainedOutcome.fault($0) }
        let bounces = BounceReason.allCases.flatMap { reason in
            BounceClass.allCases.map { ExplainedOutcome.bounced($0, reason) }
        }
        let others: [ExplainedOutcome] = [
            .refused, .silent, .cancelled, .inDoubt, .waiting, .givenUp, .forwardFailed,
            .returned(.hard, .userUnknown),
        ]
        for outcome in faults + bounces + others {
            let explanation = Explanation(of: outcome, language)
            for text in [explanation.summary, explanation.nextStep] {
                #expect(text.hasSuffix("."), "\(outcome): \(text)")
                #expect(text.count > 10)
                #expect(text.first?.isUppercase == true)
            }
        }
    }

    @Test func `each fault and each reason has words of its own`() {
        for language in Language.allCases {
            let faults = FaultCode.allCases.map { Explanation(of: .fault($0), language).summary }
            #expect(Set(faults).count == faults.count)
            let causes = BounceReason.allCases.map {
                Explanation(of: .bounced(.soft, $0), language).summary
            }
            #expect(Set(causes).count == causes.count)
        }
    }

    @Test(arguments: [
        (BounceClass.blocked, BounceReason.complaint, "kundestøtte"),
        (.soft, .serverError, "avbryte"), (.soft, .mailboxFull, "rydde i postkassen"),
        (.soft, .messageTooBig, "vedleggene"), (.hard, .userUnknown, "Kontroller e-postadressen"),
        (.other, .vacation, "trenger ikke gjøre noe"),
    ])
    func `the next step is the one that helps`(
        bounceClass: BounceClass, reason: BounceReason, step: String
    ) {
        let explanation = Explanation(of: .bounced(bounceClass, reason), .nb)
        #expect(explanation.nextStep.contains(step))
    }

    @Test(arguments: [("SE", Language.nn, "Sverige"), ("de", .en, "Germany"), ("XX", .nb, "XX")])
    func `countries are named, or shown by their code`(
        code: String, language: Language, name: String
    ) {
        #expect(CountryTexts.text(code, language) == name)
    }
}
