package import Invoicing

/// How a document looks and reads (blankett): one row of `form_templates`.
package struct FormTemplateRecord: SetupRecord {
    package var key: String
    /// Its version is the storing's affair: one more than what stands there, where it differs.
    package var form: FormTemplate
}

extension FormTemplateRecord {
    enum Column: String, SetupColumn {
        case key, name
        case documentType = "document_type"
        case language
        case accentColour = "accent_colour"
        case logo, introduction, footer
        case emailSubject = "email_subject"
        case emailText = "email_text"
    }

    static var kind: SetupKind { .formTemplates }
    static var requiredColumns: [Column] { [.key, .name] }
    static var keyColumn: Column { .key }

    var identity: [String] { [key] }

    init(_ row: inout SetupRow<Column>) {
        key = row.requiredKey(.key)
        form = FormTemplate(
            name: row.requiredLine(.name),
            documentType: row.choice(.documentType, DocumentType.self) ?? .invoice,
            language: row.choice(.language, Language.self) ?? .nb)
        form.accentColour = Self.colour(&row) ?? form.accentColour
        form.logo = Self.logo(&row)
        form.introduction = row.paragraph(.introduction)
        form.footer = row.paragraph(.footer)
        form.emailSubject = row.line(.emailSubject)
        form.emailText = row.paragraph(.emailText)
    }

    private static func colour(_ row: inout SetupRow<Column>) -> String? {
        guard let text = row.text(.accentColour) else { return nil }
        guard text.utf8.count == 7, text.hasPrefix("#"),
            text.dropFirst().allSatisfy({ $0.isASCII && $0.isHexDigit })
        else {
            row.fault(
                .accentColour, "is no colour", advice: "Write # and six hexadecimal digits: #1f3a5f"
            )
            return nil
        }
        return text.lowercased()
    }

    private static func logo(_ row: inout SetupRow<Column>) -> [UInt8]? {
        guard let bytes = row.fileBytes(.logo, byteCountMax: SetupLimits.logoByteCountMax) else {
            return nil
        }
        let start = bytes.drop { TextBytes.isSpace($0) || [0xEF, 0xBB, 0xBF].contains($0) }
        let isImage =
            bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) || bytes.starts(with: [0xFF, 0xD8, 0xFF])
            || start.starts(with: Array("<svg".utf8)) || start.starts(with: Array("<?xml".utf8))
        guard isImage else {
            row.fault(.logo, "is no PNG, JPEG or SVG", advice: "Save the logo as one of those")
            return nil
        }
        return bytes
    }
}
