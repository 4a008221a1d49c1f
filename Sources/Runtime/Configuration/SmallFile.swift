import Glibc

/// A file of a few lines, read whole, with the owner and mode that it had while it was open.
///
/// Mode and bytes come from one descriptor, so nobody can swap the file between the two.
struct SmallFile {
    let bytes: [UInt8]
    /// The permission bits, as `0o600`.
    let mode: UInt32
    let owner: UInt32

    enum Failure: Error {
        case absent
        case notAFile
        case tooLarge
        /// What the system says.
        case unreadable(String)
    }

    static func read(_ path: String, sizeBytesMax: Int) throws(Failure) -> SmallFile {
        // Without O_NONBLOCK a named pipe would hold the program up for ever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw errno == ENOENT || errno == ENOTDIR ? .absent : .unreadable(reason())
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(reason()) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
        let bytes = try readAll(descriptor, sizeBytesMax: sizeBytesMax)
        return SmallFile(bytes: bytes, mode: status.st_mode & 0o777, owner: status.st_uid)
    }

    private static func readAll(
        _ descriptor: Int32, sizeBytesMax: Int
    ) throws(Failure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: sizeBytesMax + 1)
        var count = 0
        while count < bytes.count {
            let read = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress?.advanced(by: count), $0.count - count)
            }
            if read < 0 {
                if errno == EINTR { continue }
                throw .unreadable(reason())
            }
            if read == 0 { break }
            count += read
        }
        guard count <= sizeBytesMax else { throw .tooLarge }
        return Array(bytes[..<count])
    }

    private static func reason() -> String {
        String(cString: strerror(errno))
    }
}

extension SmallFile.Failure: CustomStringConvertible {
    /// The end of a sentence that begins with the file's name.
    var description: String {
        switch self {
        case .absent: "does not exist"
        case .notAFile: "is not a regular file"
        case .tooLarge: "is too large"
        case .unreadable(let reason): "can't be read: \(reason)"
        }
    }
}
