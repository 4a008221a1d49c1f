import Dispatching
import Foundation
import Invoicing
import Wire

extension Settings.Provider {
    /// Reads the settings of every vendor, since an invalid value is a mistake whichever vendor it
    /// belongs to, and keeps those of the configured one.
    mutating func read(_ reader: inout SettingsReader) throws {
        let name =
            try reader.string("provider.name", allowed: "the name of a provider") {
                $0.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber) }
            } ?? self.name
        account.baseURL = try reader.string(
            "provider.base_url",
            allowed: "an https address without a query (http goes to this machine only)",
            where: ProviderAddress.isAllowed
        ).map(ProviderAddress.withoutSlash)
        let own = try VendorKeys(&reader)
        account.authorityFile = reader.string("provider.authority_file")
        apiKeyFile = reader.string("provider.api_key_file")
        reconcileKeyFile = reader.string("provider.reconcile_key_file")
        keyExpires = try reader.value(
            "provider.key_expires", allowed: "a date, as 2027-03-31", CivilDate.init)
        var logsKept = 0
        try reader.duration("provider.logs_kept", 3_600...31_536_000, &logsKept)
        if logsKept > 0 { account.logsKeptSeconds = logsKept }
        try reader.number("provider.concurrency", 1...256, &account.concurrency)
        try reader.number("provider.timeout_seconds", 1...600, &account.timeoutSeconds)
        vendor =
            ProviderName(rawValue: name).map { .success(own.settings(of: $0)) }
            ?? .failure(UnknownProvider(name: name))
    }
}

/// The settings that are specific to one vendor or another.
private struct VendorKeys {
    private let region: VendorSettings.Region
    private let domain: String?
    private let stream: String
    private let relay: VendorSettings.Required<RelaySettings>
    private var messageBytesMax = 10_240_000

    init(_ reader: inout SettingsReader) throws {
        region = try reader.choice("provider.region") ?? .us
        domain = try reader.string(
            "provider.domain", allowed: "a domain name"
        ) { EmailAddress("a@\($0)") != nil }
        stream =
            try reader.string("provider.stream", allowed: "letters, digits, - and _") {
                $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }
            } ?? VendorSettings.defaultStream
        relay = try Self.relay(&reader)
        try reader.number(
            "provider.message_bytes_max", 10_000...1_000_000_000, &messageBytesMax)
    }

    /// Addresses are parsed in full when the account is opened.
    private static func relay(
        _ reader: inout SettingsReader
    ) throws -> VendorSettings.Required<RelaySettings> {
        let relayURL = try reader.string(
            "provider.relay_url", allowed: "smtp://host:port or smtps://host:port"
        ) { $0.hasPrefix("smtp://") || $0.hasPrefix("smtps://") }
        let mailboxURL = try reader.string(
            "provider.mailbox_url", allowed: "imaps://host/mailbox or imap://host/mailbox"
        ) { $0.hasPrefix("imap://") || $0.hasPrefix("imaps://") }
        let line = "a name of at most 200 characters on one line"
        let isLine: (String) -> Bool = { $0.count <= 200 && $0.escapingInvisibles == $0 }
        let relayUser = try reader.string("provider.relay_user", allowed: line, where: isLine)
        let mailboxUser = try reader.string("provider.mailbox_user", allowed: line, where: isLine)
        let returnPath = try reader.value(
            "provider.return_path", allowed: "an e-mail address", EmailAddress.init)
        let tls: RelaySettings.TLS? = try reader.choice("provider.tls")

        func needed(_ setting: String, _ what: String) -> VendorSettings.Required<RelaySettings> {
            .failure(AccountError(setting: setting, reason: "smtp needs \(what)"))
        }
        guard let relayURL else { return needed("relay_url", "it, as smtps://host") }
        guard let mailboxURL else { return needed("mailbox_url", "it, as imaps://host") }
        guard let returnPath else {
            return needed("return_path", "the address that bounces come back to")
        }
        var relay = RelaySettings(
            relayURL: relayURL, mailboxURL: mailboxURL, returnPath: returnPath)
        relay.relayUser = relayUser
        relay.mailboxUser = mailboxUser
        if let tls { relay.tls = tls }
        return .success(relay)
    }

    func settings(of vendor: ProviderName) -> VendorSettings {
        switch vendor {
        case .sendgrid: .sendgrid(region: region)
        case .postmark: .postmark(region: region, stream: stream)
        case .mailgun:
            .mailgun(
                region: region,
                domain: domain.map(Result.success)
                    ?? .failure(
                        AccountError(
                            setting: "domain",
                            reason: "mailgun needs the domain that mail is sent from")))
        case .smtp: .smtp(relay, messageBytesMax: messageBytesMax)
        }
    }
}

/// The requirements on an address before a provider's key is sent to it.
enum ProviderAddress {
    /// Allows https anywhere and plain http to this machine only; no credentials, query or
    /// fragment.
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

    /// Without the trailing slash, so that a path can be appended.
    static func withoutSlash(_ text: String) -> String {
        text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}
