import HTTPTypes

extension SendRequest {
    /// Reads the request and checks what the provider checks, or says everything that is wrong.
    ///
    /// The messages and the names of the fields are those of the vendor's API as clients have met
    /// them; the vendor does not publish them as a contract.
    init(_ json: JSONValue) throws(SendGridError) {
        var faults = SendFaults()
        let from = json["from"]?["email"]?.text ?? ""
        if !EmailSyntax.isValid(from) { faults.add(.from, field: "from.email") }
        let personalizations = json["personalizations"]?.list ?? []
        if personalizations.isEmpty || personalizations.count > Limit.personalizations {
            faults.add(.personalizations, field: "personalizations")
        }
        let shared = Self.Shared(
            subject: json["subject"]?.text, customArguments: json["custom_args"]?.members ?? [],
            headers: json["headers"])
        recipients = personalizations.enumerated().flatMap {
            Self.recipients(of: $0.element, number: $0.offset, shared: shared, faults: &faults)
        }
        if recipients.count > Limit.recipients {
            faults.add(.tooManyRecipients, field: "personalizations")
        }
        Self.checkContent(json, &faults)
        attachments = Self.attachments(json["attachments"]?.list ?? [], &faults)
        isRehearsal = json["mail_settings"]?["sandbox_mode"]?["enable"] == .bool(true)
        self.from = from
        guard faults.errors.isEmpty else { throw SendGridError(.badRequest, faults.errors) }
    }

    /// What holds for every personalization that does not say otherwise.
    private struct Shared {
        var subject: String?
        var customArguments: [JSONValue.Member]
        var headers: JSONValue?
    }

    private static func recipients(
        of personalization: JSONValue, number: Int, shared: Shared, faults: inout SendFaults
    ) -> [Recipient] {
        let path = "personalizations.\(number)"
        let subject = personalization["subject"]?.text ?? shared.subject ?? ""
        if subject.isEmpty { faults.add(.subject, field: "subject") }
        let own = personalization["custom_args"]?.members ?? []
        let arguments = shared.customArguments.filter { shared in
            !own.contains { $0.name == shared.name }
        }
        let customArguments = arguments + own
        let isElided = customArguments.contains { $0.value.text == nil && $0.value.isFilledText }
        if isElided || JSONValue.object(customArguments).bytes.count > Limit.customArgumentBytes {
            faults.add(.customArguments, field: "\(path).custom_args")
        }
        if personalization["to"]?.list?.isEmpty != false { faults.add(.to, field: "\(path).to") }
        let headerMessageID =
            messageID(in: personalization["headers"]) ?? messageID(in: shared.headers)
        return addresses(of: personalization, path: path, faults: &faults).map {
            Recipient(
                address: $0, subject: subject, customArguments: customArguments,
                headerMessageID: headerMessageID)
        }
    }

    private static func addresses(
        of personalization: JSONValue, path: String, faults: inout SendFaults
    ) -> [String] {
        var addresses: [String] = []
        var keys: Set<String> = []
        for field in ["to", "cc", "bcc"] {
            for (number, entry) in (personalization[field]?.list ?? []).enumerated() {
                let address = entry["email"]?.text ?? ""
                if !EmailSyntax.isValid(address) {
                    faults.add(.address, field: "\(path).\(field).\(number).email")
                } else if !keys.insert(address.lowercased()).inserted {
                    faults.add(.duplicateAddress, field: "\(path).\(field)")
                }
                addresses.append(address)
            }
        }
        return addresses
    }

    private static func messageID(in headers: JSONValue?) -> String? {
        headers?.members?.last { $0.name.lowercased() == "message-id" }?.value.text
    }

    private static func checkContent(_ json: JSONValue, _ faults: inout SendFaults) {
        let content = json["content"]?.list ?? []
        if content.isEmpty, json["template_id"]?.isFilledText != true {
            faults.add(.content, field: "content")
        }
        for (number, part) in content.enumerated() {
            if part["type"]?.isFilledText != true {
                faults.add(.contentType, field: "content.\(number).type")
            }
            if part["value"]?.isFilledText != true {
                faults.add(.contentValue, field: "content.\(number).value")
            }
        }
        let types = content.map { $0["type"]?.text ?? "" }
        if let plain = types.firstIndex(of: "text/plain"), plain > 0 {
            faults.add(.contentOrder, field: "content")
        }
    }

    private static func attachments(
        _ attachments: [JSONValue], _ faults: inout SendFaults
    ) -> [AttachmentSize] {
        attachments.enumerated().map { number, attachment in
            if attachment["content"]?.isFilledText != true {
                faults.add(.attachmentContent, field: "attachments.\(number).content")
            }
            if attachment["filename"]?.isFilledText != true {
                faults.add(.attachmentName, field: "attachments.\(number).filename")
            }
            return AttachmentSize(
                fileName: attachment["filename"]?.text ?? "",
                encodedByteCount: attachment["content"]?.textByteCount ?? 0)
        }
    }
}

extension SendRequest {
    /// The limits of SendGrid's API (Mail Send, Limitations).
    enum Limit {
        static let bodyBytes = 30 * 1024 * 1024
        static let personalizations = 1000
        static let recipients = 1000
        static let customArgumentBytes = 10_000
    }
}
