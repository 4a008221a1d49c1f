import Import
import Invoicing
import TestSupport
import Testing

@testable import EHF

/// UBL in, EHF out: every value of the one is in the other, held leaf by leaf as XML, so that
/// nothing rests on what our invoice has a place for.
struct EHFKeepsTests {
    private func hold(_ bytes: [UInt8], _ file: String, as output: String? = nil) throws {
        let read = try UBLReader.read(bytes, file: file).get()
        let written = EHFDocument.bytes(of: read.invoice, embedded: read.embedded)
        let (before, after) = (try XMLLeaves(bytes), try XMLLeaves(written))
        #expect(before.missing(in: after) == [])
        #expect(after.missing(in: before) == [])
        #expect(before.lines.count > 40)
        if let output { try EHFOutput.write(written, output) }
        let again = try UBLReader.read(written, file: file).get()
        #expect(again == read)
        #expect(EHFDocument.bytes(of: again.invoice, embedded: again.embedded) == written)
    }

    @Test(
        .enabled(if: ReferenceData.has("peppol"), "no reference data: peppol"),
        arguments: ReferenceData.files("peppol", "xml"))
    func `of the published examples`(file: String) throws {
        try hold(ReferenceData.bytes("peppol/\(file)"), file, as: "reference-\(file.dropLast(4))")
    }

    @Test(arguments: [DocumentType.invoice, .creditNote])
    func `of a document that says all that there is to say`(type: DocumentType) throws {
        try hold(EHFWhole.xml(type), "whole.xml", as: "whole-\(type)")
        #expect(try UBLReader.read(EHFWhole.xml(type), file: "whole.xml").get().remarks == [])
    }

    @Test func `a value that is lost, changed or moved is found`() throws {
        let whole = String(decoding: EHFWhole.xml(.invoice), as: UTF8.self)
        for (value, other) in [
            ("<cbc:ID>D-1</cbc:ID>", ""), ("7080000000012", "7080000000005"),
            ("schemeID=\"AVE\"", ""), ("2026-10-24", "2026-10-25"), ("1349.47", "1349.5"),
            ("<cbc:ID>1</cbc:ID>", "<cbc:ID>2</cbc:ID>"),
        ] {
            let changed = whole.replacing(value, with: other)
            #expect(changed != whole)
            let missing = try XMLLeaves(Array(whole.utf8))
                .missing(in: XMLLeaves(Array(changed.utf8)))
            #expect(missing.count >= 1, "\(value)")
        }
    }
}
