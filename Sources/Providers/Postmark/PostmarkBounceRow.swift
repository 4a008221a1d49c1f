import Bounces
import FoundationEssentials
import Invoicing
import Wire

/// A row of `GET /bounces`: one thing that kept a message from its recipient, or nearly.
/// Source: https://postmarkapp.com/developer/api/bounce-api
struct PostmarkBounceRow: Decodable {
    let id: String
    let type: String
    let messageID: String
    let email: String
    let description: String
    let details: String
    let bouncedAt: Date
    let isInactive: Bool
    let stream: String

    private enum CodingKeys: String, CodingKey {
        case id = "ID"
        case type = "Type"
        case messageID = "MessageID"
        case email = "Email"
        case description = "Description"
        case details = "Details"
        case bouncedAt = "BouncedAt"
        case isInactive = "Inactive"
        case stream = "MessageStream"
    }

    init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        guard let id = row.word(.id), !id.isEmpty, id == cleaned(id),
            let type = row.text(.type), !type.isEmpty,
            let email = row.text(.email).map({ cleaned($0) }), !email.isEmpty,
            let bouncedAt = row.text(.bouncedAt).flatMap(PostmarkTime.date)
        else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "a bounce without id, type or time"))
        }
        self.id = id
        self.type = cleaned(type)
        self.email = email
        self.bouncedAt = bouncedAt
        messageID = cleaned(row.text(.messageID) ?? "")
        description = row.text(.description) ?? ""
        details = row.text(.details) ?? ""
        // Older bounces leave it out; an address that is not said to be inactive is not.
        isInactive = (try? row.decode(Bool.self, forKey: .isInactive)) ?? false
        stream = row.text(.stream) ?? ""
    }

    /// What a type says of the message's fate; nil for one that says nothing of it.
    ///
    /// A type that is not in the documentation is a bounce whose words have to tell.
    private var kind: EventKind? {
        switch type {
        case "Transient": .deferred
        case "SpamComplaint": .complained
        case "ManuallyDeactivated": .dropped
        case "Subscribe", "Unsubscribe", "AutoResponder", "AddressChange", "OpenRelayTest",
            "ChallengeVerification", "Unconfirmed", "InboundError":
            nil
        default: .bounced
        }
    }

    /// What type of row it is.
    var words: String { "a bounce of the type \(cleaned(type, charactersMax: 50))" }

    func event(raw: String, ownStream: String) -> ProviderEvent? {
        guard let kind else { return nil }
        // A stream that is not named is the one there always is.
        let list = stream.isEmpty ? ownStream : cleaned(stream)
        return ProviderEvent(
            source: PostmarkProvider.bounces, key: "bounce|\(id)", occurredAt: bouncedAt,
            kind: kind, recipient: email,
            providerMessageID: messageID.isEmpty ? nil : messageID,
            text: cleaned(
                details.isEmpty ? description : details, charactersMax: BounceMail.textMax),
            providerType: type, suppressionList: isInactive ? list : nil, raw: raw)
    }
}
