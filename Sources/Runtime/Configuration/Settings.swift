package import Invoicing
import Wire
package import Dispatching

/// All settings with their defaults; read by `Settings.load`.
package struct Settings: Sendable {
    /// libpq's conninfo; empty leaves everything to libpq's environment and service file.
    package var database = ""
    /// The longest wait for a lock, in seconds; 0 waits forever.
    package var databaseLockSeconds = 60
    /// The longest that a statement may run, in seconds; 0 means no limit.
    package var databaseStatementSeconds = 900
    /// The name this installation sends under; a restored copy with another name is refused.
    ///
    /// Nil makes no such check.
    package var installation: String?
    /// Where a machine remembers what it has done; nil for the usual places (`StateDirectory`).
    package var stateDirectory: String?
    package var provider = Provider()
    package var mail = Mail()
    package var send = Send()
    package var generate = Generate()
    package var reconcile = Reconcile()
    package var retention = RetentionPolicy()
    package var ping = Ping()
    package var logLevel = "info"
    package var logFormat = LogFormat.auto
    /// How times are written for people.
    package var times = TimeStyle.rfc3339

    /// All settings at their defaults.
    package init() {}

    /// The account at the e-mail provider.
    package struct Provider: Sendable {
        /// Whose account it is; an unknown vendor name is reported when the account is opened.
        package var vendor: Result<VendorSettings, UnknownProvider> = .success(
            .sendgrid(region: .us))
        package var account = AccountSettings()
        /// The file with the key for sending, or the relay user's password (smtp); nil where there
        /// is none.
        package var apiKeyFile: String?
        /// The file with the key for polling and lifting; nil uses the sending key.
        ///
        /// With smtp it holds the mailbox user's password.
        package var reconcileKeyFile: String?

        /// The last day on which the keys are valid, where the vendor does not tell; nil for never, or
        /// not known.
        package var keyExpires: CivilDate?

        /// The provider's name in the configuration and in the database.
        package var name: String {
            switch vendor {
            case .success(let vendor): vendor.name.rawValue
            case .failure(let unknown): unknown.name
            }
        }
    }

    /// What our e-mails say about their sender.
    package struct Mail: Sendable {
        /// The system's own sending address.
        package var fromAddress = "faktura@budstikke.invalid"
        /// The domain of Message-IDs; nil uses that of the sending address.
        package var messageIDDomain: String?
        /// The selectors of the keys that sign it (DKIM); empty for those that the vendor usually has.
        package var dkimSelectors: [String] = []
        /// The name server that is asked about our domain, an IPv4 address and perhaps a port; nil
        /// for the system's.
        package var nameServer: String?
    }

    /// The limits of `send-dispatches`.
    package struct Send: Sendable {
        /// How many dispatches are claimed at a time.
        package var batch = 100
        /// How long a claim holds unless its outcome is written.
        package var leaseSeconds = 300
        /// How long to wait before asking the provider about a submission in doubt for the first
        /// time.
        package var inDoubtGraceSeconds = 900
        /// How long after the attempt absence at the provider proves that it was not accepted.
        package var inDoubtWindowSeconds = 7_200
        /// How many failures in a row stop the run.
        package var breakerFailures = 5
        /// How long the provider may defer mail before users are warned.
        package var warnAfterSeconds = 4 * 3_600
        /// How long the provider may defer mail before a dispatch is given up.
        package var giveUpAfterSeconds = 5 * 86_400
        /// The first pause after the provider defers mail; later ones grow.
        package var pauseMinSeconds = 60
        /// The longest pause after the provider defers mail.
        package var pauseMaxSeconds = 3_600
        /// How many bytes of messages are held in memory at once.
        package var bytesInFlightMax = 64_000_000
        /// How fast is sent, over all machines.
        package var rates = SendRates()
    }

    /// Who is told from outside when a program runs: an address for each; nil tells nobody.
    package struct Ping: Sendable {
        package var generateInvoices: String?
        package var sendDispatches: String?
        package var reconcileBounces: String?
    }

    /// The limits of `generate-invoices`.
    package struct Generate: Sendable {
        /// How many agreements share a transaction.
        package var batch = 200
        /// How often a tenant's largest day may be exceeded before a person is asked; 0 never asks.
        package var askFactor = 3
    }

    /// The limits of `reconcile-bounces`.
    package struct Reconcile: Sendable {
        /// How long after acceptance a dispatch that nothing was heard about counts as silent.
        package var silentAfterHours = 72
        /// How far the provider's clock may differ from ours.
        package var clockSkewSeconds = 5
        /// How much a poll reads again, and how close to the present it stops.
        package var margins = PollMargins()
    }
}

extension Settings {
    /// The limits on sending, in the form the core expects.
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
    /// All the authorities a system trusts take about 250 kB.
    private static let authorityBytesMax = 4 << 20

    /// Checks the file of certificate authorities, so that a mistake in it is not reported as an
    /// untrusted server.
    ///
    /// Throws `ConfigurationError` where it can't be used.
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

/// A setting that is invalid: which one, its value, its source, and what is allowed.
package struct ConfigurationError: ExitCoded, Equatable {
    /// The problem in one line.
    package let description: String
    package var exit: BudstikkeExit { .configuration }

    /// The keys and values shown are cut to one line and stripped of terminal control characters.
    package init(_ description: String) {
        let start = description.unicodeScalars.prefix(Self.scalarsMax)
        self.description = String(String.UnicodeScalarView(start)).escapingInvisibles
    }

    private static let scalarsMax = 2_000

    /// A value that is not allowed for its setting.
    init(_ key: String, value: String, source: String, allowed: String) {
        self.init("\(key): '\(value.prefix(80))', from \(source), is not \(allowed)")
    }
}
