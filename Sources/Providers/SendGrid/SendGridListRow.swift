import Crypto
import FoundationEssentials
import Invoicing

/// A row of a suppression list, as `{"created":1443651154,"email":…,"reason":…,"status":"5.1.1"}`.
///
/// Invalid addresses have no status, spam reports neither status nor reason, and none has an id.
struct SendGridListRow: Decodable {
    let created: Int64
    let email: String
    let reason: String
    let status: String

    private enum CodingKeys: CodingKey {
        case created, email, reason, status
    }

    init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        guard let created = row.epochSeconds(.created),
            let email = row.text(.email).map({ cleaned($0) }), !email.isEmpty
        else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "a row without time or address"))
        }
        self.created = created
        self.email = email
        reason = row.text(.reason) ?? ""
        status = row.text(.status) ?? ""
    }

    func event(_ list: SendGridList, raw: String) -> ProviderEvent {
        let status = SMTPStatus(status)
        return ProviderEvent(
            source: list.rawValue,
            key: "\(list.rawValue)|\(created)|\(email.lowercased())|\(shortHash(reason))",
            occurredAt: Date(timeIntervalSince1970: Double(created)), kind: list.eventKind,
            recipient: email, replyCode: status.replyCode, enhancedCode: status.enhancedCode,
            text: cleaned(reason, charactersMax: eventTextMax), providerType: list.rawValue,
            suppressionList: list.isEnforced ? list.rawValue : nil, raw: raw)
    }

    func suppression(_ list: SendGridList) -> ListedSuppression {
        ListedSuppression(
            list: list.rawValue, address: email, reason: cleaned(reason),
            createdAt: Date(timeIntervalSince1970: Double(created)))
    }
}

/// The most that is kept of a server's words.
let eventTextMax = 4096

/// Tells two texts apart in a key: 64 bits of SHA-256.
func shortHash(_ text: String) -> String {
    SHA256.hash(data: Array(text.utf8)).prefix(8)
        .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}

/// A `status` of SendGrid's, which is either a reply code or an enhanced code (RFC 3463).
struct SMTPStatus {
    let replyCode: Int?
    let enhancedCode: String?

    init(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let isEnhanced =
            parts.count == 3 && ["2", "4", "5"].contains(parts[0])
            && parts.dropFirst().allSatisfy { (1...3).contains($0.count) && Int($0) != nil }
        enhancedCode = isEnhanced ? text : nil
        replyCode = Int(text).flatMap { (200..<600).contains($0) ? $0 : nil }
    }
}
