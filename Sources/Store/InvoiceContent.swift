import FoundationEssentials
import Invoicing
import Postgres

/// An invoice as JSON in the database: the head without its lines, and each line.
enum InvoiceContent {
    private static func json(_ value: some Encodable) throws -> JSONText {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return JSONText(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    static func head(_ invoice: Invoice) throws -> JSONText {
        var head = invoice
        head.lines = []
        return try json(head)
    }

    static func party(_ party: Party) throws -> JSONText {
        try json(party)
    }

    static func line(_ line: InvoiceLine) throws -> JSONText {
        try json(line)
    }

    static func invoice(head: String, lines: [String]) throws -> Invoice {
        let decoder = JSONDecoder()
        var invoice = try decoder.decode(Invoice.self, from: Data(head.utf8))
        invoice.lines = try lines.map { try decoder.decode(InvoiceLine.self, from: Data($0.utf8)) }
        return invoice
    }
}
