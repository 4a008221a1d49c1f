/// Why a conversation with a mail server could not be held or finished.
package struct MailError: Error, Hashable {
    package enum Kind: Sendable {
        /// What was asked can't be asked of any server: a bad address, stray line ends.
        case invalid
        /// This server does not offer what it would need: size, SMTPUTF8, 8BITMIME, AUTH.
        case unsupported
        /// It may not be larger than the server says.
        case tooLarge
        case resolve
        case connect
        /// TLS came to nothing, and may come to something next time.
        case tls
        /// The server offers no TLS, or can't prove who it is: nothing is said to it.
        case untrusted
        /// The server refuses user or password, or us altogether.
        case login
        case timeout
        /// The deadline passed, or the program is to stop, before the end of the message was sent.
        case overdue
        /// The connection ended.
        case closed
        /// The server answered with something that is not its protocol, or more than is read.
        case malformed
        /// The server said no; its reply stands beside.
        case refused
    }

    package var kind: Kind
    /// One line, without secrets.
    package var reason: String
    /// The no that an SMTP server gave while the connection was opened.
    package var reply: SMTPReply?

    package init(_ kind: Kind, _ reason: String, reply: SMTPReply? = nil) {
        self.kind = kind
        self.reason = reason
        self.reply = reply
    }
}

extension MailError: CustomStringConvertible {
    package var description: String { reason }
}
