import Foundation
import TestSupport
import Testing

@testable import Documents
@testable import Invoicing

/// What people read of faults is wholly in their own language, and says what to do.
struct FaultWordsTests {
    private static func expectOwnLanguage(
        _ text: String, _ language: Language, _ what: String = #function
    ) {
        let foreign = ForeignWords.of(text, language)
        #expect(foreign.isEmpty, "\(language), \(what): \(foreign) in “\(text)”")
    }

    @Test(arguments: FaultCode.allCases, Language.allCases)
    func `each fault is explained in its reader's language, and says what to do`(
        code: FaultCode, language: Language
    ) {
        let explanation = Explanation(of: .fault(code), language)
        Self.expectOwnLanguage(explanation.summary, language, "\(code)")
        Self.expectOwnLanguage(explanation.nextStep, language, "\(code)")
        let deeds: [Language: Set<String>] = [
            .nb: [
                "velg", "legg", "legger", "rett", "bytt", "gjør", "åpne", "lagre", "fyll", "øk",
                "skriver", "sett", "prøver",
            ],
            .nn: [
                "vel", "legg", "rett", "byt", "gjer", "opne", "lagre", "fyll", "auk", "skriv",
                "set", "prøver",
            ],
            .en: [
                "choose", "add", "enter", "mend", "change", "make", "open", "save", "fill", "raise",
                "write", "correct", "set", "try",
            ],
        ]
        let said = ForeignWords.words(explanation.nextStep)
        #expect(
            !said.isDisjoint(with: deeds[language] ?? []), "\(language): \(explanation.nextStep)")
    }

    @Test(arguments: [
        (FaultCode.lineVariableUnknown, "på avtalen", "blankett"),
        (.templateVariableUnknown, "i blanketten", "avtalen"),
        (.kidUnusable, "KID-oppsettet", "adresse"),
        (.sendPlanMissing, "utsendelsesplan på avtalen", "kunden"),
        (.noUsableChannel, "organisasjonsnummeret", "e-post"),
        (.postalAddressMissing, "poststed på kunden", "e-post"),
        (.rowUnreadable, "kundestøtte", "e-post"),
    ])
    func `the advice is about what is wrong, and leads nowhere else`(
        code: FaultCode, said: String, unsaid: String
    ) {
        let explanation = Explanation(of: .fault(code), .nb)
        #expect(explanation.nextStep.contains(said))
        #expect(!(explanation.summary + explanation.nextStep).contains(unsaid))
    }

    /// One of each kind that the core finds; what it is made of is the set-up's own.
    private static let found: [Fault] =
        [
            KIDTexts.badLength(customerDigits: 30, invoiceDigits: 6),
            KIDTexts.customerNumber("A1", digits: 4), KIDTexts.invoiceNumber(10_000, digits: 4),
            AgreementTexts.noLines("A1"), AgreementTexts.tooManyLines("A1", count: 2_000, max: 10),
            AgreementTexts.noDescription(line: 2), AgreementTexts.discount(101, line: 2),
            AgreementTexts.amountTooLarge(line: 2),
            AgreementTexts.vatRate("9", on: Sample.day("2026-11-01")),
            AgreementTexts.unknownVariable("mnd", line: 2),
            AgreementTexts.unknownVariable("mnd", line: nil),
            AgreementTexts.indexValue(
                MissingIndexValues(
                    index: "KPI", months: [IndexMonth(of: Sample.day("2026-10-01"))]),
                on: Sample.day("2026-11-01")),
            AgreementTexts.exchangeRate(
                CurrencyCode(rawValue: "EUR"), on: Sample.day("2026-11-01")),
            AgreementTexts.undecided(
                "A1", backlog: 40, since: Sample.day("2023-01-01"),
                today: Sample.day("2026-11-01")),
        ] + legal + documents + dispatches

    private static let legal: [Fault] = LegalContent.faults(
        in: Sample.invoice().with {
            $0.number = ""
            $0.seller = Party(name: "", legalForm: "AS")
            $0.buyer = Party(name: "")
            $0.payment.accounts = [PaymentAccount(number: "1")]
            $0.currency = CurrencyCode(rawValue: "EUR")
            ($0.period, $0.dueDate, $0.delivery) = (nil, nil, nil)
            $0.lines[0].name = ""
        })

    private static let documents: [Fault] =
        [
            DocumentError.lettersMissing(["þ"]), .textTooLong(characters: 9, charactersMax: 8),
            .doesNotFit(.header), .doesNotFit(.table), .doesNotFit(.payment), .doesNotFit(.footer),
            .tooManyPages(pagesMax: 9), .drawingFailed(reason: "out of memory"),
            .unvalidated(reason: "the number is not in it"),
        ].map(\.fault) + LogoFault.allCases.map(LogoTexts.fault)

    private static let dispatches: [Fault] = Prechecks.check(
        DispatchCandidate(
            documentType: .creditNote, formName: nil,
            sendPlan: SendPlan(key: "p", steps: [SendPlanStep(channel: .email)]),
            recipient: "kari@", size: MessageSize(encodedBytes: 30_000_000, bytesMax: 20_000_000)))

    @Test func `what a fault is about is said in its reader's language`() {
        #expect(!Self.legal.isEmpty && !Self.dispatches.isEmpty)
        for fault in Self.found {
            for language in Language.allCases {
                Self.expectOwnLanguage(fault.words[language], language, "\(fault.code)")
            }
        }
    }

    @Test func `what a form's text lacks is said in its reader's language`() {
        let text = "{{nummer}} {{#kid}} {{/number}} {{> x}} {{"
        for language in Language.allCases {
            for problem in EmailTemplate.problems(in: text) {
                Self.expectOwnLanguage(EmailTemplateTexts.text(problem, language), language)
            }
        }
    }

    @Test func `the whole e-mail is in its reader's language`() {
        for language in Language.allCases {
            let items = Self.found.enumerated().map { number, fault in
                FaultReportItem(
                    .agreement(number: "A\(number)"), customer: "Kunde", faults: [fault])
            }
            let mended = FaultReportItem.Sequel.allCases.map { sequel in
                FaultReportItem(
                    .document(.invoice, number: "7"), customer: "Kunde", sequel: sequel)
            }
            let email = FaultReportEmail.compose(
                items: items, resolved: mended, tenant: "Fjordlys", language: language)
            Self.expectOwnLanguage(email.subject, language)
            Self.expectOwnLanguage(email.text, language)
        }
    }
}
