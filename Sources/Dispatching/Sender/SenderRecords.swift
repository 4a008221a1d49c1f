/// What the texts in DNS say of who may send a domain's mail.
///
/// Source: RFC 7208 (SPF), RFC 6376 (DKIM), RFC 7489 (DMARC).
package enum SenderRecords {
    /// The records of SPF among a name's texts.
    package static func spf(_ texts: [String]) -> [SPFRecord] {
        texts.compactMap(SPFRecord.init)
    }

    /// What a selector's texts say of its key.
    package static func dkimKey(_ texts: [String]) -> DKIMKey {
        let keys = texts.compactMap { text -> String? in
            let tags = tags(text)
            guard tags["v"].map({ $0 == "DKIM1" }) ?? true else { return nil }
            return tags["p"].map { $0.filter { !$0.isWhitespace } }
        }
        guard let key = keys.first else { return .absent }
        return key.isEmpty ? .revoked : .there
    }

    /// The policy of a name's texts, `none`, `quarantine` or `reject`; nil where there is none.
    ///
    /// Several records are none (RFC 7489 § 6.6.3), and so is one whose policy makes no sense.
    package static func dmarcPolicy(_ texts: [String]) -> String? {
        let records = texts.map(tags).filter { $0["v"] == "DMARC1" }
        guard records.count == 1, let policy = records[0]["p"]?.lowercased(),
            ["none", "quarantine", "reject"].contains(policy)
        else { return nil }
        return policy
    }

    /// The names under which a domain's policy is looked for: its own, then those above it that are
    /// not a top-level domain.
    package static func dmarcNames(of domain: String) -> [String] {
        var labels = domain.split(separator: ".")[...]
        var names: [String] = []
        while labels.count >= 2, names.count < namesMax {
            names.append("_dmarc.\(labels.joined(separator: "."))")
            labels = labels.dropFirst()
        }
        return names
    }

    /// As many as a receiver looks for.
    private static let namesMax = 8
    /// No record of a sender's is longer.
    private static let textBytesMax = 16 << 10

    /// The first value of each tag of a list `v=DKIM1; p=…` (RFC 6376 § 3.2).
    private static func tags(_ text: String) -> [String: String] {
        guard text.utf8.count <= textBytesMax else { return [:] }
        var tags: [String: String] = [:]
        for tag in text.utf8.split(separator: UInt8(ascii: ";")) {
            let parts = tag.split(separator: UInt8(ascii: "="), maxSplits: 1)
            guard let name = parts.first.map(trimmed) else { continue }
            let isEmpty = parts.count < 2
            tags[name.lowercased()] = tags[name.lowercased()] ?? (isEmpty ? "" : trimmed(parts[1]))
        }
        return tags
    }

    private static func trimmed(_ part: Substring.UTF8View) -> String {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        let rest = part.drop(while: isBlank)
        guard let last = rest.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(decoding: rest[...last], as: UTF8.self)
    }
}

/// A selector's key.
package enum DKIMKey: Sendable {
    case there, revoked, absent
}

/// A record of SPF (RFC 7208 § 4.5): `v=spf1 include:sendgrid.net ~all`.
package struct SPFRecord: Hashable, Sendable {
    /// The domains whose records are taken in, in small letters: by `include:`, or in the record's
    /// place by `redirect=`.
    package let domains: Set<String>

    /// Nil where the text is no such record.
    package init?(_ text: String) {
        let words = text.lowercased().split { " \t".contains($0) }
        guard words.first == "v=spf1" else { return nil }
        domains = Set(
            words.compactMap { word in
                let word = word.drop { "+-~?".contains($0) }
                return ["include:", "redirect="].lazy.filter(word.hasPrefix).first.map {
                    String(word.dropFirst($0.count))
                }
            })
    }
}
