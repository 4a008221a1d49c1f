import Foundation

/// A folder that is gone when the test is.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "budstikke-runtime-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        // What can't be removed is the system's to clear away.
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String, _ text: String, mode: Int = 0o600) throws -> String {
        try file(name, Data(text.utf8), mode: mode)
    }

    func file(_ name: String, _ data: Data, mode: Int = 0o600) throws -> String {
        let file = "\(path)/\(name)"
        try data.write(to: URL(filePath: file))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
        return file
    }
}
