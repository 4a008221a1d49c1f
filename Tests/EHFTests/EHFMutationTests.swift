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

/// Any JSON, to change values in that have many types.
indirect enum JSONTree: Codable {
    case object([String: JSONTree])
    case list([JSONTree])
    case text(String)
    case number(Int64)
    case truth(Bool)

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Bool.self) {
            self = .truth(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSONTree].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: JSONTree].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .object(let members): try container.encode(members)
        case .list(let elements): try container.encode(elements)
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .truth(let truth): try container.encode(truth)
        }
    }

    /// The tree once for each value in it and each way to spoil it: another, twice, or gone.
    var mutants: [JSONTree] {
        switch self {
        case .object(let members):
            return members.sorted { $0.key < $1.key }.flatMap { key, value in
                [.object(members.filter { $0.key != key })]
                    + value.mutants.map { .object(members.merging([key: $0]) { $1 }) }
            }
        case .list(let elements):
            return [.list([]), .list(elements + elements)]
                + elements.indices.flatMap { index in
                    elements[index].mutants.map { mutant in
                        var changed = elements
                        changed[index] = mutant
                        return .list(changed)
                    }
                }
        case .text(let text):
            return ["", " ", "x", text.lowercased()].map(JSONTree.text)
        case .number(let number): return [0, -number, number + 10_000].map(JSONTree.number)
        case .truth(let truth): return [.truth(!truth)]
        }
    }
}
