import Dispatching
import Documents
import Foundation
import Store
package import Invoicing
package import Postgres
package import Runtime

/// Hands documents over as files in a folder: EHF one by one to the company's access point, letters
/// in parcels to whoever prints them.
///
/// Each is handed over once, even if the program is killed: it is written under a name that starts
/// with a dot, then committed as sent, then renamed. Work left between the two last steps is
/// finished by the next run, and what was not committed is written anew.
package struct TakeOutbox {
    static let batchMax = 200
    /// In seconds; an uncommitted parcel older than this is no longer being written.
    static let abandonedSeconds = 86_400.0

    let connection: Connection
    let context: RunContext
    let mark: SenderMark
    let channel: Channel
    let folder: URL

    package init(
        connection: Connection, context: RunContext, mark: SenderMark, channel: Channel,
        folder: String
    ) {
        self.connection = connection
        self.context = context
        self.mark = mark
        self.channel = channel
        self.folder = URL(filePath: folder, directoryHint: .isDirectory)
    }

    /// Hands over the waiting documents.
    /// - Returns: How many documents are in the folder now that were not before.
    package func run() throws -> Int {
        if context.isDryRun {
            return try connection.committing(unlessDry: true) {
                try Outbox(connection).waiting(
                    by: channel, tenantID: context.tenantID, limit: context.limit ?? .max
                ).count
            }
        }
        try inFolder {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true)
        }
        var taken = try finish()
        var left = context.limit ?? .max
        while !context.stop.isRequested, left > 0 {
            let (names, documents) = try fetch(min(left, Self.batchMax))
            if documents == 0 { break }
            for name in names { try publish(name) }
            taken += documents
            left -= documents
        }
        return taken
    }

    /// Writes the files and commits that they were taken.
    /// - Returns: The names to be published, and how many documents that is.
    private func fetch(_ limit: Int) throws -> (names: [String], documents: Int) {
        try mark.marking(connection, where: { $0.documents > 0 }) {
            let waiting = try Outbox(connection).waiting(
                by: channel, tenantID: context.tenantID, limit: limit)
            guard !waiting.isEmpty else { return ([], 0) }
            let names =
                try channel == .print ? [writeParcel(waiting)] : waiting.map(writeDocument)
            try inFolder { try syncToDisk(folder) }
            try DispatchLife(connection).handOver(
                waiting.map { DispatchKey($0.tenantID, $0.dispatchID) },
                parcel: channel == .print ? names.first : nil, now: context.clock.now)
            return (names, waiting.count)
        }
    }

    private func writeDocument(_ document: Outbox.Waiting) throws -> String {
        let name = Self.name(of: document)
        let content = try Outbox(connection).files(of: document).first ?? []
        try write(content, to: tempURL(name))
        return name
    }

    private func writeParcel(_ letters: [Outbox.Waiting]) throws -> String {
        var parcel = LetterParcel()
        let place = tempURL(parcel.name)
        try inFolder {
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        }
        for letter in letters {
            let files = try Outbox(connection).files(of: letter)
            for file in parcel.add(letter, files: files) {
                try write(file.content, to: place.appending(path: file.name))
            }
        }
        try write(parcel.list, to: place.appending(path: "addresses.csv"))
        try inFolder { try syncToDisk(place) }
        return parcel.name
    }

    private func write(_ content: [UInt8], to url: URL) throws {
        try inFolder {
            try Data(content).write(to: url)
            try syncToDisk(url)
        }
    }

    /// Publishes what an earlier run had committed.
    ///
    /// Uncommitted files are overwritten when they are taken, and may belong to a concurrent run.
    private func finish() throws -> Int {
        var names: [String] = []
        try inFolder {
            names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
                .filter { $0.hasPrefix(".") }.map { String($0.dropFirst()) }
        }
        return try channel == .print ? finishParcels(names) : finishDocuments(names)
    }

    private func finishDocuments(_ names: [String]) throws -> Int {
        let names = names.filter { $0.hasSuffix(".xml") }
        let ids = names.compactMap(Self.dispatchID)
        guard !ids.isEmpty else { return 0 }
        let taken = try Outbox(connection).taken(among: ids)
        let committed = names.filter { Self.dispatchID($0).map(taken.contains) ?? false }
        for name in committed { try publish(name) }
        return committed.count
    }

    private func finishParcels(_ names: [String]) throws -> Int {
        var letters = 0
        for name in names where name.hasPrefix(LetterParcel.prefix) {
            var ids: [UUID] = []
            try inFolder {
                ids = try FileManager.default.contentsOfDirectory(atPath: tempURL(name).path())
                    .compactMap(LetterParcel.dispatchID)
            }
            if try Outbox(connection).taken(among: ids, parcel: name).isEmpty {
                try discard(name)
            } else {
                try publish(name)
                letters += ids.count
            }
        }
        return letters
    }

    /// Nothing else would remove a parcel that was never committed: its letters went out in
    /// another.
    private func discard(_ name: String) throws {
        try inFolder {
            let attributes = try FileManager.default.attributesOfItem(atPath: tempURL(name).path())
            guard let date = attributes[.modificationDate] as? Date,
                date.timeIntervalSinceNow < -Self.abandonedSeconds
            else { return }
            try FileManager.default.removeItem(at: tempURL(name))
        }
    }

    private func publish(_ name: String) throws {
        try inFolder {
            let result = rename(tempURL(name).path(), folder.appending(path: name).path())
            // A concurrent run may have found and published it in the meantime.
            guard result == 0 || errno == ENOENT else { throw Self.posixError }
        }
    }

    /// Waits until a file or folder is on disk: what is committed must not be lost.
    private func syncToDisk(_ url: URL) throws {
        let descriptor = open(url.path(), O_RDONLY)
        guard descriptor >= 0 else { throw Self.posixError }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw Self.posixError }
    }

    private static var posixError: POSIXError {
        POSIXError(POSIXError.Code(rawValue: errno) ?? .EIO)
    }

    private func tempURL(_ name: String) -> URL {
        folder.appending(path: ".\(name)")
    }

    /// The tenant and the dispatch, by which the access point's answer is recorded.
    private static func name(of document: Outbox.Waiting) -> String {
        "\(document.tenantID)_\(document.dispatchID.uuidString.lowercased()).xml"
    }

    private static func dispatchID(_ name: String) -> UUID? {
        name.split(separator: "_").last.flatMap { UUID(uuidString: String($0.dropLast(4))) }
    }

    private func inFolder(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch {
            let (line, _) = ProgramFailure.explain(error)
            throw UsageError("--take: \(line)", exit: .inputOutput)
        }
    }
}

/// Letters that are handed over together: a folder of PDF files, and a list of their recipients.
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

    /// Adds a letter; returns its files by name.
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

    /// Cells that a spreadsheet would treat as formulas are defused (`Table.csv`).
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
