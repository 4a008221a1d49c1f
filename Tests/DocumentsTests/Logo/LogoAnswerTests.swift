import Invoicing
import PDFTestSupport
import Testing

@testable import Documents

/// What is believed of the answer of a process that may have been turned.
struct LogoAnswerTests {
    @Test(arguments: [SamplePicture.png, SamplePicture.jpeg, SamplePicture.printRedByAdobe])
    func `an answer is read back as it was written`(file: [UInt8]) throws {
        let answer = LogoAnswer.drawn(try DrawnLogo(of: file))
        #expect(LogoAnswer(answer.bytes) == answer)
    }

    @Test(arguments: LogoFault.allCases)
    func `a refusal is read back, from an answer and from a fault's detail`(fault: LogoFault) {
        #expect(LogoAnswer(LogoAnswer.refused(fault).bytes) == .refused(fault))
        #expect(LogoFault(detail: fault.detail) == fault)
    }

    @Test(arguments: [
        "", "drawn", "\n", "refused\n", "refused nothing\n", "refused damaged\nmore",
        "drawn rows 1 1 1.0\n", "drawn rows 1 1 1.0\nabcd", "drawn rows 2 1 1.0\nabc",
        "drawn rows 4294967296 4294967296 1.0\n", "drawn rows 9223372036854775807 3 1.0\n",
        "drawn rows -1 -1 1.0\nabc", "drawn rows 0 0 1.0\n", "drawn rows 1 1 nan\nabc",
        "drawn rows 1 1 inf\nabc", "drawn rows 1 1 0\nabc", "drawn rows 1 1 1e300\nabc",
        "drawn jpeg_rgb 1 1 1.0\nabc", "drawn gif 1 1 1.0\nabc", "drawn rows 1 1\nabc",
    ])
    func `what is no sound answer is none`(text: String) {
        #expect(LogoAnswer(Array(text.utf8)) == nil)
    }

    @Test func `each fault of a logo has words of its own in each language`() {
        for language in Language.allCases {
            let texts = LogoFault.allCases.map { LogoTexts.cause(of: $0, language) }
            #expect(Set(texts).count == texts.count)
            #expect(texts.allSatisfy { $0.hasSuffix(".") && $0.count > 10 })
        }
    }

    @Test func `a user reads it in a language that is the user's`() {
        let item = FaultReportItem(
            .document(.invoice, number: "7"), customer: "Kunde AS",
            faults: [LogoTexts.fault(.filters)])
        let mail = FaultReportEmail.compose(items: [item], tenant: "Fjordlys AS", language: .nb)
        #expect(mail.text.contains("en logo som ikke kan brukes."))
        #expect(mail.text.contains("SVG-filtre"))
        #expect(mail.text.contains("PNG eller JPEG"))
        #expect(!mail.text.contains("filters"))
    }
}
