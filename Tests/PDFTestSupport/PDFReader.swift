import Foundation

/// Reads a PDF as other people's programs do: poppler's tools, and qpdf.
package enum PDFReader {
    /// The text in reading order, with no-break spaces as plain ones.
    package static func text(of pdf: [UInt8]) throws -> String {
        try read("pdftotext", ["-enc", "UTF-8"], pdf, output: ["-"])
            .replacingOccurrences(of: "\u{A0}", with: " ")
    }

    /// The text as it stands on the page, column by column.
    package static func layout(of pdf: [UInt8]) throws -> String {
        try read("pdftotext", ["-layout", "-enc", "UTF-8"], pdf, output: ["-"])
            .replacingOccurrences(of: "\u{A0}", with: " ")
    }

    package static func information(of pdf: [UInt8]) throws -> String {
        try read("pdfinfo", [], pdf, output: [])
    }

    /// The tags with the text of each, as a screen reader has them.
    package static func structure(of pdf: [UInt8]) throws -> String {
        try read("pdfinfo", ["-struct-text"], pdf, output: [])
            .replacingOccurrences(of: "\u{A0}", with: " ")
    }

    /// The metadata packet, as a finder or an archive reads it.
    package static func packet(of pdf: [UInt8]) throws -> String {
        try read("pdfinfo", ["-meta"], pdf, output: [])
    }

    /// Its fonts, a line each: name, type, encoding, and whether it is embedded.
    package static func fonts(of pdf: [UInt8]) throws -> [[Substring]] {
        try read("pdffonts", [], pdf, output: []).split(separator: "\n").dropFirst(2)
            .map { $0.split(separator: " ") }
    }

    /// Throws what qpdf finds wrong with the file: it reads each object and each stream.
    package static func check(_ pdf: [UInt8]) throws {
        _ = try read("qpdf", ["--check", "--no-warn"], pdf, output: [])
    }

    /// The colour of a point of the first page, that far from its upper left corner.
    package static func colour(of pdf: [UInt8], x: Int, y: Int) throws -> [UInt8] {
        let picture = try run(
            "pdftoppm",
            ["-r", "72", "-singlefile", "-x", "\(x)", "-y", "\(y)", "-W", "1", "-H", "1"], pdf,
            output: [])
        return [UInt8](picture.suffix(3))
    }

    /// For looking at: the environment's BUDSTIKKE_KEEP_DOCUMENTS names a folder for them.
    package static func keep(_ pdf: [UInt8], as name: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["BUDSTIKKE_KEEP_DOCUMENTS"] else {
            return
        }
        let file = name.filter { $0.isLetter || $0.isNumber || $0 == " " }.prefix(100) + ".pdf"
        try Data(pdf).write(to: URL(filePath: folder).appending(path: file))
    }

    private static func read(
        _ program: String, _ options: [String], _ pdf: [UInt8], output: [String]
    ) throws -> String {
        String(decoding: try run(program, options, pdf, output: output), as: UTF8.self)
    }

    private static func run(
        _ program: String, _ options: [String], _ pdf: [UInt8], output: [String]
    ) throws -> Data {
        let folder = FileManager.default.temporaryDirectory
        let file = folder.appending(path: "budstikke-\(UUID().uuidString).pdf")
        try Data(pdf).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + options + [file.path()] + output
        let (standardOutput, standardError) = (Pipe(), Pipe())
        process.standardOutput = standardOutput
        process.standardError = standardError
        try process.run()
        let read = standardOutput.fileHandleForReading.readDataToEndOfFile()
        let complaints = standardError.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0, complaints.isEmpty else {
            throw Complaint(text: String(decoding: complaints, as: UTF8.self))
        }
        return read
    }

    /// What poppler had to say of a file: it says nothing of a sound one.
    package struct Complaint: Error {
        package let text: String

        package init(text: String) {
            self.text = text
        }
    }
}
