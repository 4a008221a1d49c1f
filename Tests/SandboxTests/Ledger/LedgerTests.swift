import Foundation
import Testing

@testable import Sandbox

final class LedgerTests {
    private let path = FileManager.default.temporaryDirectory
        .appending(path: "ledger-\(UUID().uuidString).jsonl").path()

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    private static let entries: [LedgerEntry] = [
        .accepted(.example(0, to: "unknown@x.no", second: 1, .userUnknown)),
        .lifted(.init(at: Timestamp(seconds: 2), list: .bounces, email: "unknown@x.no")),
        .later(
            .init(
                at: Timestamp(seconds: 3), visibleAt: Timestamp(seconds: 4), messageID: "0",
                kind: .complaint)),
    ]

    private func restored() throws -> [LedgerEntry] {
        var entries: [LedgerEntry] = []
        try Ledger(path: path, syncs: false).restore { entries.append($0) }
        return entries
    }

    private func append(_ entries: [LedgerEntry], syncs: Bool = false) throws {
        let ledger = try Ledger(path: path, syncs: syncs)
        try ledger.restore { _ in }
        try ledger.append(entries)
    }

    @Test(arguments: [false, true])
    func `what was written is restored in its order`(syncs: Bool) throws {
        try append(Array(Self.entries.prefix(1)), syncs: syncs)
        try append(Array(Self.entries.dropFirst()), syncs: syncs)
        #expect(try restored() == Self.entries)
    }

    @Test func `many entries are restored over many reads`() throws {
        let entries = (0..<5000).map {
            LedgerEntry.accepted(.example($0, to: "kari\($0)@x.no", second: Int64($0)))
        }
        try append(entries)
        #expect(
            try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0 > 1 << 20)
        #expect(try restored() == entries)
    }

    @Test func `an unfinished last line is cut off, for it was never answered for`() throws {
        try append(Self.entries)
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.seekToEnd()
        try file.write(contentsOf: Data(#"{"record":"accep"#.utf8))
        try file.close()
        #expect(try restored() == Self.entries)
        try append(Array(Self.entries.prefix(1)))
        #expect(try restored() == Self.entries + Self.entries.prefix(1))
    }

    @Test func `a file that is no ledger is left alone`() throws {
        try Data("name;age\nKari;40\n".utf8).write(to: URL(filePath: path))
        let error = #expect(throws: LedgerError.self) { try restored() }
        #expect(error?.cause == "line 1 is no entry of a sandbox's ledger")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "name;age\nKari;40\n")
    }

    @Test func `two sandboxes can't share a ledger`() throws {
        let first = try Ledger(path: path, syncs: false)
        #expect(throws: LedgerError.self) { try Ledger(path: path, syncs: false) }
        #expect(first.count == 0)
    }

    @Test func `the lines after a number are where they are said to be`() throws {
        let ledger = try Ledger(path: nil, syncs: false)
        try ledger.append(Self.entries)
        let start = ledger.start(after: 2)
        let tail = try ledger.read(from: start, upTo: ledger.byteCount - start)
        #expect(try LedgerEntry(json: JSONReader.read(tail)) == Self.entries[2])
        #expect(ledger.start(after: 0) == 0)
        #expect(ledger.start(after: 99) == ledger.byteCount)
    }
}
