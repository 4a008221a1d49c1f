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
}
