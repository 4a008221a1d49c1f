/// The sandbox's own idea of an address, so that it does not share a client's mistakes.
enum EmailSyntax {
    /// Whether the provider would try to send to it: one `@`, something on both sides, a dot in
    /// the domain, and nothing that ends or splits an SMTP command.
    static func isValid(_ address: String) -> Bool {
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, address.utf8.count <= 254, (1...64).contains(parts[0].utf8.count)
        else { return false }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty }
            && address.unicodeScalars.allSatisfy {
                $0.value > 0x20 && !"<>,;:\"()[]\\\u{7F}".unicodeScalars.contains($0)
            }
    }
}
