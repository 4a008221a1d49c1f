import Foundation
import Synchronization

/// A loopback IMAP server with one mailbox, that answers otherwise where a script says so.
package final class StubMailbox: Sendable {
    /// A mail in it.
    package struct Mail: Hashable, Sendable {
        package var uid: Int
        /// As IMAP writes it: `24-Nov-2026 10:00:00 +0100`.
        package var date: String
        package var text: String

        package init(uid: Int, date: String, text: String) {
            self.uid = uid
            self.date = date
            self.text = text
        }
    }

    /// What is said to a command instead, `TAG` standing for its tag; empty hangs up, nil is the
    /// usual.
    package typealias Script = @Sendable (_ command: String, _ connection: Int) -> String?

    private final class Lines: Sendable {
        let value = Mutex<[String]>([])
    }

    private let server: StubLineServer
    private let lines: Lines

    /// The mails are asked for at each command.
    package init(
        _ mails: @escaping @Sendable () -> [Mail], _ script: @escaping Script = { _, _ in nil }
    ) {
        let lines = Lines()
        self.lines = lines
        server = StubLineServer { connection in
            connection.write("* OK ready\r\n")
            while let line = connection.line() {
                lines.value.withLock { $0.append(line) }
                let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
                guard parts.count == 2 else { return }
                if let answer = script(parts[1], connection.number) {
                    guard !answer.isEmpty else { return }
                    connection.write(answer.replacing("TAG", with: parts[0]))
                    continue
                }
                connection.write(Self.answer(parts[1], mails()) + "\(parts[0]) OK done\r\n")
                if parts[1] == "LOGOUT" { return }
            }
        }
    }

    package var url: String { "imap://127.0.0.1:\(server.port)" }
    package var commands: [String] { lines.value.withLock(\.self) }

    private static func answer(_ command: String, _ mails: [Mail]) -> String {
        let words = command.split(separator: " ")
        switch words.prefix(2).joined(separator: " ") {
        case "CAPABILITY": return "* CAPABILITY IMAP4rev1\r\n"
        case "UID SEARCH":
            return "* SEARCH \(mails.map { "\($0.uid)" }.joined(separator: " "))\r\n"
        case "UID FETCH":
            let wanted = Set(words[2].split(separator: ",").compactMap { Int($0) })
            return mails.enumerated().filter { wanted.contains($0.element.uid) }
                .map { index, mail in
                    let size = mail.text.utf8.count
                    return command.contains("BODY")
                        ? "* \(index + 1) FETCH (UID \(mail.uid) BODY[]<0> {\(size)}\r\n"
                            + "\(mail.text))\r\n"
                        : "* \(index + 1) FETCH (INTERNALDATE \"\(mail.date)\""
                            + " RFC822.SIZE \(size) UID \(mail.uid) FLAGS (\\Recent))\r\n"
                }.joined()
        default:
            guard words.first == "EXAMINE" else { return "" }
            return "* \(mails.count) EXISTS\r\n* OK [UIDVALIDITY 3857529045] valid\r\n"
        }
    }
}
