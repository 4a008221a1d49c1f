package import FoundationEssentials
package import Wire

/// Which dispatch a mail was, as it stands in its return path, its header and its envelope id:
/// `42-0f8fad5bd9cb469fa16570867728950e`.
package struct DispatchMark: Hashable {
    package let tenantID: Int64
    package let dispatchID: UUID

    package init(tenantID: Int64, dispatchID: UUID) {
        self.tenantID = tenantID
        self.dispatchID = dispatchID
    }

    package var text: String {
        let id = dispatchID.uuidString.lowercased().filter { $0 != "-" }
        return "\(tenantID)-\(id)"
    }
}

extension DispatchMark {
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let tenantID = Int64(parts[0]), parts[1].utf8.count == 32 else {
            return nil
        }
        var id = ""
        for (index, digit) in parts[1].enumerated() {
            if [8, 12, 16, 20].contains(index) { id.append("-") }
            id.append(digit)
        }
        guard let dispatchID = UUID(uuidString: id) else { return nil }
        self.init(tenantID: tenantID, dispatchID: dispatchID)
    }
}

/// The address that bounces come back to, with a mark of its own for each message (VERP).
///
/// `bounces@eksempel.no` becomes `bounces+42-0f8f…@eksempel.no`, so that even a server that
/// answers in nothing but prose says which message it means: by where it sends the answer.
package struct ReturnPath {
    private let local: String
    private let domain: String

    /// An address that can't carry a mark, and why.
    package struct Refusal: Error, Hashable {
        package let reason: String
    }

    /// Room for any mark within the 64 bytes that a local part may have (RFC 5321 § 4.5.3.1.1).
    static let localBytesMax = 10

    package init(_ address: EmailAddress) throws(Refusal) {
        local = String(address.text.prefix { $0 != "@" })
        domain = String(address.domain)
        guard local.utf8.count <= Self.localBytesMax, !local.contains("+") else {
            throw Refusal(
                reason: "the part before the @ may have \(Self.localBytesMax) characters and no +,"
                    + " since +, the tenant and the dispatch are put behind it")
        }
    }

    package func address(_ mark: DispatchMark) -> String {
        "\(local)+\(mark.text)@\(domain)"
    }

    /// The mark in an address of ours; nil in any other.
    package func mark(in address: some StringProtocol) -> DispatchMark? {
        let text = address.lowercased()
        let (start, end) = ("\(local.lowercased())+", "@\(domain.lowercased())")
        guard text.hasPrefix(start), text.hasSuffix(end) else { return nil }
        return DispatchMark(text.dropFirst(start.count).dropLast(end.count))
    }
}
