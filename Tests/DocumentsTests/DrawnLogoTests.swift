import Foundation
import Invoicing
import PDFTestSupport
import TestSupport
import Testing

@testable import Documents

/// A logo on a document.
struct DrawnLogoTests {
    private func render(_ logo: [UInt8], keep name: String = #function) throws -> String {
        let pdf = try InvoiceRenderer().render(
            Sample.invoice(lines: Sample.lines(60)),
            form: FormTemplate(name: "f", logo: try .drawn(logo)))
        try PDFReader.keep(pdf, as: name)
        return String(decoding: pdf, as: UTF8.self)
    }

    @Test(arguments: [SamplePicture.png, SamplePicture.jpeg])
    func `a logo is drawn once`(logo: [UInt8]) throws {
        let source = try render(logo)
        #expect(source.ranges(of: "/Subtype/Image").count == 1)
        #expect(!source.contains("/SMask"), "a transparent logo is laid on white")
    }

    @Test func `an SVG is drawn once, in its own proportions`() throws {
        let picture = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10">
            <rect width="30" height="10" fill="#1f3a5f"/><circle cx="5" cy="5" r="4"/></svg>
            """
        let source = try render(Array(picture.utf8))
        #expect(source.ranges(of: "/Subtype/Image/Width 1276/Height 425").count == 1)
    }
}

/// What a picture is refused for as a logo, over and above what no picture may be.
struct LogoValidationTests {
    private static func svg(_ inner: String, _ root: String = "viewBox='0 0 30 10'") -> [UInt8] {
        Array("<svg xmlns='http://www.w3.org/2000/svg' \(root)>\(inner)</svg>".utf8)
    }

    private static let faulty: [(Brief<[UInt8]>, LogoFault)] = [
        (Brief([], "nothing"), .notAPicture),
        (Brief([UInt8](repeating: 0, count: 4 << 20), "4 MiB of zeros"), .notAPicture),
        (Brief([UInt8](repeating: 0, count: 4 << 20 + 1), "a byte more"), .tooLarge),
        (Brief(Array(SamplePicture.png.prefix(60)), "the beginning of a PNG"), .damaged),
        (Brief(svg("<text/>"), "letters"), .letters),
        (Brief(svg("<g filter='blur(9px)'/>"), "a filter"), .filters),
        (Brief(svg("<script/>"), "a script"), .activeContent),
        (Brief(svg("<image href='a.png'/>"), "another file"), .outsideReferences),
        (Brief(svg("", "width='0'"), "no width"), .withoutSize),
        (Brief(svg(String(repeating: "<g>", count: 100)), "100 levels"), .tooComplex),
    ]

    @Test(arguments: faulty)
    func `the fault of a picture is the logo's`(file: Brief<[UInt8]>, expected: LogoFault) {
        #expect(throws: expected) { try DrawnLogo(of: file.value) }
    }

    @Test(arguments: ["0 0 1000 2", "0 0 2 1000"])
    func `what no letterhead has room for is refused`(box: String) {
        #expect(throws: LogoFault.withoutSize) {
            try DrawnLogo(of: Self.svg("<path d=''/>", "viewBox='\(box)'"))
        }
    }

    @Test(.enabled(if: ReferenceData.has("cases/bytes"), "no reference data"))
    func `the cases are refused`() throws {
        let folder = try #require(ReferenceData.url("cases/bytes"))
        for (name, expected) in [
            ("png-overflow.png", LogoFault.tooManyPixels), ("turbulence.svg", .filters),
        ] {
            let file = try Data(contentsOf: folder.appending(path: name))
            #expect(throws: expected) { try DrawnLogo(of: Array(file)) }
        }
    }
}

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
