import CLibCurl
import Glibc

/// An address as a command writes it between angle brackets, its domain in A-labels (RFC 5890).
///
/// libcurl lets a line end in an address write commands of its own, so nothing that could is let
/// by here.
struct SMTPAddress {
    let text: String
    /// Whether the local part has other than ASCII, which needs SMTPUTF8 (RFC 6531).
    let needsUTF8: Bool

    init(_ address: String) throws(MailError) {
        guard let at = address.lastIndex(of: "@"), address.utf8.count <= 254,
            address.unicodeScalars.allSatisfy(Self.isAllowed)
        else { throw MailError(.invalid, "an address is none") }
        let local = address[..<at]
        let domain = String(address[address.index(after: at)...])
        guard !local.isEmpty, local.utf8.count <= 64, !domain.isEmpty,
            let ascii = Self.asciiDomain(domain)
        else { throw MailError(.invalid, "an address has a domain that is none") }
        needsUTF8 = !local.utf8.allSatisfy { $0 < 0x80 }
        text = "\(local)@\(ascii)"
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator: false
        default: !"<>()[],;:\\\"".unicodeScalars.contains(scalar)
        }
    }

    private static func asciiDomain(_ domain: String) -> String? {
        if domain.utf8.allSatisfy({ $0 < 0x80 }) { return domain }
        // libcurl's IDN library takes a name to be in the locale's letters, and ours is "C".
        let letters = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)
        let before = uselocale(letters)
        defer {
            uselocale(before)
            if let letters { freelocale(letters) }
        }
        guard let handle = curl_url() else { return nil }
        defer { curl_url_cleanup(handle) }
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_set(handle, CURLUPART_HOST, domain, 0) == CURLUE_OK,
            curl_url_set(handle, CURLUPART_SCHEME, "https", 0) == CURLUE_OK,
            curl_url_get(handle, CURLUPART_HOST, &text, UInt32(CURLU_PUNYCODE)) == CURLUE_OK,
            let text
        else { return nil }
        defer { curl_free(text) }
        let ascii = String(cString: text)
        return ascii.utf8.allSatisfy { $0 < 0x80 } ? ascii : nil
    }
}
