import Foundation
import TestSupport
import Testing

@testable import Documents
@testable import Import
@testable import Invoicing

/// What the published examples say, held leaf by leaf against what is written of them again.
///
/// The files are compared as XML, so that nothing rests on what our invoice has a place for.
@Suite(.enabled(if: ReferenceData.has("peppol"), "no reference data: peppol"))
struct EHFKeepsTests {
    @Test(arguments: EHFReferenceFilesTests.files)
    func `every value of an example is in what is written of it`(file: String) throws {
        let url = try #require(ReferenceData.url("peppol/\(file)"))
        let bytes = [UInt8](try Data(contentsOf: url))
        let read = try EHFReferenceFilesTests.read(file)
        let written = EHFDocument.bytes(of: read.invoice, embedded: read.embedded)
        let (before, after) = (try XMLLeaves(bytes), try XMLLeaves(written))
        #expect(before.lines.count > 50)
        #expect(before.missing(in: after) == [])
        #expect(after.missing(in: before) == [])
    }
}
