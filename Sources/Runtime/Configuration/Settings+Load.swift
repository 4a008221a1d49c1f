import Foundation
import FoundationEssentials
import Invoicing
import Wire

extension Settings {
    /// Reads the settings: option over environment over file over default.
    ///
    /// A key `send.batch` is `send: batch:` in the file and `BUDSTIKKE_SEND_BATCH` in the
    /// environment; an empty value stands for the default. The file is the one that `--config`
    /// names, else `budstikke.yaml` here, else `/etc/budstikke/budstikke.yaml`, else none.
    /// The first bad value is a `ConfigurationError` that names the key, the value, where it
    /// stands and what is allowed.
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
        try settings.readProvider(&reader)
        try settings.readJobs(&reader)
        try reader.refuseUnknownKeys()
        try settings.refuseContradictions()
        return settings
    }

    private mutating func readInstallation(_ reader: inout SettingsReader) throws {
        database = reader.string("database") ?? database
        // The value must not be shown, so this is not a test like the others.
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
        logFormat =
            try reader.choice("log.format", among: LogFormat.allCases.map(\.rawValue))
            .flatMap(LogFormat.init) ?? logFormat
    }

    private mutating func readProvider(_ reader: inout SettingsReader) throws {
        // Which names there are is known where the providers are.
        provider.name =
            try reader.string("provider.name", allowed: "the name of a provider") {
                $0.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber) }
            } ?? provider.name
        provider.baseURL = try reader.string(
            "provider.base_url",
            allowed: "an https address without a query (http goes to this machine only)",
            where: ProviderAddress.isAllowed
        ).map(ProviderAddress.withoutSlash)
        provider.region =
            try reader.choice("provider.region", among: ["us", "eu"]) ?? provider.region
        provider.domain = try reader.string(
            "provider.domain", allowed: "a domain name"
        ) { EmailAddress("a@\($0)") != nil }
        provider.stream = try reader.string(
            "provider.stream", allowed: "letters, digits, - and _"
        ) { $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) } }
        try readRelay(&reader)
        provider.authorityFile = reader.string("provider.authority_file")
        provider.apiKeyFile = reader.string("provider.api_key_file")
        provider.reconcileKeyFile = reader.string("provider.reconcile_key_file")
        var logsKept = 0
        try reader.duration("provider.logs_kept", 3_600...31_536_000, &logsKept)
        if logsKept > 0 { provider.logsKeptSeconds = logsKept }
        try reader.number("provider.concurrency", 1...256, &provider.concurrency)
        try reader.number("provider.timeout_seconds", 1...600, &provider.timeoutSeconds)
        mail.fromAddress =
            try reader.string("mail.from_address", allowed: "an e-mail address") {
                EmailAddress($0) != nil
            } ?? mail.fromAddress
        mail.messageIDDomain = try reader.string(
            "mail.message_id_domain", allowed: "a domain name"
        ) { EmailAddress("a@\($0)") != nil }
    }

    /// What only SMTP needs; the addresses are read whole where they are spoken to.
    private mutating func readRelay(_ reader: inout SettingsReader) throws {
        provider.relayURL = try reader.string(
            "provider.relay_url", allowed: "smtp://host:port or smtps://host:port"
        ) { $0.hasPrefix("smtp://") || $0.hasPrefix("smtps://") }
        provider.mailboxURL = try reader.string(
            "provider.mailbox_url", allowed: "imaps://host/mailbox or imap://host/mailbox"
        ) { $0.hasPrefix("imap://") || $0.hasPrefix("imaps://") }
        let line = "a name of at most 200 characters on one line"
        let isLine: (String) -> Bool = { $0.count <= 200 && $0.escapingInvisibles == $0 }
        provider.relayUser = try reader.string(
            "provider.relay_user", allowed: line, where: isLine)
        provider.mailboxUser = try reader.string(
            "provider.mailbox_user", allowed: line, where: isLine)
        provider.returnPath = try reader.string(
            "provider.return_path", allowed: "an e-mail address"
        ) { EmailAddress($0) != nil }
        provider.tls =
            try reader.choice("provider.tls", among: ["beyond_this_machine", "always"])
            ?? provider.tls
        try reader.number(
            "provider.message_bytes_max", 10_000...1_000_000_000, &provider.messageBytesMax)
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
        try reader.number("generate.batch", 1...10_000, &generate.batch)
        try reader.number("reconcile.silent_after_hours", 1...8_760, &reconcile.silentAfterHours)
        try reader.number("reconcile.clock_skew_seconds", 0...3_600, &reconcile.clockSkewSeconds)
        try reader.number("reconcile.overlap_seconds", 0...604_800, &reconcile.overlapSeconds)
        try reader.number(
            "reconcile.logs_overlap_seconds", 0...2_592_000, &reconcile.logsOverlapSeconds)
        try reader.number("reconcile.settle_seconds", 0...86_400, &reconcile.settleSeconds)
    }

    /// Values that are allowed each by itself, and not together.
    private func refuseContradictions() throws {
        guard send.leaseSeconds > provider.timeoutSeconds else {
            throw ConfigurationError(
                "send.lease_seconds: \(send.leaseSeconds) is not above provider.timeout_seconds,"
                    + " \(provider.timeoutSeconds): a request would outlive its claim")
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

/// libpq's connection string, as far as a password in it can be told.
///
/// Both forms of the manual (PostgreSQL 15, 34.1.1) are looked through: `host=… password=…` and
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

/// What an address must be for a provider's key to be sent to it.
enum ProviderAddress {
    /// Over https anywhere, over plain http to this machine only; no credentials, query or fragment.
    static func isAllowed(_ text: String) -> Bool {
        guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty,
            parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil
        else { return false }
        switch parts.scheme {
        case "https": return true
        case "http": return ["127.0.0.1", "localhost", "[::1]", "::1"].contains(host)
        default: return false
        }
    }

    /// So that a path can be put behind it.
    static func withoutSlash(_ text: String) -> String {
        text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}
