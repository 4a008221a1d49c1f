import Glibc

/// The append-only file of everything accepted: JSON Lines, one entry a line.
///
/// An answer leaves only after its lines are written, so whoever was answered is in the file even
/// when the process is killed the next moment. Whether it is also on the disk when the machine
/// loses power, `syncs` decides. A last line without its end was never answered for and is cut off
/// when the file is opened. The file is locked: two sandboxes can't share it.
final class Ledger {
    private let descriptor: Int32
    private let path: String
    private let syncs: Bool
    /// Where each line ends; the sequence number of a line is its place here, from 1.
    private var ends: [Int] = []

    /// How much is read at a time.
    private static let chunkBytes = 1 << 20

    /// Opens the file, or one without a name that goes when the process does.
    init(path: String?, syncs: Bool) throws(LedgerError) {
        self.path = path ?? "a temporary file"
        self.syncs = syncs
        descriptor =
            path.map { open($0, O_RDWR | O_CREAT | O_CLOEXEC, 0o600) }
            ?? Self.openTemporary()
        guard descriptor >= 0 else { throw LedgerError(failedTo: "open the ledger \(self.path)") }
        guard Self.lock(descriptor) else {
            throw LedgerError(failedTo: "lock the ledger \(self.path)")
        }
    }

    deinit {
        close(descriptor)
    }

    /// The number of lines.
    var count: Int { ends.count }

    /// The length of the whole lines in bytes.
    var byteCount: Int { ends.last ?? 0 }

    /// Where the lines after the first `count` begin.
    func start(after count: Int) -> Int {
        count <= 0 ? 0 : ends[min(count, ends.count) - 1]
    }

    /// Writes entries in one go; when it fails, the file is as it was before.
    func append(_ entries: [LedgerEntry]) throws(LedgerError) {
        var lines: [UInt8] = []
        var newEnds: [Int] = []
        for entry in entries {
            entry.json.write(to: &lines)
            lines.append(UInt8(ascii: "\n"))
            newEnds.append(byteCount + lines.count)
        }
        do {
            try write(lines)
        } catch {
            ftruncate(descriptor, byteCount)
            throw error
        }
        ends += newEnds
    }

    /// Forgets everything.
    func truncate() throws(LedgerError) {
        guard ftruncate(descriptor, 0) == 0 else {
            throw LedgerError(failedTo: "empty the ledger \(path)")
        }
        ends = []
    }

    /// Reads all entries from the beginning and cuts off an unfinished last line.
    func restore(_ body: (LedgerEntry) -> Void) throws(LedgerError) {
        ends = []
        var pending: [UInt8] = []
        var offset = 0
        while true {
            let chunk = try read(from: offset, upTo: Self.chunkBytes)
            guard !chunk.isEmpty else { break }
            offset += chunk.count
            pending += chunk
            var start = 0
            while let newline = pending[start...].firstIndex(of: UInt8(ascii: "\n")) {
                body(try entry(in: pending[start..<newline]))
                ends.append(byteCount + newline + 1 - start)
                start = newline + 1
            }
            pending.removeFirst(start)
        }
        guard ftruncate(descriptor, byteCount) == 0 else {
            throw LedgerError(failedTo: "cut the unfinished line off the ledger \(path)")
        }
    }

    /// Reads at most `count` bytes of whole lines; none at the end.
    func read(from offset: Int, upTo count: Int) throws(LedgerError) -> [UInt8] {
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            let got = pread(descriptor, buffer.baseAddress, count, offset)
            failed = got < 0
            initialized = max(0, got)
        }
        guard !failed else { throw LedgerError(failedTo: "read the ledger \(path)") }
        return bytes
    }

    /// Locks the file, and waits a second for whoever is about to let go of it.
    ///
    /// A program that the holder starts has the lock too, until it has become another program.
    private static func lock(_ descriptor: Int32) -> Bool {
        for _ in 0..<20 {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
            guard errno == EWOULDBLOCK else { return false }
            usleep(50_000)
        }
        return flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }

    private static func openTemporary() -> Int32 {
        var template = Array("/tmp/sandbox-ledger-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        if descriptor >= 0 { unlink(template) }
        return descriptor
    }

    private func entry(in line: ArraySlice<UInt8>) throws(LedgerError) -> LedgerEntry {
        guard let json = try? JSONReader.read(line), let entry = LedgerEntry(json: json) else {
            throw LedgerError(
                action: "restore from the ledger \(path)",
                cause: "line \(count + 1) is no entry of a sandbox's ledger")
        }
        return entry
    }

    private func write(_ bytes: [UInt8]) throws(LedgerError) {
        var written = 0
        while written < bytes.count {
            let result = bytes.withUnsafeBytes {
                pwrite(
                    descriptor, $0.baseAddress.map { $0 + written }, $0.count - written,
                    byteCount + written)
            }
            if result < 0, errno == EINTR { continue }
            guard result > 0 else { throw LedgerError(failedTo: "write to the ledger \(path)") }
            written += result
        }
        if syncs, fdatasync(descriptor) != 0 {
            throw LedgerError(failedTo: "sync the ledger \(path)")
        }
    }
}

/// A message to one recipient that the sandbox has answered for: one line of the ledger.
struct AcceptedMessage: Hashable, Sendable {
    var acceptedAt: Timestamp
    /// From when its events can be seen; they happened at `acceptedAt` all the same.
    var visibleAt: Timestamp
    /// The provider's own id of the message, in the form of its vendor.
    var messageID: String
    var from: String
    var to: String
    var subject: String
    /// Name and value, in the order of the request.
    var customArguments: [JSONValue.Member]
    /// The `Message-ID` header that the client asked for.
    var headerMessageID: String?
    /// Postmark's message stream, where it came in by that.
    var stream: String?
    var behaviour: Behaviour
    var outcome: Outcome
    /// Of the whole request body as it came, so that two tries can be compared byte by byte.
    var body: BodyDigest
    var attachments: [AttachmentSize]

    /// Our client's own id of the dispatch, where it sent one; Postmark's names have dashes.
    var dispatchID: String? {
        customArguments.last { ["dispatch_id", "dispatch-id"].contains($0.name) }?.value.text
    }
}

/// The length of a request body and its SHA-256 in hexadecimal.
struct BodyDigest: Hashable, Sendable {
    var byteCount: Int
    var sha256: String
}

/// An attachment as the request named it, with the length of its Base64.
struct AttachmentSize: Hashable, Sendable {
    var fileName: String
    var encodedByteCount: Int
}

/// Why the ledger can't be kept; the sandbox then accepts nothing.
package struct LedgerError: Error, Hashable, CustomStringConvertible {
    /// What was being done, as `open the ledger /tmp/ledger.jsonl`.
    package var action: String
    /// What stood in the way, as `Permission denied`.
    package var cause: String

    init(action: String, cause: String) {
        self.action = action
        self.cause = cause
    }

    /// The error of the system call that just failed.
    init(failedTo action: String) {
        self.init(action: action, cause: String(cString: strerror(errno)))
    }

    package var description: String {
        "cannot \(action): \(cause)"
    }
}
