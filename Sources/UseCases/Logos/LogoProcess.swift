package import Documents
import Glibc
package import Runtime

/// The program `draw-logo`, run for one picture: with nothing but the picture, and with a time
/// limit.
///
/// It gets no environment and no descriptor but its socket, and is killed by its id if it is not
/// done in time or a stop is requested.
package struct LogoProcess: Sendable {
    /// How the process ended.
    package enum Ending: Hashable, Sendable {
        /// It gave an answer.
        case answer(LogoAnswer)
        /// The picture exceeded its time or memory, or crashed it.
        case broken
        /// It did not finish, for a reason that as far as is known is not the picture's.
        case interrupted(reason: String)
    }

    /// In seconds; far more than the processor time limit, which ends a picture long before: a busy
    /// machine may give a process a tenth of it.
    package static let secondsMax = 120

    let program: String
    let seconds: Int
    let stop: StopSignal

    /// Runs the program at a path, for at most so many seconds.
    package init(program: String, seconds: Int = Self.secondsMax, stop: StopSignal) {
        self.program = program
        self.seconds = seconds
        self.stop = stop
    }

    /// The one in the folder of the running program; throws `ConfigurationError` where it is
    /// missing.
    package static func beside(stop: StopSignal) throws -> LogoProcess {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &path, path.count - 1)
        let own = String(decoding: path.prefix(max(0, count)).map(UInt8.init), as: UTF8.self)
        guard let slash = own.lastIndex(of: "/") else { throw missing(own) }
        let program = "\(own[..<slash])/draw-logo"
        guard access(program, X_OK) == 0 else { throw missing(program) }
        return LogoProcess(program: program, stop: stop)
    }

    private static func missing(_ path: String) -> ConfigurationError {
        ConfigurationError(
            "\(path): there is no such program, and no logo can be drawn without it: install it"
                + " beside the others")
    }

    /// Draws one picture; a process that can't be started counts as interrupted.
    package func run(_ picture: [UInt8]) throws -> Ending {
        var ends: [CInt] = [-1, -1]
        guard socketpair(AF_UNIX, Self.kind, 0, &ends) == 0 else {
            return .interrupted(reason: Self.reason)
        }
        defer { close(ends[0]) }
        let started = start(on: ends[1])
        close(ends[1])
        guard let process = started else { return .interrupted(reason: Self.reason) }
        let deadline = Deadline(after: .seconds(seconds))
        let talk = converse(on: ends[0], picture, until: deadline)
        // After a complete answer it exits by itself; otherwise it is killed now.
        guard case .said(let answer) = talk,
            let status = Self.wait(for: process, until: deadline)
        else {
            kill(process, SIGKILL)
            _ = Self.wait(for: process, until: nil)
            return talk == .tooMuch ? .broken : .interrupted(reason: "it took too long")
        }
        return Self.ending(status, answer)
    }

    // MARK: The process

    private func start(on descriptor: CInt) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_adddup2(&actions, descriptor, 0)
        posix_spawn_file_actions_adddup2(&actions, descriptor, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        // A process group of its own, so that a terminal's signal is not mistaken for the picture's
        // fault.
        // With no signal blocked or ignored, whatever was inherited.
        var (all, none) = (sigset_t(), sigset_t())
        sigfillset(&all)
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        var process = pid_t()
        let name = strdup("draw-logo")
        defer { free(name) }
        let status = posix_spawn(&process, program, &actions, &attributes, [name, nil], [nil])
        errno = status
        return status == 0 ? process : nil
    }

    /// The exit status; nil where it still runs at the deadline, or where a stop was requested.
    static func wait(for process: pid_t, until deadline: Deadline?) -> CInt? {
        var status: CInt = 0
        while true {
            let ended = waitpid(process, &status, deadline == nil ? 0 : WNOHANG)
            if ended == process { return status }
            // If the caller has its children reaped automatically, the answer is all there is.
            if ended < 0, errno == ECHILD { return 0 }
            if let deadline {
                if deadline.hasPassed { return nil }
                usleep(1_000)
            }
        }
    }

    /// A signal raised by the process itself is the picture's fault; one that was sent is not.
    private static func ending(_ status: CInt, _ answer: [UInt8]) -> Ending {
        let signal = status & 0x7F
        guard signal == 0 else {
            let own = [SIGSEGV, SIGABRT, SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSYS, SIGXCPU, SIGXFSZ]
            return own.contains(signal)
                ? .broken : .interrupted(reason: "it was ended by signal \(signal)")
        }
        let code = status >> 8 & 0xFF
        guard code == 0 else { return .interrupted(reason: "it ended with \(code)") }
        return LogoAnswer(answer).map(Ending.answer)
            ?? .interrupted(reason: "its answer is none")
    }

    // MARK: The conversation

    private enum Talk: Equatable {
        case said([UInt8])
        case tooMuch
        case cutOff
    }

    /// Sends the picture and receives the answer concurrently.
    private func converse(
        on socket: CInt, _ picture: [UInt8], until deadline: Deadline
    ) -> Talk {
        var (rest, answer) = (picture[...], [UInt8]())
        var piece = [UInt8](repeating: 0, count: 65_536)
        var isGiven = false
        while !stop.isRequested, !deadline.hasPassed {
            if rest.isEmpty, !isGiven {
                shutdown(socket, Int32(SHUT_WR))
                isGiven = true
            }
            let wish = Int16(POLLIN) | (rest.isEmpty ? 0 : Int16(POLLOUT))
            var state = pollfd(fd: socket, events: wish, revents: 0)
            // Polls often, so that a stop is not delayed.
            guard poll(&state, 1, 50) > 0 else { continue }
            if state.revents & Int16(POLLOUT) != 0 { send(&rest, on: socket) }
            guard state.revents & ~Int16(POLLOUT) != 0 else { continue }
            let count = recv(socket, &piece, piece.count, Int32(MSG_DONTWAIT))
            if count < 0, [EAGAIN, EINTR].contains(errno) { continue }
            guard count > 0 else { return .said(answer) }
            answer += piece[..<count]
            if answer.count > LogoAnswer.bytesMax { return .tooMuch }
        }
        return .cutOff
    }

    /// It may have rejected the picture, or exited, before reading everything.
    private func send(_ rest: inout ArraySlice<UInt8>, on socket: CInt) {
        let count = rest.withUnsafeBytes {
            Glibc.send(
                socket, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
        }
        if count < 0, ![EAGAIN, EINTR].contains(errno) { rest = [] }
        if count > 0 { rest = rest.dropFirst(count) }
    }

    private static var kind: CInt {
        CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    }

    private static var reason: String {
        String(cString: strerror(errno))
    }
}
