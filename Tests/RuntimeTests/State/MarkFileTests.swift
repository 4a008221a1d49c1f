import Dispatching
import Foundation
import Testing

@testable import Runtime

/// What a machine remembers of a database, beside it.
struct MarkFileTests {
    private let folder: TemporaryFolder
    private let file: MarkFile
    private let stateID = UUID()

    init() throws {
        folder = try TemporaryFolder()
        file = MarkFile(StateDirectory(path: folder.path), identity: UUID())
    }

    private func mark(_ own: Int64, highest: Int64? = nil) -> SeenMark {
        SeenMark(stateID: stateID, own: own, highest: highest ?? own)
    }

    @Test func `what is remembered is read again`() throws {
        #expect(try file.read() == nil)
        try file.remember(mark(3, highest: 9), isDurable: true)
        #expect(try file.read() == mark(3, highest: 9))
    }

    @Test func `it is never lowered`() throws {
        try file.remember(mark(8), isDurable: false)
        try file.remember(mark(3), isDurable: false)
        #expect(try file.read() == mark(8))
    }

    @Test func `databases are remembered apart`() throws {
        let other = MarkFile(StateDirectory(path: folder.path), identity: UUID())
        try file.remember(mark(8), isDurable: false)
        try other.remember(mark(1), isDurable: false)
        #expect(try file.read() == mark(8))
        #expect(try other.read() == mark(1))
    }

    @Test func `many that write at once lose nothing`() async throws {
        let file = file
        let marks = (1...200).map { mark(Int64($0)) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for mark in marks.shuffled() {
                group.addTask { try file.remember(mark, isDurable: false) }
            }
            try await group.waitForAll()
        }
        #expect(try file.read() == mark(200))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.count == 1, "nothing is left beside it")
    }

    @Test(arguments: ["", "budstikke-mark-1", "budstikke-mark-1 x 1 2\n", "\0\0\0\0"])
    func `one that was torn is as none, and is written anew`(_ text: String) throws {
        try text.write(toFile: file.path, atomically: true, encoding: .utf8)
        #expect(try file.read() == nil)
        try file.remember(mark(5), isDurable: true)
        #expect(try file.read() == mark(5))
    }

    @Test func `one cut within its last number is torn`() {
        let text = MarkFile.encode(mark(123, highest: 456))
        #expect(MarkFile.decode(text) == mark(123, highest: 456))
        #expect(MarkFile.decode(String(text.dropLast(2))) == nil)
    }

    @Test func `what was left by one that was killed is in nobody's way`() throws {
        try "half".write(toFile: "\(file.path).new", atomically: true, encoding: .utf8)
        try file.remember(mark(5), isDurable: false)
        #expect(try file.read() == mark(5))
    }
}
