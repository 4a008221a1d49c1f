import Foundation
import FoundationXML
import Invoicing
import PDFTestSupport
import Testing

@testable import Documents

struct DeterminismTests {
    private static var forms: [FormTemplate] {
        [
            Sample.form,
            FormTemplate(
                name: "Med logo", language: .en, accentColour: "#aa3300",
                logo: try? .drawn(SamplePicture.png), introduction: "Takk for handelen.",
                footer: "Bunntekst"),
        ]
    }

    @Test func `the same invoice and form give the same bytes, whatever came between`() throws {
        let renderer = try InvoiceRenderer()
        for form in Self.forms {
            let first = try renderer.render(Sample.invoice(), form: form)
            _ = try renderer.render(
                Sample.invoice(number: "9", lines: Sample.lines(60)), form: Sample.form)
            #expect(try renderer.render(Sample.invoice(), form: form) == first)
            #expect(try InvoiceRenderer().render(Sample.invoice(), form: form) == first)
        }
    }

    @Test func `another process gives the same bytes`() async throws {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent]
        ) {
            let pdf = try InvoiceRenderer().render(Sample.invoice(), form: Self.forms[1])
            print("document \(Data(pdf).base64EncodedString()) end")
        }
        let output = String(decoding: try #require(result).standardOutputContent, as: UTF8.self)
        let here = try InvoiceRenderer().render(Sample.invoice(), form: Self.forms[1])
        #expect(output.contains("document \(Data(here).base64EncodedString()) end"))
    }

    @Test func `the document bears the day of the invoice, never of its drawing`() throws {
        var invoice = Sample.invoice()
        invoice.issueDate = Sample.day("2001-02-03")
        let pdf = try InvoiceRenderer().render(invoice, form: Sample.form)
        let source = String(decoding: pdf, as: UTF8.self)
        #expect(source.contains("/CreationDate (D:20010203000000Z)"))
        #expect(!source.contains("/ModDate"))
    }

    private static func identities(_ pdf: [UInt8]) -> [Substring] {
        let source = String(decoding: pdf, as: UTF8.self)
        guard let match = source.firstMatch(of: #/\/ID\[<([0-9A-F]{32})><([0-9A-F]{32})>\]/#) else {
            return []
        }
        return [match.output.1, match.output.2]
    }

    @Test func `a file has an identity of its own, the same wherever it is drawn`() throws {
        let one = Self.identities(try InvoiceRenderer().render(Sample.invoice(), form: Sample.form))
        #expect(one.count == 2 && one[0] == one[1])
        #expect(
            Self.identities(try InvoiceRenderer().render(Sample.invoice(), form: Sample.form))
                == one)
        var differing = [one[0]]
        var later = Sample.invoice()
        later.issueDate = Sample.day("2026-11-25")
        for invoice in [later, Sample.invoice(number: "10043"), Sample.invoice(notes: ["!"])] {
            let pdf = try InvoiceRenderer().render(invoice, form: Sample.form)
            differing.append(try #require(Self.identities(pdf).first))
        }
        let logo = try InvoiceRenderer().render(
            Sample.invoice(), form: FormTemplate(name: "f", logo: try .drawn(SamplePicture.grey)))
        differing.append(try #require(Self.identities(logo).first))
        #expect(Set(differing).count == 5)
    }

    @Test func `the metadata say what the document information says, whatever its letters`() throws
    {
        var invoice = Sample.invoice(number: "<7 & 8>")
        invoice.seller.name = "Bø & \"Sønner\" <AS> čđŋ"
        let pdf = try InvoiceRenderer().render(invoice, form: Sample.form)
        try PDFReader.check(pdf)
        let packet = try PDFReader.packet(of: pdf)
        let information = try PDFReader.information(of: pdf)
        for (element, text) in [
            ("dc:title", "Faktura <7 & 8>"), ("dc:creator", invoice.seller.name),
            ("dc:language", "nb-NO"), ("xmp:CreateDate", "2026-11-24T00:00:00Z"),
            ("xmp:CreatorTool", "Budstikke"), ("pdf:Producer", "Budstikke"),
        ] {
            let said = try #require(Self.text(of: element, in: packet), "\(element)")
            #expect(said == text)
            if !element.hasSuffix("Date"), element != "dc:language" {
                #expect(information.contains(said), "\(information)")
            }
        }
        #expect(information.contains("Nov 24"))
        #expect(!packet.contains("pdfaid") && !packet.contains("pdfuaid"), "nobody checked it")
        #expect(String(decoding: pdf, as: UTF8.self).contains("/DisplayDocTitle true"))
    }

    /// The text within an element, by an XML parser that is not ours.
    private static func text(of element: String, in packet: String) -> String? {
        let reader = XMLTexts(element)
        let parser = XMLParser(data: Data(packet.utf8))
        parser.delegate = reader
        return parser.parse() ? reader.text : nil
    }

    private final class XMLTexts: NSObject, XMLParserDelegate {
        private let element: String
        private var depth = 0
        private(set) var text: String?

        init(_ element: String) {
            self.element = element
        }

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
            qualifiedName: String?, attributes: [String: String]
        ) {
            if depth > 0 || name == element { depth += 1 }
            if depth == 1 { text = "" }
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) {
            if depth > 0 { text? += string }
        }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
            qualifiedName: String?
        ) {
            if depth > 0 { depth -= 1 }
        }
    }

    @Test(arguments: [(Language.nb, "nb-NO"), (.nn, "nn-NO"), (.en, "en")])
    func `title, author and language are in the metadata`(
        language: Language, tag: String
    ) throws {
        let pdf = try InvoiceRenderer().render(
            Sample.invoice(), form: FormTemplate(name: "f", language: language))
        #expect(String(decoding: pdf, as: UTF8.self).contains("/Lang (\(tag))"))
        let information = try PDFReader.information(of: pdf)
        #expect(information.contains(language == .en ? "Invoice 10042" : "Faktura 10042"))
        #expect(information.contains("Nordlys Regnskap AS"))
    }
}
