import Foundation
import Glibc
import Import

/// Reads a file's bytes: a regular file, not through a link, and not without bound.
enum FileBytes {
    /// Without following a link, without waiting for whoever writes in a pipe.
    private static let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC

    static func read(_ path: String, limit: Int) throws -> [UInt8] {
        try contents(of: open(path, flags), (path as NSString).lastPathComponent, limit: limit)
    }

    /// A file below a folder; each part of its path is opened from the one before, so that no
    /// link on the way leads elsewhere.
    static func read(_ path: String, below folder: String, limit: Int) throws -> [UInt8] {
        let parts = path.split(separator: "/").map(String.init)
        let name = parts.last ?? path
        var directory = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        for part in parts.dropLast() where directory >= 0 {
            let next = openat(directory, part, flags | O_DIRECTORY)
            close(directory)
            directory = next
        }
        guard directory >= 0 else { throw unopened(name) }
        defer { close(directory) }
        return try contents(of: openat(directory, name, flags), name, limit: limit)
    }

    private static func contents(of descriptor: CInt, _ name: String, limit: Int) throws -> [UInt8]
    {
        guard descriptor >= 0 else { throw unopened(name) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw fault(name, "is no regular file", "name a file")
        }
        guard status.st_size <= limit else {
            throw fault(name, "is larger than \(limit / 1_000_000) MB", "split the file")
        }
        return try bytes(of: descriptor, name, count: status.st_size)
    }

    /// As many as the file was said to have, once and in place: large files are not held twice.
    private static func bytes(of descriptor: CInt, _ name: String, count: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count, let start = buffer.baseAddress {
                let more = Glibc.read(descriptor, start + filled, count - filled)
                guard more >= 0 || errno == EINTR else { throw unopened(name) }
                guard more != 0 else { return }
                filled += max(more, 0)
            }
        }
    }

    private static func unopened(_ name: String) -> ImportFaults {
        fault(name, "can't be opened", "check that it is there, is no link, and may be read")
    }

    private static func fault(_ name: String, _ message: String, _ advice: String) -> ImportFaults {
        ImportFaults([
            ImportFault(file: name, line: 1, column: "(file)", message: message, advice: advice)
        ])
    }
}
