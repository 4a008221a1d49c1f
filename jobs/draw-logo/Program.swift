import Documents
import Glibc
import Version

/// draw-logo - validates a logo and draws it: its file on standard input, the answer on standard
/// output.
///
/// It is run only by the programs that draw invoices, once per logo. It is a separate program so
/// that no picture can block or crash a run: it opens no files, has no environment, and is limited
/// as set below. If it crashes, the picture is at fault.
///
/// Exit code: 0 with an answer, `drawn …` or `refused …`; 74 where it can't be read or written.
@main
enum Program {
    /// Processor time in seconds; a logo takes hundredths of one.
    static let secondsMax: rlim_t = 5
    /// Mapped memory in bytes, including libraries; the largest picture takes 64 MB.
    static let bytesMax: rlim_t = 768 * 1024 * 1024

    static func main() {
        if CommandLine.arguments.dropFirst() == ["--version"] {
            exit(write(Array("\(BudstikkeVersion.line(of: "draw-logo"))\n".utf8)) ? 0 : 74)
        }
        confine()
        guard let file = read() else { exit(74) }
        exit(write(LogoAnswer(to: file).bytes) ? 0 : 74)
    }

    /// Restricts the process before anything of the picture is read: no inherited files or
    /// connections, and no more of the machine than a logo needs.
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

    /// Sets a limit, or ends the program: nothing is drawn without it.
    private static func set(_ resource: __rlimit_resource, to most: rlim_t) {
        // At the first limit the process gets SIGXCPU; at the last it is killed.
        var limit = rlimit(rlim_cur: most, rlim_max: resource == RLIMIT_CPU ? most + 1 : most)
        guard setrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0 else { exit(74) }
    }

    /// Reads one byte more than is allowed, so that an oversized file is recognised; nil where it
    /// can't be read.
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
