import Documents
import Glibc
import Version

/// draw-logo - proves a logo and draws it: its file on standard input, the answer on standard output.
///
/// Run by the programs that draw invoices, once for a logo's bytes, and by nobody else. It is a
/// program of its own so that no picture can hold up or end a run: it opens nothing, has no
/// environment, and lives within what is set below. What breaks it is the picture's fault.
///
/// Exit code: 0 with an answer, `drawn …` or `refused …`; 74 where it can't be read or written.
@main
enum Program {
    /// In seconds of the processor; a logo takes hundredths of one.
    static let secondsMax: rlim_t = 5
    /// Of memory that is mapped, libraries and all; a picture of the most pixels takes 64 MB.
    static let bytesMax: rlim_t = 768 * 1024 * 1024

    static func main() {
        if CommandLine.arguments.dropFirst() == ["--version"] {
            exit(write(Array("\(BudstikkeVersion.line(of: "draw-logo"))\n".utf8)) ? 0 : 74)
        }
        confine()
        guard let file = read() else { exit(74) }
        exit(write(LogoAnswer(to: file).bytes) ? 0 : 74)
    }

    /// Before anything of the picture is read: no other's files or connections, and no more of the
    /// machine than a logo needs.
    private static func confine() {
        for descriptor in 3..<Int32(sysconf(Int32(_SC_OPEN_MAX)).clamped(to: 3...65_536)) {
            close(descriptor)
        }
        set(RLIMIT_CPU, to: secondsMax)
        set(RLIMIT_AS, to: bytesMax)
        set(RLIMIT_NOFILE, to: 3)
        set(RLIMIT_FSIZE, to: 0)
        set(RLIMIT_CORE, to: 0)
    }

    /// A limit that can't be set is no reason to draw without it.
    private static func set(_ resource: __rlimit_resource, to most: rlim_t) {
        // Above the first the processor's limit is told as its own signal; at the last it kills.
        var limit = rlimit(rlim_cur: most, rlim_max: resource == RLIMIT_CPU ? most + 1 : most)
        guard setrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0 else { exit(74) }
    }

    /// One byte more than is allowed tells that it is too much.
    private static func read() -> [UInt8]? {
        var file: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while file.count <= LogoLimits.bytesMax {
            let count = Glibc.read(0, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { return file }
            file += piece[..<count]
        }
        return file
    }

    private static func write(_ answer: [UInt8]) -> Bool {
        var rest = answer[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}

extension Int {
    fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
