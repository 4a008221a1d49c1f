import Foundation
import Invoicing
import Testing

@testable import Import

@Suite final class SetupFolderTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "import-\(UUID().uuidString)", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(
            at: folder.appending(path: "bilag"), withIntermediateDirectories: true)
        try write("bilag/vilkår.pdf", "%PDF-1.7")
        try write("users.csv", "user_key,name,email\nkari,Kari,kari@eksempel.test\n")
        try write("README.md", "not a set-up file")
    }

    deinit {
        // What is left in the temporary folder harms nobody.
        try? FileManager.default.removeItem(at: folder)
    }

    private func write(_ path: String, _ text: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: path))
    }

    private func attachments(_ path: String) throws -> SetupReading {
        try write("attachments.csv", "recurring_invoice,file\nA1,\(path)\n")
        return SetupReader.read(path: folder.path())
    }

    @Test func `a folder's set-up files are read, and others left alone`() throws {
        let setup = try SetupReader.read(path: folder.path()).get()
        #expect(setup.users.map(\.key) == ["kari"])
        #expect(setup.kinds == [.users])
    }

    @Test func `one file may be read by itself`() throws {
        let path = folder.appending(path: "users.csv").path()
        #expect(try SetupReader.read(path: path).get().users.map(\.key) == ["kari"])
    }

    @Test func `a folder that is not there, or empty of set-up, is a fault`() {
        for path in ["/nowhere", folder.appending(path: "bilag").path()] {
            #expect(SetupReader.read(path: path).faults.map(\.file) == [path])
        }
        #expect(SetupReader.read(path: "/nowhere/users.csv").faults.count == 1)
    }

    @Test func `an attachment is proved now and read later`() throws {
        let setup = try attachments("bilag/vilkår.pdf").get()
        let attachment = try #require(setup.attachments.first)
        #expect(attachment.fileName == "vilkar.pdf")
        #expect(attachment.contentType == "application/pdf")
        #expect(attachment.byteCount == 8)
        #expect(try setup.content(of: attachment) == Array("%PDF-1.7".utf8))
        try FileManager.default.removeItem(at: folder.appending(path: "bilag/vilkår.pdf"))
        #expect(throws: ImportFaults.self) { try setup.content(of: attachment) }
    }

    @Test(arguments: [
        "../users.csv", "/etc/passwd", "bilag/../users.csv", "./users.csv", "bilag//vilkår.pdf",
        "bilag\\vilkår.pdf", "bilag", "nothing.pdf", "users.csv/x.pdf", "a/b/c/d/e/f/g/h/i.pdf",
        "lenke.pdf", "lenker/vilkår.pdf", "kø.pdf", "tom.pdf",
    ])
    func `no path leads out of the folder, or to anything but a file`(path: String) throws {
        let manager = FileManager.default
        try manager.createSymbolicLink(
            atPath: folder.appending(path: "lenke.pdf").path(),
            withDestinationPath: "/etc/passwd")
        try manager.createSymbolicLink(
            atPath: folder.appending(path: "lenker").path(), withDestinationPath: "bilag")
        #expect(mkfifo(folder.path() + "kø.pdf", 0o600) == 0)
        try write("tom.pdf", "")
        let faults = try attachments(path).faults
        #expect(faults.contains { $0.column == "file" && $0.line == 2 }, "\(faults)")
    }

    @Test func `a file above its limit is refused`() throws {
        let path = folder.path() + "stor.pdf"
        #expect(FileManager.default.createFile(atPath: path, contents: nil))
        #expect(truncate(path, SetupLimits.attachmentByteCountMax + 1) == 0)
        #expect(try attachments("stor.pdf").faults.map(\.message) == ["is larger than 50 MB"])
    }

    @Test func `a logo must be an image`() throws {
        let header = "key,name,logo\nstd,Standard,"
        try write("logo.png", "\u{89}PNG")
        try write("logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
        try write("form_templates.csv", header + "README.md\n")
        #expect(SetupReader.read(path: folder.path()).faults.map(\.column) == ["logo"])
        try write("form_templates.csv", header + "logo.svg\n")
        let setup = try SetupReader.read(path: folder.path()).get()
        #expect(setup.formTemplates.first?.form.logo?.count == 41)
    }
}
