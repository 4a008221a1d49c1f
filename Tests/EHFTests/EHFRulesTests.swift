import TestSupport
import Testing

@testable import EHF
@testable import Invoicing

struct EHFRulesTests {
    @Test(arguments: EHFCase.all)
    func `an invoice that breaks a rule breaks it alone`(_ test: EHFCase) throws {
        let violations = EHFRules.violations(in: test.invoice)
        #expect(Set(violations.map(\.rule)) == Set([test.rule] + test.also), "\(violations)")
        #expect(violations.allSatisfy { !$0.finding.en.isEmpty && !$0.advice.en.isEmpty })
        let files = test.invoice.supportingDocuments.map {
            Attachment(fileName: $0.id, contentType: $0.contentType ?? "", content: [1])
        }
        try EHFOutput.write(
            EHFDocument.bytes(of: test.invoice, embedded: files), "broken/\(test.rule)")
    }

    @Test func `each rule has a case and one number`() {
        let numbers = EHFRules.all.map(\.number)
        #expect(Set(numbers).count == numbers.count)
        #expect(Set(EHFCase.all.map { $0.rule }) == Set(numbers))
    }

    @Test func `the samples break nothing`() {
        #expect(EHFRules.violations(in: EHFSample.invoice()) == [])
        #expect(EHFRules.violations(in: EHFSample.invoice(.creditNote)) == [])
        for family in EHFVATFamily.all where family.code != "S" {
            let rate: FixedDecimal? = family.code == "O" ? nil : .zero
            let invoice = EHFCase.sample(VATCategory(code: family.code, rate: rate))
            #expect(EHFRules.violations(in: invoice) == [], "\(family.code)")
        }
    }

    @Test func `a violation reads as a sentence with its rule and what to do`() {
        let violation = EHFRules.violations(
            in: EHFSample.invoice().with { $0.lines[0].unit = "stk" })
        #expect(
            violation.map(\.description) == [
                "stk is no code for a unit (BR-CL-23). Use UN/ECE's, as EA for pieces, HUR for"
                    + " hours, MON for months."
            ])
    }

    @Test func `amounts at the edge never overflow`() {
        let invoice = EHFSample.invoice().with {
            $0.lines[0].quantity = FixedDecimal(millionths: .max)
            $0.lines[0].unitPrice = FixedDecimal(millionths: .min)
            $0.lines[0].priceBaseQuantity = FixedDecimal(millionths: .max)
            $0.lines[0].grossPrice = FixedDecimal(millionths: .max)
        }
        let rules = EHFRules.violations(in: invoice).map(\.rule)
        #expect(rules.contains("PEPPOL-EN16931-R120"))
        #expect(rules.contains("BR-27"))
    }

    @Test(arguments: EHFCase.all)
    func `what a receiver would refuse is said in its reader's language`(_ test: EHFCase) {
        let violations = EHFRules.violations(in: test.invoice)
        #expect(!violations.isEmpty)
        for violation in violations {
            let words = violation.words
            #expect(words.nb != words.en && words.nn != words.en, "\(words)")
            for language in Language.allCases {
                #expect(words[language].contains(violation.rule))
                #expect(ForeignWords.of(words[language], language) == [], "\(words[language])")
            }
        }
    }
}
