/// A report of what became of a message, in fields (RFC 3464), inside of a report (RFC 3462).
struct DeliveryStatusNotification {
    /// What became of it for one recipient.
    struct Recipient {
        var address: String
        /// `failed`, `delayed`, `delivered`, `relayed` or `expanded`.
        var action: String
        /// As `5.1.1`; empty where it is none.
        var status: String
        /// The receiving server's words, their kind left out.
        var diagnostic: String
        var remoteServer: String
    }

    /// Our own id, where the relay gave it back.
    let envelopeID: String?
    let reportingServer: String
    let recipients: [Recipient]

    static let recipientsMax = 100

    /// Reads the fields of a `message/delivery-status`; nil where no recipient is among them.
    init?(_ content: [UInt8]) {
        var groups = Self.groups(content).map { MailHeaders($0) }.filter { !$0.fields.isEmpty }
        // Some servers leave out what concerns the whole message, or the line after it.
        let isHeadless = groups.first.map { Self.address($0) != nil } ?? true
        let head = isHeadless ? groups.first : groups.removeFirst()
        envelopeID = head?["original-envelope-id"]
        reportingServer = head?["reporting-mta"].map(Self.withoutKind) ?? ""
        recipients = groups.prefix(Self.recipientsMax).compactMap(Self.recipient)
        guard !recipients.isEmpty else { return nil }
    }

    private static func recipient(_ fields: MailHeaders) -> Recipient? {
        guard let address = address(fields), let action = fields["action"] else { return nil }
        let status = fields["status"]?.split(separator: " ").first.map(String.init) ?? ""
        return Recipient(
            address: address,
            action: action.lowercased().split { !$0.isLetter }.first.map(String.init) ?? "",
            status: SMTPStatus(status).enhancedCode ?? "",
            diagnostic: fields["diagnostic-code"].map(withoutKind) ?? "",
            remoteServer: fields["remote-mta"].map(withoutKind) ?? "")
    }

    /// The address that was sent to, where it is told, rather than the one it was passed on to.
    private static func address(_ fields: MailHeaders) -> String? {
        let value = fields["original-recipient"] ?? fields["final-recipient"]
        guard let value else { return nil }
        let address = withoutKind(value).split { " <>()".contains($0) }.first.map(String.init)
        return address.map(xtextDecoded)
    }

    /// `smtp; 550 no` without its kind.
    private static func withoutKind(_ value: String) -> String {
        guard let semicolon = value.firstIndex(of: ";"),
            value[..<semicolon].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" })
        else { return value }
        return String(value[value.index(after: semicolon)...].drop { $0 == " " })
    }

    /// `+2B` for a plus (RFC 3461 § 4); a plus before anything else is itself.
    private static func xtextDecoded(_ text: String) -> String {
        text.replacing("+2B", with: "+").replacing("+3D", with: "=")
    }

    /// Stretches of lines that empty lines separate.
    private static func groups(_ content: [UInt8]) -> [ArraySlice<UInt8>] {
        var groups: [ArraySlice<UInt8>] = []
        var rest = content[...]
        while !rest.isEmpty, groups.count <= recipientsMax {
            let (group, next) = MailReader.split(rest)
            if !group.isEmpty { groups.append(group) }
            rest = next
        }
        return groups
    }
}
