import Wire
import Foundation
import Import
package import Postgres
package import Runtime
import Store

/// Imports files: invoices as UBL, and a company's set-up as CSV or JSON Lines.
///
/// Each file is one transaction, all or nothing: a file with a fault changes nothing, and every
/// fault in it is said. Importing a file again changes nothing.
package struct ImportFiles {
    let connection: Connection
    let context: RunContext
    let options: Options
    private let logos: LogoDrawer

    /// How invoices are taken in.
    package struct Options: Sendable {
        /// Who is told if they fail; the tenant's only user where none is named.
        package var userKey: String?
        package var planKey: String?
        /// Where they are sent, in place of the address in the file.
        package var recipient: String?
        /// Whether they go out by themselves.
        package var isDispatched: Bool

        package init(
            userKey: String?, planKey: String?, recipient: String?, isDispatched: Bool
        ) {
            self.userKey = userKey
            self.planKey = planKey
            self.recipient = recipient
            self.isDispatched = isDispatched
        }
    }

    package init(connection: Connection, context: RunContext, options: Options) {
        self.connection = connection
        self.context = context
        self.options = options
        logos = LogoDrawer(connection, context: context)
    }

    package func run(_ paths: [String]) throws -> RunSummary {
        // As one, so that a file sees what those before it would have brought.
        try context.isDryRun
            ? connection.rehearsing { try take(paths) } : take(paths)
    }

    private func take(_ paths: [String]) throws -> RunSummary {
        var counts = (files: 0, rows: 0, invoices: 0, known: 0)
        let listing = try ImportListing(paths)
        var remarks = listing.remarks
        var faults = listing.faults
        for path in listing.files {
            do {
                let outcome = try transaction { try importFile(path) }
                counts.files += 1
                switch outcome {
                case .rows(let count, let found):
                    counts.rows += count
                    remarks += found
                case .invoice(let found):
                    counts.invoices += 1
                    remarks += found
                case .knownInvoice: counts.known += 1
                }
            } catch let found as ImportFaults {
                faults += found.faults
            } catch let error as PostgresError where error.sqlState?.isData == true {
                faults.append(Self.fault(error, file: (path as NSString).lastPathComponent))
            }
        }
        for remark in remarks { Output.say("\(remark)".escapingInvisibles) }
        for fault in faults { Output.say("\(fault)".escapingInvisibles) }
        let summary = RunSummary(
            job: "import",
            counts: [
                ("files", counts.files), ("rows", counts.rows), ("invoices", counts.invoices),
                ("known_invoices", counts.known), ("remarks", remarks.count),
                ("faults", faults.count),
            ],
            failed: faults.count)
        guard faults.isEmpty else {
            throw UsageError(
                "\(faults.count) faults; nothing was taken of the files that they are in"
                    + (counts.files > 0
                        ? "; \(counts.files) others \(context.isDryRun ? "would be" : "were")"
                        : ""),
                exit: .badInput)
        }
        return summary
    }

    /// What is told of a file whose invoice the database refuses.
    private static func fault(_ error: PostgresError, file: String) -> ImportFault {
        guard error.sqlState != .uniqueViolation else {
            return ImportFault(
                file: file, line: 1, column: "ID",
                message: "was imported by another run at the same time",
                advice: "import it again: it is known then")
        }
        return ImportFault(
            file: file, line: 1, column: error.column ?? error.constraint ?? "(file)",
            message: "is not taken by the database: \(error.message)",
            advice: "mend the file; nothing of it was taken")
    }

    enum Outcome {
        /// So many rows were taken; the remarks say what should be known of them.
        case rows(Int, remarks: [ImportFault])
        /// An invoice was taken; the remarks say what of the file had no place in it.
        case invoice(remarks: [ImportFault])
        case knownInvoice
    }

    private func transaction<T>(_ body: () throws -> T) throws -> T {
        if connection.isInTransaction { return try connection.savepoint(body) }
        return try connection.retrying { try connection.transaction(body) }
    }

    private func importFile(_ path: String) throws -> Outcome {
        let name = (path as NSString).lastPathComponent
        let bytes = try FileBytes.read(path, limit: SetupReader.bytesMax)
        if let table = SetupReader.table(of: name) {
            return try SetupImport(
                connection: connection, folder: (path as NSString).deletingLastPathComponent,
                file: name, table: table, logos: logos
            ).take(bytes, tenantID: context.tenantID)
        }
        guard ImportListing.isInvoice(name) else {
            throw ImportFaults([ImportListing.fault(unknown: name)])
        }
        return try InvoiceImport(connection: connection, context: context, options: options)
            .take(bytes, file: name)
    }
}
