import Dispatching
import Foundation
import FoundationEssentials
import Invoicing
import Wire

extension Settings {
    /// Reads the settings; an option overrides the environment, which overrides the file, which
    /// overrides the default.
    ///
    /// A key `send.batch` is `send: batch:` in the file and `BUDSTIKKE_SEND_BATCH` in the
    /// environment; an empty value stands for the default. The file is the one named by `--config`,
    /// else `budstikke.yaml` in the working directory, else `/etc/budstikke/budstikke.yaml`, else
    /// none. The first invalid value throws a `ConfigurationError` that names the key, the value,
    /// its source and what is allowed.
    package static func load(
        options: GlobalOptions,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> Settings {
        let file = try SettingsFile.read(named: options.config)
        return try load(options: options, environment: environment, file: file)
    }

    static func load(
        options: GlobalOptions, environment: [String: String], file: SettingsFile
    ) throws -> Settings {
        var flags: [String: String] = [:]
        if let level = options.logLevel { flags["log.level"] = level }
        var reader = SettingsReader(flags: flags, environment: environment, file: file)
        var settings = Settings()
        try settings.readInstallation(&reader)
        try settings.provider.read(&reader)
        try settings.readMail(&reader)
        try settings.readJobs(&reader)
        try settings.readRetention(&reader)
        try settings.ping.read(&reader)
        try reader.refuseUnknownKeys()
        try settings.refuseContradictions()
        return settings
    }

    private mutating func readInstallation(_ reader: inout SettingsReader) throws {
        database = reader.string("database") ?? database
        // The value must not be shown, so this check differs from the others.
        guard !Conninfo.holdsPassword(database) else {
            throw ConfigurationError(
                "database: holds a password, from \(reader.source(of: "database"));"
                    + " put it into ~/.pgpass or a service file")
        }
        try reader.duration("database_lock_timeout", 0...86_400, &databaseLockSeconds)
        try reader.duration("database_statement_timeout", 0...86_400, &databaseStatementSeconds)
        installation = try reader.string(
            "installation", allowed: "a name of at most 100 characters on one line"
        ) { $0.count <= 100 && $0.escapingInvisibles == $0 }
        stateDirectory = try reader.string(
            "state_directory", allowed: "the path of a folder, from / on"
        ) { $0.hasPrefix("/") }
        logLevel = try reader.choice("log.level", among: GlobalOptions.logLevels) ?? logLevel
        logFormat = try reader.choice("log.format") ?? logFormat
        times = try reader.choice("times") ?? times
    }

    private mutating func readMail(_ reader: inout SettingsReader) throws {
        mail.fromAddress =
            try reader.string("mail.from_address", allowed: "an e-mail address") {
                EmailAddress($0) != nil
            } ?? mail.fromAddress
        mail.messageIDDomain = try reader.string(
            "mail.message_id_domain", allowed: "a domain name"
        ) { EmailAddress("a@\($0)") != nil }
        mail.dkimSelectors =
            try reader.value(
                "mail.dkim_selectors", allowed: "names with commas between them, as s1, s2",
                Self.selectors) ?? []
        mail.nameServer = try reader.string(
            "mail.name_server", allowed: "an IPv4 address, as 192.0.2.53 or 192.0.2.53:5353"
        ) { $0.wholeMatch(of: /([0-9]{1,3}\.){3}[0-9]{1,3}(:[0-9]{1,5})?/) != nil }
    }

    /// At most ten selectors, each one or more labels of a name; nil where one is none.
    private static func selectors(_ text: String) -> [String]? {
        let names = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        let isSound = names.allSatisfy { EmailAddress("a@\($0).dkim.no") != nil }
        return isSound && (1...10).contains(names.count) ? names : nil
    }

    private mutating func readJobs(_ reader: inout SettingsReader) throws {
        try reader.number("send.batch", 1...1_000, &send.batch)
        try reader.number("send.lease_seconds", 1...86_400, &send.leaseSeconds)
        try reader.number("send.in_doubt_grace_seconds", 0...86_400, &send.inDoubtGraceSeconds)
        try reader.number("send.in_doubt_window_seconds", 0...604_800, &send.inDoubtWindowSeconds)
        try reader.number("send.breaker_failures", 1...1_000, &send.breakerFailures)
        try reader.duration("send.warn_after", 1...2_592_000, &send.warnAfterSeconds)
        try reader.duration("send.give_up_after", 1...2_592_000, &send.giveUpAfterSeconds)
        try reader.duration("send.pause_min", 1...3_600, &send.pauseMinSeconds)
        try reader.duration("send.pause_max", 1...86_400, &send.pauseMaxSeconds)
        try reader.number(
            "send.bytes_in_flight_max", 1_000_000...10_000_000_000, &send.bytesInFlightMax)
        send.rates = SendRates(
            account: try reader.value(
                "send.rate", allowed: "a number of messages a second from 1 to 10000"
            ) { text in Int(text).flatMap { SendRates.limits.rate.contains($0) ? $0 : nil } },
            domains: try reader.value(
                "send.domain_rates",
                allowed: "at most 100 domains and messages a second as gmail.com=20, outlook.com=5",
                SendRates.domains) ?? [:])
        try reader.number("generate.batch", 1...10_000, &generate.batch)
        try reader.number("generate.ask_factor", 0...1_000, &generate.askFactor)
        try reader.number("reconcile.silent_after_hours", 1...8_760, &reconcile.silentAfterHours)
        try reader.number("reconcile.clock_skew_seconds", 0...3_600, &reconcile.clockSkewSeconds)
        try reader.number(
            "reconcile.overlap_seconds", 0...604_800, &reconcile.margins.overlapSeconds)
        try reader.number(
            "reconcile.logs_overlap_seconds", 0...2_592_000, &reconcile.margins.logsOverlapSeconds)
        try reader.number("reconcile.settle_seconds", 0...86_400, &reconcile.margins.settleSeconds)
    }

    private mutating func readRetention(_ reader: inout SettingsReader) throws {
        let day = 86_400
        try reader.number(
            "retention.invoice_years", RetentionPolicy.invoiceYearsMin...100,
            &retention.invoiceYears)
        try reader.number("retention.year_ends_in", 1...12, &retention.yearEndsIn)
        try reader.duration("retention.mail", 90 * day...3_660 * day, &retention.mailSeconds)
        try reader.duration("retention.runs", 41 * day...3_660 * day, &retention.runSeconds)
        try reader.duration("retention.audit", 365 * day...36_600 * day, &retention.auditSeconds)
    }

    /// Refuses values that are valid individually but not in combination.
    private func refuseContradictions() throws {
        guard send.leaseSeconds > provider.account.timeoutSeconds else {
            throw ConfigurationError(
                "send.lease_seconds: \(send.leaseSeconds) is not above provider.timeout_seconds,"
                    + " \(provider.account.timeoutSeconds): a request would outlive its claim")
        }
        guard send.inDoubtWindowSeconds > send.leaseSeconds else {
            throw ConfigurationError(
                "send.in_doubt_window_seconds: \(send.inDoubtWindowSeconds) is not above"
                    + " send.lease_seconds, \(send.leaseSeconds): an absence would be believed"
                    + " while a message may still be on its way")
        }
        guard send.giveUpAfterSeconds > send.warnAfterSeconds else {
            throw ConfigurationError(
                "send.give_up_after: is not longer than send.warn_after: nobody would be told"
                    + " before it is too late")
        }
        guard send.pauseMaxSeconds >= send.pauseMinSeconds else {
            throw ConfigurationError("send.pause_max: is shorter than send.pause_min")
        }
        guard send.inDoubtWindowSeconds >= send.inDoubtGraceSeconds else {
            throw ConfigurationError(
                "send.in_doubt_window_seconds: \(send.inDoubtWindowSeconds) is below"
                    + " send.in_doubt_grace_seconds, \(send.inDoubtGraceSeconds)")
        }
    }
}

extension Settings.Ping {
    fileprivate mutating func read(_ reader: inout SettingsReader) throws {
        generateInvoices = try url("ping.generate_invoices", &reader)
        sendDispatches = try url("ping.send_dispatches", &reader)
        reconcileBounces = try url("ping.reconcile_bounces", &reader)
    }

    private func url(_ key: String, _ reader: inout SettingsReader) throws -> String? {
        try reader.string(
            key,
            allowed: "an https address without a query (http goes to this machine only)",
            where: ProviderAddress.isAllowed
        ).map(ProviderAddress.withoutSlash)
    }
}

/// libpq's connection string, as far as a password in it can be told.
///
/// Both forms in the manual (PostgreSQL 15, 34.1.1) are recognised: `host=… password=…` and
/// `postgresql://user:password@host/…`.
enum Conninfo {
    static func holdsPassword(_ text: String) -> Bool {
        guard text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") else {
            return text.contains(/(^|\s)(ssl)?password\s*=/)
        }
        let rest = text[text.index(after: text.firstIndex(of: ":") ?? text.startIndex)...]
            .drop { $0 == "/" }
        let query = rest.drop { $0 != "?" }
        let decoded = query.removingPercentEncoding ?? String(query)
        let user = rest.prefix { $0 != "/" && $0 != "?" }.split(
            separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        return decoded.contains(/[?&](ssl)?password=/)
            || (user.count == 2 && user[0].contains(":"))
    }
}
