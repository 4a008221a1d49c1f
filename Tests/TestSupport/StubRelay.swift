package import Foundation
import Synchronization

/// A loopback SMTP server that keeps what it is given and misbehaves as a script says.
package final class StubRelay: Sendable {
    /// A message that it took.
    package struct Taken: Hashable, Sendable {
        package var sender: String
        package var recipient: String
        /// With the doubled dots taken off again.
        package var message: [UInt8]
        package var takenAt = Date.now
    }

    /// What it does instead of the usual when a command comes.
    package enum Reaction: Sendable {
        /// Says this; a message is not taken.
        case say(String)
        /// Closes without a word; a message is not taken.
        case close
        /// Takes the message and breaks the connection before it says so.
        case takeAndReset
        /// Takes the message and says this, which is no reply.
        case takeAndSay(String)
        /// Takes the message and says nothing.
        case takeAndHang
        case hang
    }

    /// Asked at each command (`HELLO` is the greeting, `.` a message's end), of each connection.
    package typealias Script = @Sendable (_ command: String, _ connection: Int) -> Reaction?

    private struct State {
        var taken: [Taken] = []
        var commands: [String] = []
    }

    private let abilities: [String]
    private let script: Script
    private let state: StateBox
    private let server: StubLineServer

    private final class StateBox: Sendable {
        let value = Mutex(State())
    }

    package init(
        abilities: [String] = ["SIZE 1000000", "8BITMIME", "DSN"],
        _ script: @escaping Script = { _, _ in nil }
    ) {
        let state = StateBox()
        self.abilities = abilities
        self.script = script
        self.state = state
        server = StubLineServer { connection in
            Self.serve(connection, abilities, script, state)
        }
    }

    package var url: String { "smtp://127.0.0.1:\(server.port)" }
    package var taken: [Taken] { state.value.withLock { $0.taken } }
    package var commands: [String] { state.value.withLock { $0.commands } }

    package func stop() { server.stop() }

    private static func serve(
        _ connection: StubLineServer.Connection, _ abilities: [String], _ script: Script,
        _ state: StateBox
    ) {
        var (sender, recipient) = ("", "")
        func react(_ command: String, _ usual: String, take: Taken? = nil) -> Step {
            let reaction = script(command, connection.number)
            switch reaction {
            case nil, .takeAndReset, .takeAndHang, .takeAndSay:
                if let take { state.value.withLock { $0.taken.append(take) } }
            case .say, .close, .hang: break
            }
            switch reaction {
            case nil:
                connection.write(usual)
                return .usual
            case .say(let text):
                connection.write(text + "\r\n")
                return text.hasPrefix("421") ? .over : .other
            case .takeAndSay(let text): connection.write(text)
            case .takeAndReset: connection.reset()
            case .takeAndHang, .hang: connection.hang()
            case .close: break
            }
            return .over
        }
        let offer = ["stub"] + abilities
        let hello = offer.enumerated().map { index, ability in
            "250\(index == offer.count - 1 ? " " : "-")\(ability)\r\n"
        }.joined()
        guard react("HELLO", "220 stub\r\n") != .over else { return }
        while let line = connection.line() {
            state.value.withLock { $0.commands.append(line) }
            let command = line.split(separator: " ").first.map { $0.uppercased() } ?? ""
            var step = Step.usual
            switch command {
            case "EHLO": step = react(command, hello)
            case "MAIL":
                sender = path(line)
                step = react(command, "250 2.1.0 ok\r\n")
            case "RCPT":
                recipient = path(line)
                step = react(command, "250 2.1.5 ok\r\n")
            case "DATA":
                step = react(command, "354 go on\r\n")
                guard step == .usual else { break }
                guard let message = content(connection) else { return }
                let taken = Taken(sender: sender, recipient: recipient, message: message)
                step = react(".", "250 2.0.0 Ok: queued\r\n", take: taken)
            case "QUIT":
                connection.write("221 bye\r\n")
                return
            default: step = react(command, "250 ok\r\n")
            }
            guard step != .over else { return }
        }
    }

    /// What became of a reaction.
    private enum Step {
        case usual, other, over
    }

    private static func path(_ line: String) -> String {
        guard let start = line.firstIndex(of: "<"), let end = line.firstIndex(of: ">") else {
            return ""
        }
        return String(line[line.index(after: start)..<end])
    }

    private static func content(_ connection: StubLineServer.Connection) -> [UInt8]? {
        var content: [UInt8] = []
        while let line = connection.lineBytes() {
            if line == Array(".\r\n".utf8) { return content }
            content += line.first == UInt8(ascii: ".") ? Array(line.dropFirst()) : line
        }
        return nil
    }
}
