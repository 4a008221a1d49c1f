import FoundationEssentials
import Glibc
import Runtime

/// A program of the system's that is asked one question, with a limit on its time and its words.
///
/// It gets nothing but a path to look for programs, and C's language.
struct SystemCommand {
    /// The name, looked for in PATH, and the arguments.
    let words: [String]
    /// How long it may take before it is killed.
    var secondsMax = 5
    var bytesMax = 64 << 10

    init(_ words: [String]) {
        self.words = words
    }

    /// What it printed; nil where it is not there, fails, says too much or takes too long.
    func output() -> String? {
        var ends: [CInt] = [-1, -1]
        let kind = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { return nil }
        defer { close(ends[0]) }
        let started = start(printingTo: ends[1])
        close(ends[1])
        guard let process = started else { return nil }
        let deadline = Deadline(after: .seconds(secondsMax))
        let printed = read(ends[0], until: deadline)
        guard let printed, let status = LogoProcess.wait(for: process, until: deadline) else {
            kill(process, SIGKILL)
            _ = LogoProcess.wait(for: process, until: nil)
            return nil
        }
        return status == 0 ? String(decoding: printed, as: UTF8.self) : nil
    }

    private func start(printingTo descriptor: CInt) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, descriptor, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let texts: [[UnsafeMutablePointer<CChar>?]] =
            [words, ["PATH=\(path)", "LC_ALL=C"]].map { $0.map { strdup($0) } }
        defer { for text in texts.joined() { free(text) } }
        var process = pid_t()
        let status = posix_spawnp(
            &process, words[0], &actions, nil, texts[0] + [nil], texts[1] + [nil])
        return status == 0 ? process : nil
    }

    /// All that comes before the end; nil where that does not come in time.
    private func read(_ descriptor: CInt, until deadline: Deadline) -> [UInt8]? {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4_096)
        while !deadline.hasPassed, bytes.count <= bytesMax {
            var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&state, 1, 50) > 0 else { continue }
            let count = Glibc.read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return bytes }
            bytes += piece[..<count]
        }
        return nil
    }
}
