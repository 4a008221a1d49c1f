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
    package var ping = Ping()
    package var logLevel = "info"
    package var logFormat = LogFormat.auto

    package init() {}

    /// The account at the e-mail provider.
    package struct Provider: Sendable {
        /// Whose it is; a name that is no vendor's is told when the account is opened.
        package var vendor: Result<VendorSettings, UnknownProvider> = .success(
            .sendgrid(region: .us))
        package var account = AccountSettings()
        /// The file with the key that sends: the relay user's password (smtp).
        package var apiKeyFile: String?
        /// The file with the key that polls and lifts; the sending key where there is none.
        ///
        /// With smtp it is the mailbox user's password.
        package var reconcileKeyFile: String?

        /// The name in configuration and in the database.
        package var name: String {
            switch vendor {
            case .success(let vendor): vendor.name.rawValue
            case .failure(let unknown): unknown.name
            }
        }
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

    /// Who is told from outside when a program runs: an address for each; nil tells nobody.
    package struct Ping: Sendable {
        package var generateInvoices: String?
        package var sendDispatches: String?
        package var reconcileBounces: String?
    }

    /// The limits of `generate-invoices`.
    package struct Generate: Sendable {
        package var batch = 200
    }

    /// The limits of `reconcile-bounces`.
    package struct Reconcile: Sendable {
        package var silentAfterHours = 72
        package var clockSkewSeconds = 5
        package var margins = PollMargins()
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

    /// Looks into the file of authorities, so that a slip is not told as a server that can't be
    /// trusted.
    package func checkAuthorityFile() throws {
        guard let path = account.authorityFile else { return }
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
