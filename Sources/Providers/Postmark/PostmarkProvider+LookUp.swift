import Bounces
import FoundationEssentials
import Invoicing
import Transport
import Wire
import Dispatching

/// Looking up submissions by our own id.
extension PostmarkProvider {
    private static var rowsMax: Int { 50 }
    /// The statuses a message can have, in the order in which it passes through them.
    ///
    /// A message that moves on in between is found under the second. Without a status only sent
    /// messages are searched.
    private static var statuses: [String] { ["queued", "sent"] }

    /// Postmark can search Metadata, so it takes one request for each status.
    func ask(_ queries: [LookupQuery]) -> [Result<LookupAnswer, ProviderError>] {
        var answers = [Result<LookupAnswer, ProviderError>](
            repeating: .success(.absent), count: queries.count)
        for status in Self.statuses {
            let open = queries.indices.filter { answers[$0] == .success(.absent) }
            let responses = connection.reader.read(open.map { search(queries[$0], status) })
            for (index, response) in zip(open, responses) {
                answers[index] = response.flatMap { response in
                    Result { () throws(ProviderError) in
                        try answer(to: queries[index], response)
                    }
                }
            }
        }
        return answers
    }

    private func search(_ query: LookupQuery, _ status: String) -> HTTPRequest {
        let id = query.dispatchID.uuidString.lowercased()
        return connection.request(
            .get,
            "/messages/outbound?count=\(Self.rowsMax)&offset=0&\(streamFilter)&status=\(status)"
                + "&metadata_\(PostmarkMessage.dispatchID)=\(id)")
    }

    private func answer(to query: LookupQuery, _ response: HTTPResponse)
        throws(ProviderError) -> LookupAnswer
    {
        let found = try rows(PostmarkMessageRow.self, "Messages", of: response)
        // A server that does not know the filter returns all messages, so each is checked.
        let own = found.page.rows.map(\.row).filter { $0.dispatchID == query.dispatchID }
        if let first = own.first { return .found(providerMessageID: first.messageID) }
        guard found.page.unreadable.isEmpty else {
            throw unreadable("the messages hold rows that can't be read")
        }
        guard found.page.count < Self.rowsMax else {
            throw unreadable("the search by our own id gives the messages of others")
        }
        return .absent
    }
}

/// A row of `GET /messages/outbound`: a message with our ids, without its outcome.
///
/// Source: https://postmarkapp.com/developer/api/messages-api
struct PostmarkMessageRow: Decodable {
    let messageID: String
    let receivedAt: Date
    let status: String
    let recipients: [String]
    let metadata: [String: String]

    private enum CodingKeys: String, CodingKey {
        case messageID = "MessageID"
        case receivedAt = "ReceivedAt"
        case status = "Status"
        case recipients = "Recipients"
        case metadata = "Metadata"
    }

    init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        guard let messageID = row.word(.messageID),
            let receivedAt = row.text(.receivedAt).flatMap(PostmarkTime.date),
            !messageID.isEmpty, messageID == cleaned(messageID)
        else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "a message without id or time"))
        }
        self.messageID = messageID
        self.receivedAt = receivedAt
        status = row.text(.status) ?? ""
        // Missing and null both mean none.
        recipients = ((try? row.decode([String].self, forKey: .recipients)) ?? [])
            .map { cleaned($0) }
        metadata = row.texts(.metadata)
    }

    var dispatchID: UUID? {
        metadata[PostmarkMessage.dispatchID].flatMap(UUID.init(uuidString:))
    }
    var tenantID: Int64? { metadata[PostmarkMessage.tenantID].flatMap { Int64($0) } }
    var attempt: Int? {
        metadata[PostmarkMessage.attempt].flatMap { ProviderEvent.attempt($0) }
    }

    /// That Postmark has accepted it, which is all the row says.
    func event(raw: String) -> ProviderEvent? {
        guard let recipient = recipients.first, !recipient.isEmpty else { return nil }
        return ProviderEvent(
            source: PostmarkProvider.messages, key: "message|\(messageID)",
            occurredAt: receivedAt, kind: .processed, recipient: recipient,
            tenantID: tenantID, dispatchID: dispatchID, attempt: attempt,
            providerMessageID: messageID,
            providerType: cleaned(status), raw: raw)
    }
}
