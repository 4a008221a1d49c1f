import Foundation
package import Postgres
package import Runtime
import Store

/// Hands documents by EHF over to the company's access point, as files in a folder.
///
/// Each is handed over once, whenever the program is killed: it is written under a name that
/// starts with a dot, then committed as sent, then renamed. What was left between the two is
/// finished by the next run, and what was not committed is written anew.
package struct TakeOutbox {
    static let batchMax = 200

    let connection: Connection
    let context: RunContext
    let mark: SenderMark
    let folder: URL

    package init(
        connection: Connection, context: RunContext, mark: SenderMark, folder: String
    ) {
        self.connection = connection
        self.context = context
        self.mark = mark
        self.folder = URL(filePath: folder, directoryHint: .isDirectory)
    }

    /// - Returns: how many documents stand in the folder now that did not before.
    package func run() throws -> Int {
        if context.isDryRun {
            return try connection.committing(unlessDry: true) {
                try EHFOutbox(connection).waiting(
                    tenantID: context.tenantID, limit: context.limit ?? .max
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
            let names = try take(min(left, Self.batchMax))
            if names.isEmpty { break }
            for name in names { try publish(name) }
            taken += names.count
            left -= names.count
        }
        return taken
    }

    /// Writes the files and commits that they were taken.
    private func take(_ limit: Int) throws -> [String] {
        let outbox = EHFOutbox(connection)
        return try mark.marking(connection, where: { !$0.isEmpty }) {
            let waiting = try outbox.waiting(tenantID: context.tenantID, limit: limit)
            let names = try waiting.map { document in
                let name = Self.name(of: document)
                let content = try outbox.content(of: document) ?? []
                try inFolder {
                    try Data(content).write(to: hidden(name))
                    try keep(hidden(name))
                }
                return name
            }
            if !names.isEmpty { try inFolder { try keep(folder) } }
            try DispatchLife(connection).handOver(
                waiting.map { ($0.tenantID, $0.dispatchID) }, now: context.clock.now)
            return names
        }
    }

    /// Publishes what an earlier run had committed.
    ///
    /// What it had not is written over when it is taken, and may be another's that is at work now.
    private func finish() throws -> Int {
        var names: [String] = []
        try inFolder {
            names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
                .filter { $0.hasPrefix(".") && $0.hasSuffix(".xml") }
                .map { String($0.dropFirst()) }
        }
        let ids = names.compactMap(Self.dispatchID)
        guard !ids.isEmpty else { return 0 }
        let taken = try EHFOutbox(connection).taken(among: ids)
        let committed = names.filter { Self.dispatchID($0).map(taken.contains) ?? false }
        for name in committed { try publish(name) }
        return committed.count
    }

    private func publish(_ name: String) throws {
        try inFolder {
            let result = rename(hidden(name).path(), folder.appending(path: name).path())
            // Another run may have found it in between, and published it.
            guard result == 0 || errno == ENOENT else { throw Self.posixError }
        }
    }

    /// Waits until a file or a folder is on the disk: what is committed must not be lost.
    private func keep(_ url: URL) throws {
        let descriptor = open(url.path(), O_RDONLY)
        guard descriptor >= 0 else { throw Self.posixError }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw Self.posixError }
    }

    private static var posixError: POSIXError {
        POSIXError(POSIXError.Code(rawValue: errno) ?? .EIO)
    }

    private func hidden(_ name: String) -> URL {
        folder.appending(path: ".\(name)")
    }

    /// The tenant, and the dispatch: what the access point's answer is written back by.
    private static func name(of document: EHFOutbox.Waiting) -> String {
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
