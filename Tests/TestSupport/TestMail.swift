import Foundation

/// The Postfix and the Dovecot that `scripts/dev-mail` has started; scripts/test exports what it
/// printed as `BUDSTIKKE_TEST_MAIL`.
///
/// A test that wants them is enabled by `isThere`, so that it is listed as skipped, with the
/// reason, where they are not.
package enum TestMail {
    package static let absence: String =
        "BUDSTIKKE_TEST_MAIL is not set: scripts/test starts the mail servers, as root"

    package static var isThere: Bool { !values.isEmpty }

    /// The relay, the mailbox that its bounces come to, and whose it is.
    package static var relayURL: String { values["smtp"] ?? "" }
    package static var mailboxURL: String { values["imap"] ?? "" }
    package static var user: String { values["user"] ?? "" }
    package static var password: String { values["password"] ?? "" }

    /// Where mail is submitted with TLS and a log-in, by STARTTLS and from the first byte, and by
    /// whom; the same mailbox by TLS; and the authority that signed their certificate, which is
    /// for `localhost` alone.
    package static var submissionURL: String { values["submission"] ?? "" }
    package static var submissionTLSURL: String { values["smtps"] ?? "" }
    package static var relayUser: String { values["relay_user"] ?? "" }
    package static var relayPassword: String { values["relay_password"] ?? "" }
    package static var mailboxTLSURL: String { values["imaps"] ?? "" }
    package static var authorityFile: String { values["authority"] ?? "" }

    private static let values: [String: String] = {
        let line = ProcessInfo.processInfo.environment["BUDSTIKKE_TEST_MAIL"] ?? ""
        let pairs = line.split(separator: " ").compactMap { word -> (String, String)? in
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            return parts.count == 2 ? (parts[0], parts[1]) : nil
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }()
}
