import Invoicing
import Wire
package import Dispatching

/// All that can be configured, with its defaults; read by `Settings.load`.
package struct Settings: Sendable {
    /// libpq's conninfo; empty leaves all to libpq's environment and service file.
    package var database = ""
    /// The longest wait for a lock, in seconds; 0 waits for ever.
    package var databaseLockSeconds = 60
    /// The longest that a statement may take, in seconds; 0 is for ever.
    package var databaseStatementSeconds = 900
    /// The name that this installation sends under; a restored copy named otherwise is refused.
    package var installation: String?
    /// Where a machine remembers what it has done; the usual places where there is none.
    package var stateDirectory: String?
    package var provider = Provider()
    package var mail = Mail()
    package var send = Send()
    package var generate = Generate()
    package var reconcile = Reconcile()
    package var logLevel = "info"
    package var logFormat = LogFormat.auto

    package init() {}

    /// The account at the e-mail provider.
    package struct Provider: Sendable {
        package var name = "sendgrid"
        /// A server instead of the provider's own.
        package var baseURL: String?
        /// Where the provider's servers stand: `us` or `eu`.
        package var region = "us"
        /// The sending domain, for a provider that keeps accounts by domain.
        package var domain: String?
        /// The message stream, for a provider that has such.
        package var stream: String?
        /// The mail relay and whom we log in as there; without a user nobody logs in (smtp).
        package var relayURL: String?
        package var relayUser: String?
        /// The address that bounces come back to, and the mailbox that they lie in (smtp).
        package var returnPath: String?
        package var mailboxURL: String?
        package var mailboxUser: String?
        /// Where TLS is demanded of `smtp` and `imap` addresses: `beyond_this_machine` or
        /// `always` (smtp).
        package var tls = "beyond_this_machine"
        /// A PEM file of the authorities to trust instead of the system's.
        package var authorityFile: String?
        /// The largest message that the relay takes (smtp).
        package var messageBytesMax = 10_240_000
        /// The file with the key that sends: the relay user's password (smtp).
        package var apiKeyFile: String?
        /// The file with the key that polls and lifts; the sending key where there is none.
        ///
        /// With smtp it is the mailbox user's password.
        package var reconcileKeyFile: String?
        /// How long the account's plan keeps what it tells of messages; nil for the vendor's least.
        package var logsKeptSeconds: Int?
        package var concurrency = 16
        package var timeoutSeconds = 30
    }

    /// What our e-mails say of their sender.
    package struct Mail: Sendable {
        /// The system's own sending address.
        package var fromAddress = "faktura@budstikke.invalid"
        /// The domain of Message-IDs; that of the sending address where there is none.
        package var messageIDDomain: String?
    }

    /// The limits of `send-dispatches`.
    package struct Send: Sendable {
        package var batch = 100
        package var leaseSeconds = 300
        package var inDoubtGraceSeconds = 900
        package var inDoubtWindowSeconds = 7_200
        package var breakerFailures = 5
        /// How long the provider may say "not now" before users are told, and before it is given up.
        package var warnAfterSeconds = 4 * 3_600
        package var giveUpAfterSeconds = 5 * 86_400
        /// The first pause after a "not now", and the longest.
        package var pauseMinSeconds = 60
        package var pauseMaxSeconds = 3_600
        /// How many bytes of messages are held in memory at once.
        package var bytesInFlightMax = 64_000_000
    }

    /// The limits of `generate-invoices`.
    package struct Generate: Sendable {
        package var batch = 200
    }

    /// The limits of `reconcile-bounces`.
    package struct Reconcile: Sendable {
        package var silentAfterHours = 72
        package var clockSkewSeconds = 5
        package var overlapSeconds = 3_600
        package var logsOverlapSeconds = 72 * 3_600
        package var settleSeconds = 1_800
    }
}

extension Settings {
    /// The limits of sending, as the core takes them.
    package var sendPolicy: SendPolicy {
        SendPolicy(
            giveUpAfterSeconds: send.giveUpAfterSeconds, graceSeconds: send.inDoubtGraceSeconds,
            windowSeconds: send.inDoubtWindowSeconds,
            backoff: Backoff(
                firstSeconds: Double(send.pauseMinSeconds),
                capSeconds: Double(send.pauseMaxSeconds)))
    }
}

extension Settings.Provider {
    /// All authorities that a system trusts take some 250 kB.
    private static let authorityBytesMax = 4 << 20

    /// The file of authorities, looked into, so that a slip is not told as a server that can't be
    /// trusted; nil where the system's are trusted.
    package func checkedAuthorityFile() throws -> String? {
        guard let path = authorityFile else { return nil }
        let setting = "provider.authority_file"
        let file: SmallFile
        do throws(SmallFile.Failure) {
            file = try SmallFile.read(path, sizeBytesMax: Self.authorityBytesMax)
        } catch {
            throw ConfigurationError("\(setting): \(path) \(error)")
        }
        guard String(decoding: file.bytes, as: UTF8.self).contains("-----BEGIN CERTIFICATE-----")
        else {
            throw ConfigurationError("\(setting): \(path) holds no certificate in PEM")
        }
        return path
    }
}

/// A setting that can't be: which, what it is, where it stands, and what it may be.
package struct ConfigurationError: ExitCoded, Equatable {
    package let description: String
    package var exit: BudstikkeExit { .configuration }

    /// A key or value is shown as far as one line goes, and steers no terminal.
    package init(_ description: String) {
        let start = description.unicodeScalars.prefix(Self.scalarsMax)
        self.description = String(String.UnicodeScalarView(start)).escapingInvisibles
    }

    private static let scalarsMax = 2_000

    /// A value that its setting does not allow.
    init(_ key: String, value: String, source: String, allowed: String) {
        self.init("\(key): '\(value.prefix(80))', from \(source), is not \(allowed)")
    }
}
