import Foundation
import Glibc
import Testing

/// Every input that is kept, read once more: the seeds, and what fuzzing has found.
///
/// They are read one after the other, so that what memory each takes is its own; the suite has a
/// process to itself in `scripts/test`.
@Suite(.serialized, .timeLimit(.minutes(10))) struct ReplayTests {
    /// How many times slower than a release build the tests may be, on a machine that does other
    /// things too.
    static let slowness = 40.0

    @Test(arguments: FuzzTarget.all)
    func `what is kept is read soundly, within time and memory`(target: FuzzTarget) throws {
        let inputs = try KeptInput.all(of: target)
        for input in inputs {
            LastInput.name(input.name)
            let bytes = [UInt8](try Data(contentsOf: input.url))
            #expect(bytes.count <= KeptInput.bytesMax, "\(input.name) is too large to be kept")
            #expect(throws: Never.self, "\(input.name)") {
                try target.budget.hold(slowness: Self.slowness) { try target.read(bytes) }
            }
        }
        LastInput.name("")
        #expect(inputs.contains { $0.isSeed }, "fuzz/seeds/\(target.name) has nothing")
        print("fuzz inputs: \(target.name) \(inputs.count)")
    }

    @Test func `every folder of inputs is a target's`() throws {
        for kind in ["seeds", "found"] {
            let folders = try FileManager.default.contentsOfDirectory(
                atPath: KeptInput.folder.appending(path: kind).path())
            #expect(Set(folders).subtracting(FuzzTarget.all.map(\.name)) == [])
        }
    }

    @Test func `what takes too long, or too much memory, is found`() {
        let budget = Budget(milliseconds: 5, megabytes: 20)
        let slow = #expect(throws: BrokenProperty.self) {
            try budget.hold(slowness: 2) {
                let start = clock()
                while clock() - start < CLOCKS_PER_SEC / 20 {}
            }
        }
        #expect(slow?.description.hasSuffix("ms, of at most 10") == true)
        let bytes = Int(Cost.peak() * 1_048_576) + 100_000_000
        let large = #expect(throws: BrokenProperty.self) {
            try Budget(milliseconds: 60_000, megabytes: 20).hold(slowness: 1) {
                var memory = [UInt8](repeating: 1, count: bytes)
                memory[bytes / 2] = 2
                #expect(memory.last == 1)
            }
        }
        #expect(large?.description.hasSuffix("MB, of at most 20") == true)
    }
}

extension FuzzTarget: CustomTestStringConvertible {
    var testDescription: String { name }
}

/// A file of `fuzz/seeds` or `fuzz/found`.
struct KeptInput {
    let url: URL
    let isSeed: Bool

    /// A larger one is to be made smaller first (`-minimize_crash=1`).
    static let bytesMax = 64 << 10

    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()

    /// As `seeds/mail/prose.eml`.
    var name: String { url.pathComponents.suffix(3).joined(separator: "/") }

    static func all(of target: FuzzTarget) throws -> [KeptInput] {
        try ["seeds", "found"].flatMap { kind -> [KeptInput] in
            let place = folder.appending(path: "\(kind)/\(target.name)")
            guard FileManager.default.fileExists(atPath: place.path()) else { return [] }
            return try FileManager.default.contentsOfDirectory(
                at: place, includingPropertiesForKeys: nil
            )
            .sorted { $0.path() < $1.path() }
            .map { KeptInput(url: $0, isSeed: kind == "seeds") }
        }
    }
}

/// Which input is read at the moment, so that a trap in it can be told.
enum LastInput {
    /// Bytes and not a text: a signal's handler may not allocate.
    nonisolated(unsafe) private static let line = UnsafeMutablePointer<UInt8>.allocate(
        capacity: bytesMax)
    nonisolated(unsafe) private static var count = 0
    private static let bytesMax = 400

    static func name(_ name: String) {
        if count == 0 { watch() }
        let text = Array("fuzz inputs: trapped in \(name)\n".utf8.prefix(bytesMax))
        for (index, byte) in text.enumerated() { line[index] = byte }
        count = name.isEmpty ? 1 : text.count
    }

    private static func watch() {
        for trap in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT] {
            signal(trap) { number in
                if LastInput.count > 1 { write(STDERR_FILENO, LastInput.line, LastInput.count) }
                signal(number, SIG_DFL)
                raise(number)
            }
        }
    }
}
