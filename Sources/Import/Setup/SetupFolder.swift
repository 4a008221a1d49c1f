import FoundationEssentials
import Glibc

/// The folder that a set-up is read from; no file outside it can be reached through it.
///
/// Each part of a path is opened from the one before, without following links, so that what was
/// checked is what is read, whoever moves things about meanwhile.
package struct SetupFolder: Hashable, Sendable {
    /// The folder itself may be a link: whoever runs the import chose it.
    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// The names of what lies directly in it, in order; hidden files are passed over.
    func names() throws(TextFault) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path)
                .filter { !$0.hasPrefix(".") }.sorted()
        } catch {
            throw TextFault(
                line: 1, message: "is no folder that can be listed",
                advice: "See whether it exists and may be read")
        }
    }

    /// A file's bytes.
    func bytes(of relative: String, byteCountMax: Int) throws(TextFault) -> [UInt8] {
        let (descriptor, byteCount) = try open(relative, byteCountMax: byteCountMax)
        defer { close(descriptor) }
        return try Self.read(descriptor, expecting: byteCount, byteCountMax: byteCountMax)
    }

    /// A file's size, once it is sure that it can be read.
    func byteCount(of relative: String, byteCountMax: Int) throws(TextFault) -> Int {
        let (descriptor, byteCount) = try open(relative, byteCountMax: byteCountMax)
        close(descriptor)
        return byteCount
    }

    /// Opens an ordinary file and gives its size; the caller closes it.
    private func open(_ relative: String, byteCountMax: Int) throws(TextFault)
        -> (descriptor: CInt, byteCount: Int)
    {
        let parts = try Self.parts(of: relative)
        var folder = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw Self.unopened(errno) }
        defer { close(folder) }
        for part in parts.dropLast() {
            let next = openat(folder, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard next >= 0 else { throw Self.unopened(errno) }
            close(folder)
            folder = next
        }
        // Non-blocking, for the opening of a named pipe would wait for somebody to write in it.
        let file = openat(
            folder, parts[parts.count - 1],
            O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard file >= 0 else { throw Self.unopened(errno) }
        do {
            return (file, try Self.byteCount(file, byteCountMax: byteCountMax))
        } catch {
            close(file)
            throw error
        }
    }

    private static func byteCount(_ file: CInt, byteCountMax: Int) throws(TextFault) -> Int {
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw TextFault(
                line: 1, message: "is no ordinary file",
                advice: "Name a file, not a folder, a pipe or a device")
        }
        guard status.st_size <= byteCountMax else { throw tooLarge(byteCountMax) }
        return Int(status.st_size)
    }

    private static func read(_ file: CInt, expecting byteCount: Int, byteCountMax: Int)
        throws(TextFault) -> [UInt8]
    {
        var bytes = [UInt8](repeating: 0, count: min(byteCount, byteCountMax) + 1)
        var filled = 0
        while true {
            let count = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(file, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw unopened(errno) }
            guard count > 0 else { break }
            filled += count
            guard filled <= byteCountMax else { throw tooLarge(byteCountMax) }
            if filled == bytes.count { bytes += [UInt8](repeating: 0, count: 65_536) }
        }
        bytes.removeLast(bytes.count - filled)
        return bytes
    }
}

extension SetupFolder {
    /// The parts of a relative path that stays inside the folder.
    private static func parts(of path: String) throws(TextFault) -> [String] {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let isInside = parts.allSatisfy { part in
            !part.isEmpty && part != "." && part != ".." && part.utf8.count <= 255
                && !part.utf8.contains { $0 < 0x20 || $0 == UInt8(ascii: "\\") }
        }
        guard isInside, parts.count <= SetupLimits.pathDepthMax else {
            throw TextFault(
                line: 1, message: "is no path inside the set-up's folder",
                advice: "Name the file from there, without .. and not from the root")
        }
        return parts
    }

    private static func unopened(_ code: CInt) -> TextFault {
        switch code {
        case ENOENT:
            TextFault(
                line: 1, message: "does not exist",
                advice: "See to the name; it is sought beside the file that names it")
        case EACCES, EPERM:
            TextFault(line: 1, message: "may not be read", advice: "Let the user read it")
        case ELOOP, ENOTDIR:
            TextFault(
                line: 1, message: "is a link, or lies behind one",
                advice: "Put the file itself in the folder")
        default:
            TextFault(
                line: 1, message: "can't be read (error \(code))",
                advice: "See whether it is an ordinary file on a healthy disk")
        }
    }

    private static func tooLarge(_ byteCountMax: Int) -> TextFault {
        TextFault(
            line: 1, message: "is larger than \(byteCountMax / 1_000_000) MB",
            advice: "Make it smaller")
    }
}
