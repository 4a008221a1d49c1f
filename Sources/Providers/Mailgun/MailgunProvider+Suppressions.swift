import FoundationEssentials
import Invoicing
import Transport
package import Dispatching
package import Wire

/// Reading an address's suppressions, and removing them.
///
/// Lists are in alphabetical order, which is no order to poll in.
///
/// Source: https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/bounces
extension MailgunProvider {
    package func suppressions(of address: EmailAddress) throws -> [ListedSuppression] {
        try MailgunList.allCases.compactMap { list throws(ProviderError) in
            let response = try read(.get, "/\(list.rawValue)/\(address.text.percentEncoded)")
            if response.status == 404 { return nil }
            guard response.status == 200 else { throw unreadable(Self.line(of: response)) }
            let body = Data(JSONCleaning.start(response.body))
            guard let row = try? JSONDecoder().decode(MailgunListRow.self, from: body) else {
                throw unreadable("\(list.rawValue) holds a row that can't be read")
            }
            return ListedSuppression(
                list: list.rawValue, address: row.address, reason: row.reason,
                createdAt: row.createdAt)
        }
    }

    package func listedSuppressions(
        page: ([ListedSuppression]) throws -> Void
    ) throws -> Bool {
        for list in MailgunList.allCases { try readList(list, page: page) }
        return true
    }

    /// Reads a list up to its end, which is an empty page.
    private func readList(
        _ list: MailgunList, page: ([ListedSuppression]) throws -> Void
    ) throws {
        var query = "limit=1000"
        var seen: Set<String> = []
        while seen.insert(query).inserted {
            let response = try read(.get, "/\(list.rawValue)?\(query)")
            guard response.status == 200 else { throw unreadable(Self.line(of: response)) }
            let text = JSONCleaning.cleaned(response.body)[...]
            guard let array = JSONOutline.member("items", of: text),
                let rows = RowPage<MailgunListRow>(array), rows.unreadable.isEmpty
            else { throw unreadable("\(list.rawValue) holds a row that can't be read") }
            if rows.count == 0 { return }
            try page(
                rows.rows.map(\.row).map {
                    ListedSuppression(
                        list: list.rawValue, address: $0.address, reason: $0.reason,
                        createdAt: $0.createdAt)
                })
            // Only what follows the question mark: a key must not go to whatever host is named.
            guard let next = Self.next(of: text, after: "/\(list.rawValue)?") else {
                throw unreadable("a page of \(list.rawValue) that says not where the next one is")
            }
            query = next
        }
    }

    /// Deletes one address from one list.
    ///
    /// The same path without an address would empty the whole list for all tenants: an unknown list
    /// or an invalid address is refused before it becomes part of a path.
    package func lift(_ suppression: ListedSuppression) throws -> LiftAnswer {
        guard let list = MailgunList(rawValue: suppression.list) else {
            return .refused(reason: "Mailgun has no list \(cleaned(suppression.list))")
        }
        let parts = suppression.address.split(
            separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            return .refused(reason: "the address on the list is no address")
        }
        let response = try read(
            .delete, "/\(list.rawValue)/\(suppression.address.percentEncoded)")
        switch response.status {
        case 200, 204: return .lifted
        case 404: return .notListed
        case 400..<500: return .refused(reason: Self.line(of: response))
        default: throw unreadable(Self.line(of: response))
        }
    }
}

/// An entry of a list: `{"address","code","error","created_at"}`; only bounces have the middle two.
struct MailgunListRow: Decodable {
    let address: String
    let reason: String
    let createdAt: Date?

    private enum CodingKeys: String, CodingKey {
        case address, code, error
        case createdAt = "created_at"
    }

    init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        address = try cleaned(row.decode(String.self, forKey: .address))
        guard !address.isEmpty else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "a row without address"))
        }
        reason = cleaned(
            [row.text(.code), row.text(.error)].compactMap { $0 }.joined(separator: " "))
        createdAt = row.text(.createdAt).flatMap(HeaderDate.http).flatMap(VendorTime.held)
    }
}

/// A domain's suppression lists.
enum MailgunList: String, CaseIterable {
    case bounces, complaints, unsubscribes
}
