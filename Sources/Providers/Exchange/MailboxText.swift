import Dispatching
import Invoicing
import Wire

extension Mailbox {
    /// The mailbox as a header field writes it (RFC 5322 § 3.4): `"Fjord & Sønn" <a@b.no>`.
    ///
    /// The name stands in quotes, so that a comma or bracket in it can't add a recipient, and
    /// what would end the line is left out. Letters beyond ASCII are the provider's to encode.
    var headerText: String {
        guard let name, !name.isEmpty else { return address.text }
        let quoted = name.replacing(\.isControl, with: " ").unicodeScalars
            .map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
        return "\"\(quoted)\" <\(address.text)>"
    }
}

/// A file name that no provider garbles: what is not printable ASCII becomes `_`.
func asciiName(_ name: String) -> String {
    name.replacing({ !(" "..."~").contains($0) || $0 == "\"" || $0 == "\\" }, with: "_")
}
