import Foundation
import Testing

@testable import Runtime

/// Where a machine remembers what it has done.
struct StateDirectoryTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func find(_ setting: String? = nil, _ environment: [String: String]) throws -> String {
        try StateDirectory.find(setting: setting, environment: environment).path
    }

    @Test func `systemd's goes before the setting, and of several the first`() throws {
        let ours = "\(folder.path)/ours"
        let environment = ["STATE_DIRECTORY": "\(ours):\(folder.path)/theirs"]
        #expect(try find("\(folder.path)/set", environment) == ours)
        #expect(FileManager.default.fileExists(atPath: ours), "it is made")
    }

    @Test func `the setting goes before the user's own`() throws {
        let set = "\(folder.path)/set"
        #expect(try find(set, ["HOME": folder.path]) == set)
    }

    @Test func `what is made is for nobody else`() throws {
        let set = "\(folder.path)/set"
        _ = try find(set, [:])
        let mode = try FileManager.default.attributesOfItem(atPath: set)[.posixPermissions]
        #expect(mode as? Int == 0o700)
    }

    @Test func `one that can't be used is told with what to do`() throws {
        let file = try folder.file("file", "")
        let error = try #require(throws: UsageError.self) { try find("\(file)/state", [:]) }
        #expect(error.exit == .inputOutput)
        #expect(error.description.contains("\(file)/state can't be used"))
        #expect(error.description.contains("state_directory"))
    }
}
