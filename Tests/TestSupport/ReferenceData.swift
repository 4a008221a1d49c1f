package import Foundation

/// Data that the tests compare with, where the machine has it: `BUDSTIKKE_REFERENCE_DATA`.
///
/// It is no part of the repository. A test that wants it is enabled by `has`, so that it is
/// listed as skipped, with the reason, where it is absent.
package enum ReferenceData {
    package static func url(_ path: String) -> URL? {
        let environment = ProcessInfo.processInfo.environment["BUDSTIKKE_REFERENCE_DATA"]
        let folder = URL(filePath: environment ?? "../shared", directoryHint: .isDirectory)
        let url = folder.appending(path: path)
        return FileManager.default.fileExists(atPath: url.path()) ? url : nil
    }

    package static func has(_ path: String) -> Bool {
        url(path) != nil
    }

    /// The names of a folder's files of one kind, in their order; none where it is absent.
    package static func files(_ folder: String, _ ending: String) -> [String] {
        let names = url(folder).flatMap {
            try? FileManager.default.contentsOfDirectory(atPath: $0.path())
        }
        return (names ?? []).filter { $0.hasSuffix(".\(ending)") }.sorted()
    }

    package static func bytes(_ path: String) throws -> [UInt8] {
        guard let url = url(path) else { throw CocoaError(.fileNoSuchFile) }
        return [UInt8](try Data(contentsOf: url))
    }
}
