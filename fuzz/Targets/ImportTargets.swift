import Dispatching
import EHF
import FoundationEssentials
import Invoicing

@testable import Import

extension FuzzTarget {
    /// Invoices as UBL; those that are taken in go through the rules of EHF, and are written anew.
    static let ubl = FuzzTarget("ubl", budget: .file) { bytes in
        switch UBLReader.read(bytes, file: "faktura.xml") {
        case .failure(let faults): for fault in faults.faults { try fault.checkSound() }
        case .success(let imported):
            for remark in imported.remarks { try remark.checkSound() }
            try check(imported)
        }
    }

    private static func check(_ imported: ImportedInvoice) throws {
        let invoice = imported.invoice
        let stored = try JSONEncoder().encode(invoice)
        try same(
            try JSONDecoder().decode(Invoice.self, from: stored), invoice,
            "an invoice is read as it was stored")
        _ = LegalContent.faults(in: invoice)
        let violations = EHFRules.violations(in: invoice)
        let written = EHFDocument.bytes(of: invoice, embedded: imported.embedded)
        guard violations.allSatisfy(\.isWarning) else { return }
        let again = UBLReader.read(written, file: "ehf.xml")
        guard case .failure(let faults) = again else { return }
        throw BrokenProperty(
            description: "a sound EHF of ours is not read: \(faults.faults.map(\.description))")
    }

    /// A set-up file: the name of its table on the first line, then CSV.
    static let csv = FuzzTarget("csv", budget: .file) { try checkSetup($0, suffix: "csv") }

    /// The same as JSON Lines.
    static let jsonl = FuzzTarget("jsonl", budget: .file) { try checkSetup($0, suffix: "jsonl") }

    private static func checkSetup(_ bytes: [UInt8], suffix: String) throws {
        let end = bytes.firstIndex(of: 0x0A) ?? bytes.endIndex
        let name = String(decoding: bytes[..<end], as: UTF8.self)
        let table = SetupTable(rawValue: name) ?? .customers
        let file = "\(table.rawValue).\(suffix)"
        let columns = Set(table.columns.map(\.name))
        var validator = RowValidator(file: file, table: table)
        do {
            try SetupReader.read(
                Array(bytes[end...].dropFirst()), file: file, table: table, tenantID: 1
            ) { row in
                try same(row.tenantID, 1, "a row is its tenant's")
                try hold(columns.isSuperset(of: row.values.keys), "a row has its table's columns")
                try hold(
                    !row.values.values.contains { $0.utf8.contains(0) }, "no database takes U+0000")
                validator.validate(row)
            }
        } catch let faults as ImportFaults {
            for fault in faults.faults { try fault.checkSound() }
        }
        for fault in validator.finish() + validator.remarks { try fault.checkSound() }
    }
}

extension ImportFault {
    fileprivate func checkSound() throws {
        try hold(line >= 1 && !message.isEmpty && !advice.isEmpty, "a fault says where and what")
        try hold(
            !description.unicodeScalars.contains { $0.properties.generalCategory == .control },
            "a fault is one line: \(description)")
        try hold(description.utf8.count <= 4_000, "a fault is short: \(description)")
    }
}
