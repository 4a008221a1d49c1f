/// How many messages a second may be sent, in all and to each domain of recipients; kept by all
/// machines together.
package struct SendRates: Hashable, Sendable {
    /// Messages a second by the provider's account; nil for no limit.
    package var account: Int?
    /// Messages a second by the recipient's domain, in small letters; others have no limit.
    package var domains: [String: Int]

    package init(account: Int? = nil, domains: [String: Int] = [:]) {
        self.account = account
        self.domains = domains
    }

    /// Whether nothing is limited.
    package var isEmpty: Bool { account == nil && domains.isEmpty }

    /// The most of a rate and of domains that can be set.
    package static let limits = (rate: 1...10_000, domains: 100)

    /// Reads a text like `gmail.com=20, outlook.com=5`; nil where a part is no domain and rate, or
    /// names a domain a second time.
    package static func domains(_ text: String) -> [String: Int]? {
        var domains: [String: Int] = [:]
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let sides = part.split(separator: "=", omittingEmptySubsequences: false)
            guard sides.count == 2, let rate = Int(sides[1].trimmed), limits.rate.contains(rate)
            else { return nil }
            let domain = sides[0].trimmed.lowercased()
            guard !domain.isEmpty, domain.utf8.count <= 255,
                domain.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x40 && $0 != 0x7f }),
                domains.updateValue(rate, forKey: domain) == nil
            else { return nil }
        }
        return domains.count <= limits.domains ? domains : nil
    }
}

extension Substring {
    /// Without the blanks around it.
    fileprivate var trimmed: Substring {
        let start = drop { $0 == " " }
        return start.lastIndex { $0 != " " }.map { start[...$0] } ?? ""
    }
}
