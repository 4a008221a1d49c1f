import Foundation
import PDFTestSupport

/// Reads many PDFs at once: a process a file is slow, so several run beside each other.
final class PDFBatch {
    private let folder: URL
    private var count = 0

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "budstikke-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    func add(_ pdf: [UInt8]) throws {
        try Data(pdf).write(to: folder.appending(path: "\(count).pdf"))
        count += 1
    }

    /// The text of each as it stands on its pages, in the order in which they were added.
    func layouts() throws -> [String] {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = [
            "-c", "printf '%s\\0' *.pdf | xargs -0 -n 1 -P 4 pdftotext -layout -enc UTF-8",
        ]
        process.currentDirectoryURL = folder
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw PDFReader.Complaint(text: "pdftotext: \(process.terminationStatus)")
        }
        return try (0..<count).map { index in
            try String(contentsOf: folder.appending(path: "\(index).txt"), encoding: .utf8)
        }
    }
}
