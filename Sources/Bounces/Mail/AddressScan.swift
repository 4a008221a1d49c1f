import Wire

/// Finds e-mail addresses in text written by servers.
enum AddressScan {
    /// The most addresses that are read from one mail.
    static let addressesMax = 50

    /// Characters that occur in no address: spaces, brackets and punctuation.
    private static let around: [Bool] = (UInt8.min...UInt8.max).map {
        $0 <= 0x20 || "<>()[],;:\"".utf8.contains($0)
    }
    /// Characters that a local part may contain (`o'brien@`), but that people also put around an
    /// address.
    private static let quotes = Array("'|*`".utf8)

    /// The addresses in order, each once.
    static func addresses(in text: String, max: Int = addressesMax) -> [EmailAddress] {
        var found: [EmailAddress] = []
        var seen: Set<String> = []
        let bytes = Array(text.utf8)
        for word in words(bytes[...]) {
            guard found.count < max else { break }
            guard let address = address(word), seen.insert(address.key).inserted else { continue }
            found.append(address)
        }
        return found
    }

    /// The words that contain an `@`.
    private static func words(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        guard bytes.contains(UInt8(ascii: "@")) else { return [] }
        return bytes.split { around[Int($0)] }.map(unquoted)
            .filter { $0.contains(UInt8(ascii: "@")) }
    }

    /// Without quotes before it, and without what follows a quote in its domain: `'a@b.no's`.
    private static func unquoted(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let word = word.drop { quotes.contains($0) }
        guard let at = word.lastIndex(of: UInt8(ascii: "@")) else { return word }
        let end = word[at...].firstIndex { quotes.contains($0) } ?? word.endIndex
        return word[..<end]
    }

    private static func address(_ word: ArraySlice<UInt8>) -> EmailAddress? {
        guard word.count <= 254 + 2 else { return nil }
        var word = word
        while let last = word.last, last == UInt8(ascii: ".") || last == UInt8(ascii: "=") {
            word.removeLast()
        }
        return EmailAddress(MailLines.text(word))
    }

    /// The words of a header that may be addresses, unchanged: also those that would not be valid
    /// for sending.
    static func candidates(in value: String, max: Int = addressesMax) -> [String] {
        words(Array(value.utf8)[...]).prefix(max).map { MailLines.text($0) }
    }

    /// Whether it is a server's account rather than a person's.
    static func isServer(_ address: String) -> Bool {
        let text = MailLines.lowercased(address.utf8.prefix(1_000))
        return servers.contains { text.holds($0) }
    }

    private static let servers: [String] = [
        "mailer-daemon", "mailerdaemon", "postmaster@", "mail delivery s", "microsoftexchange",
        "mail-daemon",
    ]
}

/// What servers put around a return path in transit, and the address within.
enum AddressTag {
    /// An address without any tags of BATV (`prvs=1234567890=bounces@…`, draft-levine-smtp-batv)
    /// and SRS (`SRS0=hash=day=domain=local@forwarder`).
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

    /// `tag=local`, the older `local/tag`, or `tag==local`.
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
