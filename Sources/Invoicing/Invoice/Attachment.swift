/// A file that goes with a message.
package struct Attachment: Hashable, Sendable {
    /// ASCII only: providers garble anything else.
    package var fileName: String
    package var contentType: String
    package var content: [UInt8]

    package init(fileName: String, contentType: String, content: [UInt8]) {
        self.fileName = fileName
        self.contentType = contentType
        self.content = content
    }
}
