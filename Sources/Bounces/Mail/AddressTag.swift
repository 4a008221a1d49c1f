import Wire

/// What servers put around a return path on its way, and what is within.
enum AddressTag {
    /// An address without the tags of BATV (`prvs=1234567890=bounces@…`, draft-levine-smtp-batv)
    /// and SRS (`SRS0=hash=day=domain=local@forwarder`), however many are around it.
    static func peeled(_ address: String) -> String {
        var address = address
        for _ in 0..<tagsMax {
            guard let inner = inner(address) else { break }
            address = inner
        }
        return address
    }

    private static let tagsMax = 3

    private static func inner(_ address: String) -> String? {
        let bytes = Array(address.utf8.prefix(1_000))
        guard let at = bytes.lastIndex(of: UInt8(ascii: "@")) else { return nil }
        let local = bytes[..<at]
        let domain = bytes[at...]
        let start = MailLines.lowercased(local.prefix(5))
        if start.starts(with: "prvs=".utf8) { return batv(local.dropFirst(5), domain) }
        if start.starts(with: "btv1=".utf8) { return batv(local.dropFirst(6), domain) }
        if start.starts(with: "srs0".utf8) { return rewritten(local.dropFirst(5)) }
        if start.starts(with: "srs1".utf8) {
            // `SRS1=hash=first forwarder==hash=day=domain=local`.
            guard let inner = after("==", local) else { return nil }
            return rewritten(inner)
        }
        return nil
    }

    /// `tag=local`, in the older way `local/tag`, or `tag==local`.
    private static func batv(_ tagged: ArraySlice<UInt8>, _ domain: ArraySlice<UInt8>) -> String? {
        if let slash = tagged.firstIndex(of: UInt8(ascii: "/")) {
            return MailLines.text(tagged[..<slash] + domain)
        }
        guard let equals = tagged.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        let local = tagged[(equals + 1)...].drop { $0 == UInt8(ascii: "=") }
        return MailLines.text(local + domain)
    }

    /// `hash=day=domain=local`.
    private static func rewritten(_ tagged: ArraySlice<UInt8>) -> String? {
        let parts = tagged.split(
            separator: UInt8(ascii: "="), maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, !parts[2].isEmpty, !parts[3].isEmpty else { return nil }
        return MailLines.text(parts[3] + [UInt8(ascii: "@")] + parts[2])
    }

    private static func after(_ mark: String, _ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        bytes.place(of: mark).map { bytes[$0.upperBound...] }
    }
}
