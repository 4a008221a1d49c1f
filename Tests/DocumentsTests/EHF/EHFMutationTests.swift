import Foundation
import Import
import Testing

@testable import EHF
@testable import Invoicing

/// Each value of an invoice spoilt by itself: what our rules let through, theirs must let through.
///
/// The table of cases (`EHFCase`) shows that our rules find what they are there for; this shows
/// that none is missing, once `scripts/check-ehf` has seen what is written here.
struct EHFMutationTests {
    @Test(arguments: [DocumentType.invoice, .creditNote])
    func `an invoice with one value spoilt is refused or sound`(type: DocumentType) throws {
        let read = try UBLReader.read(EHFWhole.xml(type), file: "whole.xml").get()
        let tree = try JSONDecoder().decode(
            JSONTree.self, from: JSONEncoder().encode(read.invoice))
        var refused = 0
        var written: Set<[UInt8]> = []
        for (number, mutant) in tree.mutants.enumerated() {
            let json = try JSONEncoder().encode(mutant)
            // What is no invoice, as without a date, can't be made.
            guard let invoice = try? JSONDecoder().decode(Invoice.self, from: json) else {
                continue
            }
            guard EHFRules.violations(in: invoice).isEmpty else {
                refused += 1
                continue
            }
            let bytes = EHFDocument.bytes(of: invoice, embedded: read.embedded)
            guard written.insert(bytes).inserted else { continue }
            try EHFOutput.write(bytes, "mutant-\(type)-\(number)")
        }
        #expect(refused > 100)
        #expect(written.count > 100)
    }
}
