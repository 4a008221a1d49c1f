import Foundation
import Testing

@testable import Runtime

@Suite struct SettingsFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func `a file that is named has to be there`() {
        let path = "\(folder.path)/none.yaml"
        #expect(
            refusal { try SettingsFile.read(named: path) } == "--config: \(path) does not exist")
    }

    @Test func `a folder, a pipe and a device are no files`() throws {
        let pipe = "\(folder.path)/pipe"
        try #require(mkfifo(pipe, 0o600) == 0)
        for path in [folder.path, pipe, "/dev/zero"] {
            #expect(
                refusal { try SettingsFile.read(named: path) }
                    == "--config: \(path) is not a regular file")
        }
    }

    @Test func `a gigantic file is refused`() throws {
        let path = try folder.file("large.yaml", Data(repeating: 0x23, count: 1_048_577))
        #expect(refusal { try SettingsFile.read(named: path) } == "--config: \(path) is too large")
    }

    @Test func `a file that is not UTF-8 is refused`() throws {
        let path = try folder.file("latin.yaml", Data([0x61, 0x3a, 0x20, 0xe6]))
        #expect(refusal { try SettingsFile.read(named: path) } == "\(path): is not UTF-8")
    }

    @Test func `a file that anybody may write is refused`() throws {
        let path = try folder.file("open.yaml", "send: {batch: 1}", mode: 0o666)
        #expect(
            refusal { try SettingsFile.read(named: path) }
                == "\(path): anybody may write it; run chmod o-w \(path)")
    }

    @Test func `the first of the usual places that has a file is taken`() throws {
        let first = try folder.file("first.yaml", "send: {batch: 1}")
        let second = try folder.file("second.yaml", "send: {batch: 2}")
        let none = "\(folder.path)/none.yaml"
        #expect(try read([first, second]).values == ["send.batch": "1"])
        #expect(try read([none, second]).values == ["send.batch": "2"])
        #expect(try read([none]).values.isEmpty)
        #expect(try read([none]).path == nil)
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give a file away"))
    func `another user's file is taken by name only`() throws {
        let path = try folder.file("foreign.yaml", "send: {batch: 1}")
        try #require(chown(path, 4_242, 4_242) == 0)
        #expect(
            refusal { try read([path]) }
                == "\(path): belongs to another user; name it by --config if it is meant")
        #expect(try SettingsFile.read(named: path).values == ["send.batch": "1"])
    }

    private func read(_ places: [String]) throws -> SettingsFile {
        try SettingsFile.read(named: nil, places: places)
    }

    private func refusal(_ body: () throws -> SettingsFile) -> String? {
        do {
            _ = try body()
            return nil
        } catch {
            return "\(error)"
        }
    }
}
