import Foundation
import Invoicing

@testable import Documents

/// The sums of an invoice as somebody reads them, who sees only what was sent.
struct ReadTotals: Equatable {
    var net: Money?
    var vat: Money?
    var payable: Money?

    init(_ totals: InvoiceTotals) {
        (net, vat, payable) = (totals.taxExclusive, totals.vatTotal, totals.payable)
    }

    /// Of an e-mail or a document, by what is said right after each label.
    init(_ type: DocumentType, _ language: Language, valueAfter: (String) -> String?) {
        let texts = DocumentTexts.texts(language)
        net = valueAfter(texts.taxExclusive).flatMap { Self.money($0, language) }
        vat = valueAfter(texts.vatTotal).flatMap { Self.money($0, language) }
        if let text = valueAfter(texts.payable) {
            payable = Self.money(text, language)
        } else if let text = valueAfter(texts.credited) {
            // What an invoice owes the customer is what it asks for, the other way round.
            payable = Self.money(text, language).map { type == .invoice ? -$0 : $0 }
        }
    }

    /// Of the lines of a PDF, where a sum and its label end a line, two spaces or more apart.
    static func pdf(_ layout: String, _ type: DocumentType, _ language: Language) -> ReadTotals {
        var values: [String: String] = [:]
        for line in layout.utf8.split(whereSeparator: { [0x0A, 0x0C].contains($0) }) {
            let parts = fields(line)
            guard let value = parts.last, parts.count > 1, money(value, language) != nil else {
                continue
            }
            values[parts[parts.count - 2]] = value
        }
        return ReadTotals(type, language) { values[$0] }
    }

    private static func fields(_ line: Substring.UTF8View) -> [String] {
        var fields: [[UInt8]] = [[]]
        var spaces = 0
        for byte in line {
            if byte == 0x20 {
                spaces += 1
                continue
            }
            if spaces > 1 { fields.append([]) }
            if spaces == 1 { fields[fields.count - 1].append(0x20) }
            spaces = 0
            fields[fields.count - 1].append(byte)
        }
        return fields.map { String(decoding: $0, as: UTF8.self) }.filter { !$0.isEmpty }
    }

    static func text(_ text: String, _ type: DocumentType, _ language: Language) -> ReadTotals {
        let lines = text.split(separator: "\n")
        return ReadTotals(type, language) { label in
            lines.first { $0.hasPrefix("\(label):") }
                .map { $0.dropFirst(label.count + 1).trimmingCharacters(in: [" "]) }
        }
    }

    /// By the cells of its tables, as text.
    static func html(_ html: String, _ type: DocumentType, _ language: Language) -> ReadTotals {
        let cells = html.split(separator: "<td").dropFirst().map { cell in
            cell.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" }
                .trimmingCharacters(in: [" ", "\n"])
        }
        return ReadTotals(type, language) { label in
            cells.firstIndex(of: label).flatMap { index in
                index + 1 < cells.count ? cells[index + 1] : nil
            }
        }
    }

    /// `NOK 1 234,50`, `1,234.50`, `−5,00`; nil for anything else.
    private static func money(_ text: String, _ language: Language) -> Money? {
        // Poppler has plain spaces where the document has no-break ones.
        let text = text.replacing("\u{A0}", with: " ")
        var rest = text[...]
        if rest.prefix(3).allSatisfy({ $0.isASCII && $0.isUppercase }),
            rest.dropFirst(3).first == " "
        {
            rest = rest.dropFirst(4)
        }
        let (group, point): (Character, Character) = language == .en ? (",", ".") : (" ", ",")
        let isNegative = rest.first == "\u{2212}"
        if isNegative { rest = rest.dropFirst() }
        let parts = rest.split(separator: point, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count == 2,
            let hundredths = Int64(parts[0].filter { $0 != group } + parts[1])
        else { return nil }
        return Money(hundredths: isNegative ? -hundredths : hundredths)
    }
}
