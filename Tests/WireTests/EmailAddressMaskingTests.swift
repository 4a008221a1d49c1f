import Testing
import Wire

/// What of an address a log or a list may show.
struct EmailAddressMaskingTests {
    @Test(arguments: [
        (
            "550 5.1.1 <ola.nordmann@kunde.example>: User unknown",
            "550 5.1.1 <o•••@kunde.example>: User unknown"
        ),
        (
            "rfc822;ola@kunde.example smtp.mailfrom=b@a.example",
            "rfc822;o•••@kunde.example smtp.mailfrom=b•••@a.example"
        ),
        ("(ola@kunde.example)[kari@kunde.example]", "(o•••@kunde.example)[k•••@kunde.example]"),
        ("mailto:ola+f@kunde.example", "mailto:o•••@kunde.example"),
        ("452 mailbox full", "452 mailbox full"), ("", ""),
    ])
    func `an address in a text shows its first letter and its domain`(
        _ text: String, _ masked: String
    ) {
        #expect(EmailAddress.masking(text) == masked)
    }
}
