/// What an e-mail says, in both of its forms.
package struct EmailContent: Hashable, Codable, Sendable {
    /// One line, never empty, with no control character in it.
    package var subject: String
    package var text: String
    package var html: String

    package init(subject: String, text: String, html: String) {
        self.subject = subject
        self.text = text
        self.html = html
    }
}
