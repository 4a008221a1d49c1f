import Bounces
import Invoicing
import Testing

@testable import Documents

struct TextsTests {
    /// What stands on documents; each is in the three languages, or would not compile.
    private func documentTexts(_ language: Language) -> [String] {
        let paths: [KeyPath<DocumentTexts, String>] = [
            \.invoice, \.creditNote, \.invoiceNumber, \.creditNoteNumber, \.invoiceDate,
            \.creditNoteDate, \.dueDate, \.taxPointDate, \.period, \.deliveryDate,
            \.deliveryPlace, \.precedingInvoice, \.dated, \.customerOrganisationNumber,
            \.customerVATNumber, \.ourReference, \.buyerReference, \.purchaseOrder, \.salesOrder,
            \.contract, \.project, \.despatchAdvice, \.receivingAdvice, \.tenderOrLot,
            \.invoicedObject, \.accountingCost, \.description, \.quantity, \.unit, \.unitPrice,
            \.vat, \.amount, \.broughtForward, \.carriedForward, \.itemNumber,
            \.allowance, \.charge, \.vatSummary, \.vatRate, \.vatBase, \.vatIn, \.exchangeRate,
            \.lineTotal, \.taxExclusive, \.vatTotal, \.taxInclusive, \.prepaid, \.rounding,
            \.payable, \.credited, \.reverseCharge, \.reverseCharged, \.zeroRated, \.exempt,
            \.intraCommunity, \.export, \.outsideScope, \.dueShort, \.account, \.reference,
            \.payee, \.paymentTerms, \.notToBePaid, \.attachments, \.organisationNumber,
            \.vatNumber, \.telephone, \.taxRepresentative, \.page, \.pageOf,
        ]
        return paths.map { DocumentTexts.texts(language)[keyPath: $0] }
    }

    private func emailTexts(_ language: Language) -> [String] {
        let texts = EmailTexts.texts(language)
        return [
            texts.subject, texts.invoiceText, texts.creditNoteText, texts.regards, texts.preview,
            texts.copySubject, texts.copyNotice,
        ]
    }

    private func reportTexts(_ language: Language) -> [String] {
        let texts = FaultReportTexts.texts(language)
        let counted = [
            texts.stoppedSubject, texts.forecastSubject, texts.resolvedSubject, texts.more,
        ]
        let resolved = [texts.resolvedToSend, texts.resolvedAndMade, texts.passedOver]
        return [
            texts.greeting, texts.stoppedIntroduction, texts.forecastIntroduction, texts.remedy,
            texts.thenMade, texts.thenSendAgain, texts.agreement, texts.copyTo, texts.due,
            texts.onceOnly, texts.client,
        ] + counted.flatMap { [$0.text(1), $0.text(7)] }
            + resolved.flatMap { [$0.heading, $0.introduction, $0.nextStep] }
    }

    @Test(arguments: Language.allCases)
    func `no text is empty, or has space around it`(language: Language) {
        for text in documentTexts(language) + emailTexts(language) + reportTexts(language) {
            #expect(text.trimmingEnds == text)
            #expect(!text.isEmpty)
        }
    }

    @Test func `counts are told in one and in many`() {
        for language in Language.allCases {
            let more = FaultReportTexts.texts(language).more
            #expect(more.text(1).contains("1") && more.text(7).contains("7"))
            #expect(!more.text(7).contains("%"))
        }
    }

    @Test func `the languages are not each other's`() {
        let texts = Language.allCases.map { language in
            documentTexts(language) + emailTexts(language) + reportTexts(language)
        }
        #expect(Set(texts).count == Language.allCases.count)
    }

    @Test(arguments: Language.allCases)
    func `the built-in e-mails are sound templates`(language: Language) {
        for text in emailTexts(language) {
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
