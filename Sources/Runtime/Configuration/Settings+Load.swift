import Configuration
import Foundation
import Logging

extension Settings {
    /// Reads the settings: option over environment over file over default.
    ///
    /// A key `send.batch` is `send: batch:` in the file and `BUDSTIKKE_SEND_BATCH` in the
    /// environment. Every bad value is an error that names the key, the value and where it stands.
    package static func load(
        options: GlobalOptions,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> Settings {
        let file = try SettingsFile.read(named: options.config)
        var flags: [String: String] = [:]
        if let level = options.logLevel { flags["log.level"] = level }
        var reader = SettingsReader(flags: flags, environment: environment, file: file)
        var settings = Settings()
        try settings.readProvider(&reader)
        try settings.readJobs(&reader)
        settings.database = try reader.string("database") ?? settings.database
        settings.installation = try reader.string("installation")
        settings.logLevel = try reader.choice(
            "log.level", among: Logger.Level.allCases.map(\.rawValue)) ?? settings.logLevel
        settings.logFormat =
            try reader.choice("log.format", among: LogFormat.allCases.map(\.rawValue))
            .flatMap(LogFormat.init) ?? settings.logFormat
        try reader.refuseUnknownKeys()
        try settings.refusePassword(in: reader)
        return settings
    }

    private mutating func readProvider(_ reader: inout SettingsReader) throws {
        provider.name = try reader.choice("provider.name", among: ["sendgrid"]) ?? provider.name
        provider.baseURL = try reader.string("provider.base_url") ?? provider.baseURL
        provider.apiKeyFile = try reader.string("provider.api_key_file")
        provider.reconcileKeyFile = try reader.string("provider.reconcile_key_file")
        try reader.number("provider.concurrency", 1...256, &provider.concurrency)
        try reader.number("provider.timeout_seconds", 1...600, &provider.timeoutSeconds)
        mail.fromAddress = try reader.string("mail.from_address") ?? mail.fromAddress
        mail.messageIDDomain = try reader.string("mail.message_id_domain")
    }

    private mutating func readJobs(_ reader: inout SettingsReader) throws {
        try reader.number("send.batch", 1...1_000, &send.batch)
        try reader.number("send.lease_seconds", 1...86_400, &send.leaseSeconds)
        try reader.number("send.attempts_max", 1...100, &send.attemptsMax)
        try reader.number("send.in_doubt_grace_seconds", 0...86_400, &send.inDoubtGraceSeconds)
        try reader.number("send.in_doubt_window_seconds", 0...604_800, &send.inDoubtWindowSeconds)
        try reader.number("send.breaker_failures", 1...1_000, &send.breakerFailures)
        try reader.number("generate.batch", 1...10_000, &generate.batch)
        try reader.number("reconcile.silent_after_hours", 1...8_760, &reconcile.silentAfterHours)
        try reader.number("reconcile.clock_skew_seconds", 0...3_600, &reconcile.clockSkewSeconds)
        try reader.number("reconcile.overlap_seconds", 0...604_800, &reconcile.overlapSeconds)
        try reader.number(
            "reconcile.logs_overlap_seconds", 0...2_592_000, &reconcile.logsOverlapSeconds)
    }

    /// A password in a conninfo would stand in process lists, logs and backups.
    private func refusePassword(in reader: SettingsReader) throws {
        let isURLWithPassword =
            database.contains("://")
            && database.split(separator: "@").first.map {
                $0.split(separator: "/").last?.contains(":") == true
            } == true && database.contains("@")
        guard database.lowercased().contains("password") || isURLWithPassword else { return }
        throw ConfigurationError(
            "database: holds a password, from \(reader.source(of: "database"));"
                + " put it into ~/.pgpass or a service file")
    }
}

/// A setting that can't be: which, what it is, where it stands, and what it may be.
package struct ConfigurationError: ExitCoded {
    package let description: String
    package var exit: BudstikkeExit { .configuration }

    package init(_ description: String) {
        self.description = description
    }
}
