import Foundation
import Glibc
import Import
import Store
import Wire
package import Postgres
package import Runtime

/// Imports files: invoices as UBL, and a company's set-up as CSV or JSON Lines.
///
/// Each file is one transaction, all or nothing: a file with a fault changes nothing, and every
/// fault in it is reported. Importing a file again changes nothing.
package struct ImportFiles {
    let connection: Connection
    let context: RunContext
    let options: Options
    private let logos: LogoDrawer

    /// Options for imported invoices.
    package struct Options: Sendable {
        /// The user who is told of failures; nil for the tenant's only user.
        package var userKey: String?
        /// The send plan; nil for the tenant's only one.
        package var planKey: String?
        /// The address they are sent to; nil for the one in the file.
        package var recipient: String?
        /// Whether they are dispatched automatically.
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

    /// Imports these files, and those in the folders among them.
    ///
    /// Throws `UsageError` where a file has faults, after printing all of them; the other files are
    /// imported all the same.
    package func run(_ paths: [String]) throws -> RunSummary {
        // In one transaction, so that a file sees the effect of those before it.
        try context.isDryRun
            ? connection.rehearsing { try importAll(paths) } : importAll(paths)
    }

    private func importAll(_ paths: [String]) throws -> RunSummary {
        var counts = (files: 0, rows: 0, invoices: 0, known: 0)
        let listing = try ImportListing(paths)
        var remarks = listing.remarks
        var faults = listing.faults
        var progress = Progress("files")
        defer { progress.end() }
        for (number, path) in listing.files.enumerated() {
            progress.show(number, of: listing.files.count)
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
        progress.end()
        for remark in remarks { tell(remark, kind: "remark") }
        for fault in faults { tell(fault, kind: "fault") }
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
                "\(faults.count == 1 ? "1 fault" : "\(faults.count) faults"); nothing was taken of the files that they are in"
                    + (counts.files > 0
                        ? "; \(counts.files) others \(context.isDryRun ? "would be" : "were")"
                        : ""),
                exit: .badInput)
        }
        return summary
    }

    /// A fault is told to people on standard error, and to programs among the results as well.
    private func tell(_ fault: ImportFault, kind: String) {
        Output.say("\(fault)".escapingInvisibles)
        guard context.output.isJSON else { return }
        context.output.line(
            ResultObject([
                .init("kind", .text(kind)), .init("file", .text(fault.file)),
                .init("line", .number(fault.line)), .init("column", .text(fault.column)),
                .init("value", .some(fault.excerpt)), .init("message", .text(fault.message)),
                .init("advice", .some(fault.advice)),
            ]).json)
    }

    /// The fault reported for a file whose invoice the database rejects.
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
        /// So many rows were imported; the remarks are about them.
        case rows(Int, remarks: [ImportFault])
        /// An invoice was imported; the remarks list what in the file could not be kept.
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
            ).importFile(bytes, tenantID: context.tenantID)
        }
        guard ImportListing.isInvoice(name) else {
            throw ImportFaults([ImportListing.fault(unknown: name)])
        }
        return try InvoiceImport(connection: connection, context: context, options: options)
            .importFile(bytes, file: name)
    }
}

/// Reads a file's content: only a regular file, not through a link, and with a size limit.
enum FileBytes {
    /// Follows no link, and does not wait for the writer of a pipe.
    private static let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC

    static func read(_ path: String, limit: Int) throws -> [UInt8] {
        try contents(of: open(path, flags), (path as NSString).lastPathComponent, limit: limit)
    }

    /// Reads a file below a folder; each path component is opened from the one before, so that no
    /// link on the way leads elsewhere.
    static func read(_ path: String, below folder: String, limit: Int) throws -> [UInt8] {
        let parts = path.split(separator: "/").map(String.init)
        let name = parts.last ?? path
        var directory = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        for part in parts.dropLast() where directory >= 0 {
            let next = openat(directory, part, flags | O_DIRECTORY)
            close(directory)
            directory = next
        }
        guard directory >= 0 else { throw openFailure(name) }
        defer { close(directory) }
        return try contents(of: openat(directory, name, flags), name, limit: limit)
    }

    private static func contents(of descriptor: CInt, _ name: String, limit: Int) throws -> [UInt8]
    {
        guard descriptor >= 0 else { throw openFailure(name) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw fault(name, "is no regular file", "name a file")
        }
        guard status.st_size <= limit else {
            throw fault(name, "is larger than \(limit / 1_000_000) MB", "split the file")
        }
        return try bytes(of: descriptor, name, count: status.st_size)
    }

    /// Reads as many bytes as the file was reported to have, in place: large files are not held
    /// twice.
    private static func bytes(of descriptor: CInt, _ name: String, count: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count, let start = buffer.baseAddress {
                let more = Glibc.read(descriptor, start + filled, count - filled)
                guard more >= 0 || errno == EINTR else { throw openFailure(name) }
                guard more != 0 else { return }
                filled += max(more, 0)
            }
        }
    }

    private static func openFailure(_ name: String) -> ImportFaults {
        fault(name, "can't be opened", "check that it is there, is no link, and may be read")
    }

    private static func fault(_ name: String, _ message: String, _ advice: String) -> ImportFaults {
        ImportFaults([
            ImportFault(file: name, line: 1, column: "(file)", message: message, advice: advice)
        ])
    }
}
