/// A delivery status notification (RFC 3464) within a report (RFC 3462).
///
/// Every readable field counts. To which recipient it belongs is determined by the fields: a group
/// ends before a field that it already has, or a recipient after an empty line.
struct DeliveryStatusNotification {
    /// The status for one recipient.
    struct Recipient {
        /// Empty where none is named.
        var address = ""
        /// `failed`, `delayed`, `delivered`, `relayed` or `expanded`, or whatever else was written.
        var action = ""
        var status = SMTPStatus("")
        /// The receiving server's words, without their type.
        var diagnostic = ""
        var remoteServer = ""
        /// Whether the server states until when it will retry.
        var isRetried = false
    }

    /// Our own id, where the relay returned it.
    private(set) var envelopeID: String?
    private(set) var reportingServer = ""
    private(set) var recipients: [Recipient] = []
    /// Whether there are more recipients than are read.
    private(set) var isTooLong = false

    static let recipientsMax = 50
    private static let linesMax = 5_000

    /// Parses the fields among the lines; nil where no recipient is reported.
    init?(_ content: [UInt8]) {
        var group: [String: String] = [:]
        var isAfterBlank = false
        for field in Self.fields(content) {
            guard let field else {
                isAfterBlank = true
                continue
            }
            switch field.name {
            case "reporting-mta":
                if reportingServer.isEmpty { reportingServer = Self.withoutKind(field.value) }
            case "original-envelope-id": envelopeID = envelopeID ?? field.value
            default:
                if Self.ends(group, before: field.name, isAfterBlank) {
                    add(group)
                    group = [:]
                }
                group[field.name] = field.value
            }
            isAfterBlank = false
        }
        add(group)
        guard !recipients.isEmpty else { return nil }
    }

    /// Whether the lines contain what only a report has: a recipient and an outcome.
    static func isReport(_ content: [UInt8]) -> Bool {
        let names = Set(fields(content).compactMap { $0?.name })
        return !names.isDisjoint(with: recipientFields)
            && !names.isDisjoint(with: ["action", "status", "diagnostic-code"])
    }

    private static let recipientFields = ["original-recipient", "final-recipient"]
    private static let known: Set<String> = [
        "reporting-mta", "original-envelope-id", "original-recipient", "final-recipient", "action",
        "status", "diagnostic-code", "remote-mta", "will-retry-until",
    ]

    /// The known fields, unfolded, and nil for each empty line.
    private static func fields(_ content: [UInt8]) -> [(name: String, value: String)?] {
        var found: [(name: String, value: [UInt8])?] = []
        var isContinuable = false
        for line in MailLines.lines(content[...], max: linesMax) {
            let text = MailLines.trimmed(line)
            if text.isEmpty {
                found.append(nil)
                isContinuable = false
            } else if line.first.map(MailLines.isBlank) == true, isContinuable {
                guard (found[found.count - 1]?.value.count ?? 0) < MailHeaders.valueBytesMax else {
                    continue
                }
                found[found.count - 1]?.value += [0x20] + text.prefix(MailHeaders.valueBytesMax)
            } else if let name = MailLines.fieldName(text), known.contains(name) {
                let value = MailLines.trimmed(text.dropFirst(name.utf8.count + 1))
                found.append((name, Array(value.prefix(MailHeaders.valueBytesMax))))
                isContinuable = true
            } else {
                isContinuable = false
            }
        }
        return found.map { field in field.map { ($0.name, MailLines.text($0.value)) } }
    }

    private static func ends(
        _ group: [String: String], before name: String, _ isAfterBlank: Bool
    ) -> Bool {
        if group[name] != nil { return true }
        let hasRecipient = recipientFields.contains { group[$0] != nil }
        let hasOutcome = group.keys.contains { !recipientFields.contains($0) }
        return isAfterBlank && hasRecipient && hasOutcome && recipientFields.contains(name)
    }

    private mutating func add(_ group: [String: String]) {
        // The original address, where it is reported, rather than the one to which it was
        // forwarded.
        let address =
            group["original-recipient"].flatMap(Self.address)
            ?? group["final-recipient"].flatMap(Self.address) ?? ""
        let status = group["status"] ?? ""
        let recipient = Recipient(
            address: address, action: Self.action(group["action"] ?? ""),
            status: SMTPStatus(beginning: status),
            diagnostic: group["diagnostic-code"].map(Self.withoutKind) ?? Self.words(of: status),
            remoteServer: group["remote-mta"].map(Self.withoutKind) ?? "",
            isRetried: group["will-retry-until"] != nil)
        let hasContent =
            !recipient.action.isEmpty || recipient.status.statusClass != nil
            || !recipient.diagnostic.isEmpty
        guard hasContent else { return }
        guard recipients.count < Self.recipientsMax else {
            isTooLong = true
            return
        }
        recipients.append(recipient)
    }

    /// The first word, in lower case.
    private static func action(_ value: String) -> String {
        let word = MailLines.lowercased(value.utf8.prefix(40)).prefix {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
        }
        return String(decoding: word, as: UTF8.self)
    }

    /// The text after the code of a status.
    private static func words(of status: String) -> String {
        let words = status.utf8.drop {
            !(UInt8(ascii: "A")...UInt8(ascii: "z")).contains($0) && $0 < 0x80
        }
        return words.isEmpty ? "" : status
    }

    /// The address in `rfc822; Name <a@b>`, whatever surrounds it.
    private static func address(_ value: String) -> String? {
        let plain = withoutKind(value)
        let words = AddressScan.candidates(in: plain)
        let bracketed = plain.utf8.firstIndex(of: UInt8(ascii: "<")).flatMap {
            AddressScan.candidates(in: String(plain[$0...])).first
        }
        let address =
            bracketed ?? words.first
            ?? plain.utf8.split { $0 <= 0x20 || "<>()".utf8.contains($0) }.first.map {
                String(Substring($0))
            }
        return address.map(xtextDecoded)
    }

    /// `smtp; 550 no` without its type.
    private static func withoutKind(_ value: String) -> String {
        let bytes = value.utf8
        guard let semicolon = bytes.prefix(40).firstIndex(of: UInt8(ascii: ";")),
            bytes[..<semicolon].allSatisfy({ $0 > 0x20 && $0 < 0x7F || $0 == 0x20 })
        else { return value }
        let kind = bytes[..<semicolon].split(separator: 0x20)
        let isKind =
            kind.count <= 1
            && (kind.first ?? Substring().utf8).allSatisfy {
                $0 == UInt8(ascii: "-") || $0.digit != nil
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20)
            }
        guard isKind else { return value }
        return String(Substring(bytes[bytes.index(after: semicolon)...].drop { $0 == 0x20 }))
    }

    /// Decodes `+2B` to a plus (RFC 3461 § 4); a plus before anything else is itself.
    private static func xtextDecoded(_ text: String) -> String {
        var output: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.first {
            if rest.starts(with: "+2B".utf8) || rest.starts(with: "+3D".utf8) {
                output.append(UInt8(ascii: rest.starts(with: "+2B".utf8) ? "+" : "="))
                rest = rest.dropFirst(3)
            } else {
                output.append(byte)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}
