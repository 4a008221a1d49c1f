package import Dispatching
import Invoicing
import Transport
package import Wire

/// The lists that an address stands on, and taking it off.
extension SendGridProvider {
    package func suppressions(of address: EmailAddress) throws -> [ListedSuppression] {
        try SendGridList.allCases.flatMap { list throws(ProviderError) in
            let response = try read(.get, "\(list.path)/\(address.text.percentEncoded)")
            guard response.status != 404 else { return [ListedSuppression]() }
            let page = try rows(SendGridListRow.self, of: response)
            guard page.unreadable.isEmpty else {
                throw unreadable("\(list.rawValue) holds a row that can't be read")
            }
            return page.rows.map { $0.row.suppression(list) }
        }
    }

    /// Deletes one address from one list.
    ///
    /// The same path without an address, or `delete_all`, would empty the whole list for all
    /// tenants: a list or an address that is not one is refused before it is put in a path.
    package func lift(_ suppression: ListedSuppression) throws -> LiftAnswer {
        guard let list = SendGridList(rawValue: suppression.list) else {
            return .refused(reason: "SendGrid has no list \(cleaned(suppression.list))")
        }
        let parts = suppression.address.split(
            separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            return .refused(reason: "the address on the list is no address")
        }
        let target = "\(list.path)/\(suppression.address.percentEncoded)"
        let response = try read(.delete, target)
        switch response.status {
        case 200, 204: return .lifted
        case 404: return .notListed
        case 400..<500: return .refused(reason: SendGridAnswer(response).line)
        default: throw unreadable(SendGridAnswer(response).line)
        }
    }
}
