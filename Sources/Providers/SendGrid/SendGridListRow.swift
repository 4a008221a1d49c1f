import Bounces
import Dispatching
import FoundationEssentials
import Invoicing
import Wire

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

    /// No row has an id: what tells it apart is all that it says.
    func key(_ list: SendGridList) -> String {
        "\(list.rawValue)|\(created)|\(email.lowercased())|\(shortHash(reason))"
    }

    func event(_ list: SendGridList, raw: String) -> ProviderEvent {
        let status = SMTPStatus(status)
        return ProviderEvent(
            source: list.rawValue,
            key: key(list),
            occurredAt: Date(timeIntervalSince1970: Double(created)), kind: list.eventKind,
            recipient: email, replyCode: status.replyCode, enhancedCode: status.enhancedCode,
            text: cleaned(reason, charactersMax: BounceMail.textMax), providerType: list.rawValue,
            suppressionList: list.isEnforced ? list.rawValue : nil, raw: raw)
    }

    func suppression(_ list: SendGridList) -> ListedSuppression {
        ListedSuppression(
            list: list.rawValue, address: email, reason: cleaned(reason),
            createdAt: Date(timeIntervalSince1970: Double(created)))
    }
}
