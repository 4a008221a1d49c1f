/// A file that goes with every invoice of an agreement: one row of `attachments`.
///
/// Its bytes stay on disk until they are asked of the `SetupFolder`, for the same file often goes
/// with thousands of agreements.
package struct AttachmentRecord: SetupRecord {
    /// The agreement's number.
    package var recurringInvoice: String
    /// From the folder of the set-up.
    package var path: String
    /// The path's last part, made safe for mail.
    package var fileName: String
    package var contentType: String
    /// As it was when the set-up was read.
    package var byteCount: Int
}

extension AttachmentRecord {
    enum Column: String, SetupColumn {
        case recurringInvoice = "recurring_invoice"
        case file
        case contentType = "content_type"
    }

    static var kind: SetupKind { .attachments }
    static var requiredColumns: [Column] { [.recurringInvoice, .file] }
    static var keyColumn: Column { .file }

    var identity: [String] { [recurringInvoice, path] }

    init(_ row: inout SetupRow<Column>) {
        recurringInvoice = row.requiredKey(.recurringInvoice)
        path = row.requiredLine(.file)
        fileName = AttachmentName.ascii(path)
        contentType = Self.contentType(of: path, &row) ?? ""
        byteCount =
            row.fileByteCount(.file, byteCountMax: SetupLimits.attachmentByteCountMax) ?? 0
    }

    private static let contentTypes = [
        "pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg",
        "jpeg": "image/jpeg", "csv": "text/csv", "txt": "text/plain", "xml": "application/xml",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "ods": "application/vnd.oasis.opendocument.spreadsheet",
    ]

    /// The type stated, else what the file's ending means.
    private static func contentType(of path: String, _ row: inout SetupRow<Column>) -> String? {
        guard let text = row.text(.contentType) else {
            let ending = path.split(separator: ".").last?.lowercased() ?? ""
            guard !path.isEmpty, contentTypes[ending] == nil else { return contentTypes[ending] }
            row.fault(
                .contentType, "is missing, and the file's ending does not tell it",
                advice: "Write the media type, as application/pdf")
            return nil
        }
        guard isMediaType(text) else {
            row.fault(
                .contentType, "is no media type", advice: "Write it as application/pdf")
            return nil
        }
        return text.lowercased()
    }

    /// Type and subtype of RFC 6838 § 4.2, without parameters.
    private static func isMediaType(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy { part in
                (1...127).contains(part.utf8.count)
                    && part.allSatisfy {
                        $0.isASCII && ($0.isLetter || $0.isNumber || "!#$&-^_.+".contains($0))
                    }
            }
    }
}
