import Foundation
import Import

/// Reads a file's bytes: a regular file, not through a link, and not without bound.
enum FileBytes {
    static func read(_ path: String, limit: Int) throws -> [UInt8] {
        let name = (path as NSString).lastPathComponent
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw fault(
                name, "can't be opened", "check that it is there, is no link, and may be read")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw fault(name, "is no regular file", "name a file")
        }
        guard status.st_size <= limit else {
            throw fault(name, "is larger than \(limit >> 20) MB", "split the file")
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        guard let data = try handle.readToEnd() else { return [] }
        return [UInt8](data)
    }

    private static func fault(_ name: String, _ message: String, _ advice: String) -> ImportFaults {
        ImportFaults([
            ImportFault(file: name, line: 1, column: "(file)", message: message, advice: advice)
        ])
    }
}
