import FoundationEssentials
package import Invoicing

/// Writes invoices and credit notes as EHF: Peppol BIS Billing 3.0 in UBL 2.1.
///
/// The same invoice results in the same bytes. Elements are in the order of the UBL 2.1 schema;
/// what EN 16931 has no term for, such as a buyer's legal form, is omitted. Whether the recipient's
/// validator accepts the document is checked beforehand by `EHFRules`.
package enum EHFDocument {
    /// BT-24, the specification that the document follows.
    package static let customization =
        "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
    /// BT-23, the Peppol business process.
    package static let profile = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"

    /// The document in UTF-8, completed as by `completedForEHF`.
    ///
    /// The files are the contents of those supporting documents that have a file name, in their
    /// order; a document without its file is referenced by id and description only.
    package static func bytes(of invoice: Invoice, embedded files: [Attachment] = []) -> [UInt8] {
        let invoice = invoice.completedForEHF
        let name = invoice.type == .invoice ? "Invoice" : "CreditNote"
        return EHFElement.document(
            name, namespaces: namespaces(name),
            head(invoice) + EHFReferences(invoice, files: files).elements
                + EHFParties.elements(of: invoice) + EHFPayment.elements(of: invoice)
                + EHFSums.elements(of: invoice) + EHFLines.elements(of: invoice))
    }

    private static let schema = "urn:oasis:names:specification:ubl:schema:xsd:"

    private static func namespaces(_ name: String) -> [(name: String, value: String)] {
        [
            ("xmlns", schema + name + "-2"),
            ("xmlns:cac", schema + "CommonAggregateComponents-2"),
            ("xmlns:cbc", schema + "CommonBasicComponents-2"),
        ]
    }

    private static func head(_ invoice: Invoice) -> [EHFElement?] {
        let shared: [EHFElement?] = [
            .value("CustomizationID", customization), .value("ProfileID", profile),
            .value("ID", invoice.number), .value("IssueDate", invoice.issueDate.description),
        ]
        let taxPoint = EHFElement.value("TaxPointDate", invoice.taxPointDate?.description)
        let notes = invoice.notes.map { EHFElement.value("Note", $0) }
        let typed: [EHFElement?] =
            switch invoice.type {
            case .invoice:
                [
                    .value("DueDate", invoice.dueDate?.description),
                    .value("InvoiceTypeCode", invoice.typeCode ?? "380"),
                ] + notes + [taxPoint]
            case .creditNote:
                [taxPoint, .value("CreditNoteTypeCode", invoice.typeCode ?? "381")] + notes
            }
        let tail: [EHFElement?] = [
            .value("DocumentCurrencyCode", invoice.currency.rawValue),
            .value("TaxCurrencyCode", invoice.taxCurrency?.rawValue),
            .value("AccountingCost", invoice.references.accountingCost),
            .value("BuyerReference", invoice.references.buyerReference),
            period(invoice.period, invoice.openPeriod, code: invoice.taxPointCode),
        ]
        return shared + typed + tail
    }

    /// BG-14 or BG-26.
    static func period(_ closed: DatePeriod?, _ open: OpenPeriod?, code: String? = nil)
        -> EHFElement?
    {
        var (start, end) = (closed?.start, closed?.end)
        switch open {
        case .from(let day)?: start = start ?? day
        case .until(let day)?: end = end ?? day
        case nil: break
        }
        return .group(
            "InvoicePeriod",
            [
                .value("StartDate", start?.description), .value("EndDate", end?.description),
                .value("DescriptionCode", code),
            ])
    }
}

/// An XML element to be written; one without content can't be created.
///
/// Peppol forbids empty elements (PEPPOL-EN16931-R008), so a blank value and an empty group are
/// nil, and code that assembles elements need not check.
struct EHFElement {
    private let name: String
    private let attributes: [(name: String, value: String)]
    private let content: Content

    private enum Content {
        case text(String)
        case elements([EHFElement])
    }

    /// A basic component, without blank attributes; nil where the text is nil or blank.
    static func value(
        _ name: String, _ text: String?, _ attributes: (name: String, value: String?)...
    ) -> EHFElement? {
        guard let text, !text.allSatisfy(\.isWhitespace) else { return nil }
        let stated = attributes.compactMap { attribute in
            attribute.value.flatMap { value in
                value.allSatisfy(\.isWhitespace) ? nil : (name: attribute.name, value: value)
            }
        }
        return EHFElement(name: "cbc:" + name, attributes: stated, content: .text(text))
    }

    /// An aggregate component; nil where none of its elements has content.
    static func group(_ name: String, _ elements: [EHFElement?]) -> EHFElement? {
        let elements = elements.compactMap(\.self)
        guard !elements.isEmpty else { return nil }
        return EHFElement(name: "cac:" + name, attributes: [], content: .elements(elements))
    }

    /// The complete document with its XML declaration.
    static func document(
        _ name: String, namespaces: [(name: String, value: String)], _ elements: [EHFElement?]
    ) -> [UInt8] {
        let root = EHFElement(
            name: name, attributes: namespaces, content: .elements(elements.compactMap(\.self)))
        var bytes = Array(#"<?xml version="1.0" encoding="UTF-8"?>"#.utf8)
        root.write(to: &bytes, depth: 0)
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    private func write(to bytes: inout [UInt8], depth: Int) {
        Self.startLine(&bytes, depth)
        bytes += "<\(name)".utf8
        for attribute in attributes {
            bytes += " \(attribute.name)=\"".utf8
            Self.escape(attribute.value, to: &bytes, isAttribute: true)
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(UInt8(ascii: ">"))
        switch content {
        case .text(let text): Self.escape(text, to: &bytes, isAttribute: false)
        case .elements(let elements):
            for element in elements { element.write(to: &bytes, depth: depth + 1) }
            Self.startLine(&bytes, depth)
        }
        bytes += "</\(name)>".utf8
    }

    private static func startLine(_ bytes: inout [UInt8], _ depth: Int) {
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
    }

    /// Drops what XML 1.0 can't represent: most control characters, U+FFFE and U+FFFF.
    ///
    /// A line break in an attribute, and a carriage return anywhere, are written as references,
    /// since a parser would normalise them.
    private static func escape(_ text: String, to bytes: inout [UInt8], isAttribute: Bool) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": bytes += "&amp;".utf8
            case "<": bytes += "&lt;".utf8
            case ">": bytes += "&gt;".utf8
            case "\"" where isAttribute: bytes += "&quot;".utf8
            case "\t" where isAttribute, "\n" where isAttribute, "\r":
                bytes += "&#\(scalar.value);".utf8
            case "\t", "\n": bytes.append(UInt8(scalar.value))
            case "\u{0}"..<" ", "\u{fffe}", "\u{ffff}": continue
            default: bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            }
        }
    }
}
