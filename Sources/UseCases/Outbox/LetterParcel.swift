import Documents
import Foundation
import Invoicing
import Runtime
import Store

/// Letters that are handed over together: a folder of PDF files, and a list of whom they go to.
///
/// The columns of the list, `addresses.csv`, are documented in docs/letters.md.
struct LetterParcel {
    static let prefix = "letters_"
    static let headings = [
        "file", "number", "name", "address_1", "address_2", "address_3", "postal_code", "city",
        "country", "pages", "enclosures",
    ]

    let name = prefix + UUID().uuidString.lowercased()
    private var rows: [[String]] = []

    /// The files of a letter by their names, and its line of the list.
    mutating func add(
        _ letter: Outbox.Waiting, files: [[UInt8]]
    ) -> [(name: String, content: [UInt8])] {
        let stem = "\(letter.tenantID)_\(letter.dispatchID.uuidString.lowercased())"
        let named = files.enumerated().map { index, content in
            (name: index == 0 ? "\(stem).pdf" : "\(stem)_\(index + 1).pdf", content: content)
        }
        let pages = files.first.flatMap(PDFValidation.pages)
        rows.append(
            [named.first?.name ?? "", letter.invoiceNumber] + Self.cells(of: letter)
                + [
                    pages.map(String.init) ?? "",
                    named.dropFirst().map(\.name).joined(separator: " "),
                ])
        return named
    }

    private static func cells(of letter: Outbox.Waiting) -> [String] {
        guard let address = letter.letter else {
            return [letter.receiver] + [String](repeating: "", count: 6)
        }
        let lines = address.lines + [String](repeating: "", count: 3)
        return [address.name] + lines.prefix(3)
            + [address.postalCode ?? "", address.city, address.country]
    }

    /// What a spreadsheet would run is disarmed (`Table.csv`).
    var list: [UInt8] {
        Array((Table(headings: Self.headings, rows: rows).csv + "\n").utf8)
    }

    /// The dispatch that a file of a parcel belongs to; nil for an enclosure and for the list.
    static func dispatchID(_ file: String) -> UUID? {
        let parts = file.split(separator: "_")
        guard parts.count == 2, file.hasSuffix(".pdf") else { return nil }
        return UUID(uuidString: String(parts[1].dropLast(4)))
    }
}
