import Foundation

/// Where documents are kept for `scripts/check-ehf`, which asks the official validators about them:
/// the folder that the environment's BUDSTIKKE_EHF_OUTPUT names.
enum EHFOutput {
    static let folder = ProcessInfo.processInfo.environment["BUDSTIKKE_EHF_OUTPUT"]
        .map { URL(filePath: $0, directoryHint: .isDirectory) }

    /// Nothing where there is no such folder.
    static func write(_ bytes: [UInt8], _ name: String) throws {
        guard let file = folder?.appending(path: name + ".xml") else { return }
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }
}
