package import Dispatching
import FoundationEssentials
import Invoicing
import Transport
package import Wire

/// Reading our stream's suppression list, and removing an address from it.
///
/// Source: https://postmarkapp.com/developer/api/suppressions-api
extension PostmarkProvider {
    private var path: String { "/message-streams/\(stream.percentEncoded)/suppressions" }

    package func suppressions(of address: EmailAddress) throws -> [ListedSuppression] {
        try dump("?EmailAddress=\(address.text.percentEncoded)")
            .filter { $0.address.lowercased() == address.key }
    }

    /// The whole list is returned in one answer.
    package func listedSuppressions(
        page: ([ListedSuppression]) throws -> Void
    ) throws -> Bool {
        try page(dump(""))
        return true
    }

    private func dump(_ condition: String) throws -> [ListedSuppression] {
        let found = try rows(
            PostmarkSuppressionRow.self, "Suppressions", at: "\(path)/dump\(condition)")
        guard found.page.unreadable.isEmpty else {
            throw unreadable("\(stream) holds a suppression that can't be read")
        }
        return found.page.rows.map(\.row).map {
            ListedSuppression(
                list: stream, address: $0.address, reason: $0.reason, createdAt: $0.createdAt)
        }
    }

    /// Deletes one address from the list; the result is in the body of a 200.
    ///
    /// Whether an unlisted address is answered differently is not documented, so the list is read
    /// first. A complaint can't be deleted.
    package func lift(_ suppression: ListedSuppression) throws -> LiftAnswer {
        guard suppression.list == stream else {
            return .refused(
                reason: "the stream is \(stream), and the list \(cleaned(suppression.list))")
        }
        guard let address = EmailAddress(suppression.address) else {
            return .refused(reason: "the address on the list is no address")
        }
        guard let listed = try suppressions(of: address).first else { return .notListed }
        var json = JSONBytes()
        json.raw(#"{"Suppressions":[{"EmailAddress":"#)
        json.string(listed.address)
        json.raw("}]}")
        let response = try connection.reader.read(
            connection.request(.post, "\(path)/delete", body: json.bytes))
        if (400..<500).contains(response.status) {
            return .refused(reason: Self.line(of: response))
        }
        guard let array = try JSONOutline.member("Suppressions", of: body(of: response)),
            let row = RowPage<PostmarkLiftRow>(array)?.rows.first?.row
        else { throw unreadable("200 with an answer that does not say what became of it") }
        return row.isDeleted ? .lifted : .refused(reason: row.message)
    }
}

/// A suppressed address: `{"EmailAddress","SuppressionReason","Origin","CreatedAt"}`.
struct PostmarkSuppressionRow: Decodable {
    let address: String
    /// The reason, and who requested it: `HardBounce (Recipient)`.
    let reason: String
    let createdAt: Date?

    private enum CodingKeys: String, CodingKey {
        case address = "EmailAddress"
        case reason = "SuppressionReason"
        case origin = "Origin"
        case createdAt = "CreatedAt"
    }

    init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        address = try cleaned(row.decode(String.self, forKey: .address))
        let origin = row.text(.origin).map { " (\($0))" } ?? ""
        reason = cleaned((row.text(.reason) ?? "") + origin)
        createdAt = row.text(.createdAt).flatMap(PostmarkTime.date)
    }
}

/// The result for one address that was to be deleted.
struct PostmarkLiftRow: Decodable {
    let isDeleted: Bool
    let message: String

    private enum CodingKeys: String, CodingKey {
        case status = "Status"
        case message = "Message"
    }

    init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        isDeleted = try row.decode(String.self, forKey: .status) == "Deleted"
        message = cleaned(row.text(.message) ?? "Postmark does not say why")
    }
}
