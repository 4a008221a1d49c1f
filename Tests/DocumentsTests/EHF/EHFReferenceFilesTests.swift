import Foundation
import Import
import Invoicing
import TestSupport
import Testing

@testable import EHF

/// The published examples of Peppol BIS Billing 3.0, read and written again.
@Suite(.enabled(if: ReferenceData.has("peppol"), "no reference data: peppol"))
struct EHFReferenceFilesTests {
    static let files: [String] = {
        guard let folder = ReferenceData.url("peppol") else { return [] }
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path())
        return (names ?? []).filter { $0.hasSuffix(".xml") }.sorted()
    }()

    static func read(_ file: String) throws -> ImportedInvoice {
        let url = try #require(ReferenceData.url("peppol/\(file)"))
        return try UBLReader.read([UInt8](try Data(contentsOf: url)), file: file).get()
    }

    @Test(arguments: files)
    func `what is read of an example is written again`(file: String) throws {
        let read = try Self.read(file)
        let written = EHFDocument.bytes(of: read.invoice, embedded: read.embedded)
        let again = try UBLReader.read(written, file: file).get()
        #expect(again == read)
        #expect(EHFDocument.bytes(of: again.invoice, embedded: again.embedded) == written)
        try EHFOutput.write(written, "reference-\(file.dropLast(4))")
    }
}
