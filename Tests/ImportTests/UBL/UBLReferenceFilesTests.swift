import Foundation
import Invoicing
import TestSupport
import Testing

@testable import Import

/// The published examples of Peppol BIS Billing 3.0, where the machine has them.
@Suite(.enabled(if: ReferenceData.has("peppol"), "no reference data: peppol"))
struct UBLReferenceFilesTests {
    static let files = ReferenceData.files("peppol", "xml")

    static func bytes(_ file: String) throws -> [UInt8] {
        try ReferenceData.bytes("peppol/\(file)")
    }

    @Test func `there are examples`() {
        #expect(!Self.files.isEmpty)
    }

    @Test(arguments: files)
    func `an example is read whole and adds up`(file: String) throws {
        let read = try value(UBLReader.read(try Self.bytes(file), file: file))
        let invoice = read.invoice
        let totals = invoice.totals
        #expect(read.remarks.map(\.description) == [])
        #expect(invoice.lines.map(\.netAmount).sum() == totals.lineTotal)
        #expect(
            totals.lineTotal + invoice.allowances.map(\.signedAmount).sum() == totals.taxExclusive)
        #expect(invoice.vatBreakdown.map(\.taxAmount).sum() == totals.vatTotal)
        #expect(invoice.vatBreakdown.map(\.taxableAmount).sum() == totals.taxExclusive)
        #expect(totals.taxInclusive - totals.prepaid + totals.rounding == totals.payable)
        #expect(totals.payable > .zero)
        #expect(!invoice.seller.name.isEmpty && !invoice.buyer.name.isEmpty)
        #expect(invoice.lines.allSatisfy { !$0.unit.isEmpty && !$0.vat.code.isEmpty })
        #expect(read.customizationID?.hasPrefix("urn:cen.eu:en16931:2017") == true)
    }

    /// Each text and attribute that carries meaning is found again in the values, as often as it
    /// stands in the file.
    @Test(arguments: files)
    func `every value of an example is kept`(file: String) throws {
        let bytes = try Self.bytes(file)
        var kept: [String: Int] = [:]
        Self.collect(from: try value(UBLReader.read(bytes, file: file)), into: &kept)
        for leaf in Self.leaves(of: try XMLReader.read(bytes)) where !Self.isImplied(leaf) {
            for text in [trimmed(leaf.text)] + Self.meaningfulAttributes(of: leaf) {
                let count = kept[Self.normalised(text), default: 0]
                #expect(count > 0, "\(leaf.name) of line \(leaf.line): \(text)")
                kept[Self.normalised(text)] = count - 1
            }
        }
    }

    private static func collect(from value: Any, into kept: inout [String: Int]) {
        switch value {
        case let text as String: kept[normalised(text), default: 0] += 1
        case let amount as Money: kept[normalised(amount.description), default: 0] += 1
        case let number as FixedDecimal: kept[number.description, default: 0] += 1
        case let date as CivilDate: kept[date.description, default: 0] += 1
        default:
            for child in Mirror(reflecting: value).children {
                collect(from: child.value, into: &kept)
            }
        }
    }

    private static func normalised(_ text: String) -> String {
        FixedDecimal(text)?.description ?? text
    }

    private static func leaves(of node: XMLNode) -> [XMLNode] {
        node.children.isEmpty ? [node] : node.children.flatMap(leaves)
    }

    private static func meaningfulAttributes(of leaf: XMLNode) -> [String] {
        let isTaxCategory = leaf.place.parent?.name.hasSuffix("TaxCategory") == true
        let names = ["schemeID", "listID", "unitCode", "name", "mimeCode", "filename"]
        guard leaf.name != "BaseQuantity", !isTaxCategory else { return [] }
        return names.compactMap { leaf.attributes[$0] }
    }

    /// What is told by where a value is kept, and by the type of the document.
    private static func isImplied(_ leaf: XMLNode) -> Bool {
        switch leaf.name {
        case "InvoiceTypeCode", "CreditNoteTypeCode", "ChargeIndicator", "DocumentTypeCode",
            "EmbeddedDocumentBinaryObject":
            true
        default: leaf.place.parent?.name == "TaxScheme"
        }
    }

    @Test(.enabled(if: ReferenceData.has("peppol/Norwegian-example-1.xml")))
    func `the Norwegian example keeps what Norwegian law asks for`() throws {
        let file = "Norwegian-example-1.xml"
        let read = try value(UBLReader.read(try Self.bytes(file), file: file))
        #expect(read.invoice.seller.taxRegistration == "Foretaksregisteret")
        #expect(read.invoice.seller.organisationNumber?.scheme == "0192")
        #expect(read.invoice.payment.reference?.isEmpty == false)
        #expect(
            read.embedded.map { String(decoding: $0.content, as: UTF8.self) }
                == ["Test base 64 encoding"])
        #expect(read.embedded.map(\.fileName) == ["Hours-spent.csv"])
        #expect(read.recipientEmail?.contains("@") == true)
    }
}
