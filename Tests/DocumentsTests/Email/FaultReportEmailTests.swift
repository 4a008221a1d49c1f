import Foundation
import Invoicing
import Testing

@testable import Documents

struct FaultReportEmailTests {
    private let form = Fault(.formTemplateMissing)
    private let november = DatePeriod(
        start: Sample.day("2026-11-01"), end: Sample.day("2026-11-30"))

    private func item(_ number: String, _ faults: Fault...) -> FaultReportItem {
        FaultReportItem(
            .document(.invoice, number: number), customer: "Ærfuglen Kafé AS",
            period: november, faults: faults)
    }

    @Test func `what shares a fault stands together, with the way to mend it`() throws {
        let email = FaultReportEmail.compose(
            items: [
                item("10042", form), item("10043", form, Fault(.recipientMissing)),
                FaultReportItem(
                    .agreement(number: "A-7"), customer: "Havbris AS", faults: [form]),
            ], tenant: "Nordlys Regnskap AS", userName: "Åse", language: .nb)
        #expect(email.subject == "3 utsendelser ble stoppet – Nordlys Regnskap AS")
        #expect(email.text.hasPrefix("Hei Åse,\n\nDette ble ikke sendt."))
        let sections = email.text.components(separatedBy: "Slik retter du det:")
        try #require(sections.count == 3)
        #expect(sections[1].contains("Velg en blankett i blankettoppsettet."))
        for line in [
            "Faktura 10042  ·  Ærfuglen Kafé AS  ·  01.11.2026–30.11.2026",
            "Faktura 10043", "Avtale A-7  ·  Havbris AS",
        ] { #expect(sections[1].contains(line)) }
        #expect(sections[2].contains("Legg inn e-postadressen på kunden."))
        #expect(!sections[2].contains("10042"))
        if let folder = ProcessInfo.processInfo.environment["BUDSTIKKE_KEEP_DOCUMENTS"] {
            try Data(email.html.utf8).write(to: URL(filePath: "\(folder)/faults.html"))
            try Data(email.text.utf8).write(to: URL(filePath: "\(folder)/faults.txt"))
        }
    }

    @Test(arguments: Language.allCases, FaultReportItem.Sequel.allCases)
    func `what has been mended is told with what became of it`(
        language: Language, sequel: FaultReportItem.Sequel
    ) {
        var mended = item("10042")
        mended.sequel = sequel
        let email = FaultReportEmail.compose(
            items: [], resolved: [mended], tenant: "Nordlys", language: language)
        let texts = FaultReportTexts.texts(language)
        #expect(email.subject.hasPrefix(texts.resolvedSubject.one))
        let said: [FaultReportItem.Sequel: FaultReportTexts.Resolved] = [
            .toSend: texts.resolvedToSend, .made: texts.resolvedAndMade,
            .passedOver: texts.passedOver,
        ]
        for body in [email.text, email.html] {
            for (other, words) in said {
                #expect(body.contains(words.introduction) == (other == sequel))
                #expect(body.contains(words.heading) == (other == sequel))
            }
            #expect(body.contains("10042"))
            #expect(!body.contains(texts.stoppedIntroduction))
        }
    }

    @Test(arguments: Language.allCases)
    func `what is an invoice is sent by hand, and what is none yet is made by itself`(
        language: Language
    ) {
        let texts = FaultReportTexts.texts(language)
        let agreement = FaultReportItem(
            .agreement(number: "A-7"), customer: "Havbris AS", faults: [form])
        for (items, isMade, isSent) in [
            ([agreement], true, false), ([item("10042", form)], false, true),
            ([agreement, item("10042", form)], true, true),
        ] {
            let text = FaultReportEmail.compose(
                items: items, tenant: "N", language: language
            ).text
            #expect(text.contains(texts.thenMade) == isMade)
            #expect(text.contains(texts.thenSendAgain) == isSent)
        }
    }

    @Test(arguments: Language.allCases)
    func `a forecast says what will be stopped, and when`(language: Language) {
        let due = FaultReportItem(
            .agreement(number: "A-7"), customer: "Havbris AS", date: Sample.day("2026-12-01"),
            faults: [Fault(.attachmentTooLarge, "timeliste.pdf")])
        let email = FaultReportEmail.compose(
            items: [due], occasion: .forecast, tenant: "Nordlys", language: language)
        let texts = FaultReportTexts.texts(language)
        #expect(email.subject.hasPrefix(texts.forecastSubject.one))
        #expect(email.text.contains(texts.forecastIntroduction))
        #expect(email.text.contains(Formats(language: language).date(Sample.day("2026-12-01"))))
        #expect(email.text.contains("timeliste.pdf"))
    }

    @Test(arguments: FaultCode.allCases)
    func `every fault can be reported in every language`(code: FaultCode) {
        for language in Language.allCases {
            let email = FaultReportEmail.compose(
                items: [item("10042", Fault(code, "detalj"))], tenant: "N", language: language)
            let explanation = Explanation(of: .fault(code), language)
            #expect(email.html.contains(HTML(text: explanation.nextStep).source))
            #expect(email.text.contains("detalj"))
        }
    }

    @Test func `nothing that a user typed becomes markup or a header`() {
        var hostile = item("1\r\nBcc: x", Fault(.documentFailed, "<img src=x>"))
        hostile.customer = "<script>\u{0}"
        let email = FaultReportEmail.compose(
            items: [hostile], tenant: "Firma\r\nX: 1 <b>", userName: "<i>", language: .nb)
        #expect(email.subject == "1 utsendelse ble stoppet – Firma X: 1 <b>")
        for markup in ["<script", "<img", "<b>", "<i>"] { #expect(!email.html.contains(markup)) }
    }

    @Test func `a list without end is cut, and the rest counted`() {
        let items = (1...2_500).map { item("N\($0)", form) }
        let email = FaultReportEmail.compose(items: items, tenant: "N", language: .nb)
        #expect(email.subject.hasPrefix("2500 utsendelser"))
        #expect(email.text.contains("og 2400 til"))
        #expect(email.html.utf8.count < 40_000)
    }
}
