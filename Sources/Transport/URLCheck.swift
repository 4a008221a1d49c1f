import CLibCurl

/// Reads a URL with libcurl's own parser, so that what is checked is what is connected to.
enum URLCheck {
    /// Why a URL is not spoken to; nil where it may be.
    ///
    /// A key must not cross a network in the clear, so plain http is for loopback hosts only.
    static func refusal(of url: String) -> String? {
        guard let handle = curl_url() else { return "out of memory" }
        defer { curl_url_cleanup(handle) }
        guard !url.utf8.contains(0), curl_url_set(handle, CURLUPART_URL, url, 0) == CURLUE_OK,
            let host = part(CURLUPART_HOST, of: handle)
        else { return "not a URL" }
        guard part(CURLUPART_USER, of: handle) == nil,
            part(CURLUPART_PASSWORD, of: handle) == nil
        else { return "a URL must not hold a user or password" }
        switch part(CURLUPART_SCHEME, of: handle) {
        case "https": return nil
        case "http" where isLoopback(host): return nil
        case "http": return "plain http is for loopback hosts only; use https"
        default: return "only https is spoken"
        }
    }

    static func part(_ part: CURLUPart, of handle: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, part, &text, 0) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }

    /// libcurl resolves `localhost` by itself to loopback (RFC 6761 § 6.3) and writes addresses
    /// in their plain form.
    static func isLoopback(_ host: String) -> Bool {
        if host.lowercased() == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
