package import Invoicing
import PDF

/// Validates that a file is of the type that it claims, before it is sent with an invoice.
///
/// Nobody but the customer would notice an empty or truncated attachment; the check uses the marks
/// of the file's format, and does not open the file.
package enum AttachmentValidation {
    /// Throws `DocumentError.attachmentUnreadable` where the file is not valid; a type without
    /// known marks passes.
    package static func verify(
        _ content: [UInt8], fileName: String, contentType: String
    ) throws(DocumentError) {
        guard let reason = problem(content, fileName: fileName, contentType: contentType) else {
            return
        }
        throw .attachmentUnreadable(fileName: fileName, reason: reason)
    }

    private static func problem(
        _ content: [UInt8], fileName: String, contentType: String
    ) -> String? {
        guard !content.isEmpty else { return "the file is empty" }
        guard let kind = FileKind(contentType: contentType, fileName: fileName) else { return nil }
        switch kind {
        case .pdf: return PDFMarks.problem(in: content)
        case .text:
            return content.contains(0) ? "it is no text" : nil
        case .xml:
            return startsAsXML(content) ? nil : "it is no XML"
        case .marked(let marks, let name):
            return marks.contains(where: content.starts(with:)) ? nil : "it is no \(name)"
        }
    }

    private static func startsAsXML(_ content: [UInt8]) -> Bool {
        let isUTF16 = content.starts(with: [0xFF, 0xFE]) || content.starts(with: [0xFE, 0xFF])
        let text = content.starts(with: [0xEF, 0xBB, 0xBF]) ? content[3...] : content[...]
        return isUTF16 || text.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == 0x3C
    }
}

/// The type that a file claims, as far as its bytes can be checked.
enum FileKind: Hashable {
    case pdf
    case text
    case xml
    /// Begins with one of these signatures.
    case marked([[UInt8]], name: String)

    init?(contentType: String, fileName: String) {
        let type = contentType.split(separator: ";").first.map { $0.lowercased() } ?? ""
        let suffix = fileName.split(separator: ".").last.map { $0.lowercased() } ?? ""
        if let kind = Self.byType[type] ?? Self.bySuffix[suffix] {
            self = kind
        } else if type.hasPrefix("application/vnd.openxmlformats")
            || type.hasPrefix("application/vnd.oasis.opendocument")
        {
            self = Self.zip
        } else {
            return nil
        }
    }

    private static let zip = marked(
        [Array("PK\u{3}\u{4}".utf8), Array("PK\u{5}\u{6}".utf8)], name: "ZIP or Office file")
    private static let png = marked(
        [[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]], name: "PNG")
    private static let jpeg = marked([[0xFF, 0xD8, 0xFF]], name: "JPEG")
    private static let gif = marked([Array("GIF87a".utf8), Array("GIF89a".utf8)], name: "GIF")
    private static let tiff = marked(
        [[0x49, 0x49, 0x2A, 0x00], [0x4D, 0x4D, 0x00, 0x2A]], name: "TIFF")

    private static let byType: [String: FileKind] = [
        "application/pdf": .pdf, "image/png": png, "image/jpeg": jpeg, "image/gif": gif,
        "image/tiff": tiff, "application/zip": zip, "application/xml": .xml, "text/xml": .xml,
        "text/plain": .text, "text/csv": .text,
    ]

    private static let bySuffix: [String: FileKind] = [
        "pdf": .pdf, "png": png, "jpg": jpeg, "jpeg": jpeg, "gif": gif, "tif": tiff,
        "tiff": tiff, "zip": zip, "docx": zip, "xlsx": zip, "pptx": zip, "ods": zip, "odt": zip,
        "xml": .xml, "txt": .text, "csv": .text,
    ]
}

/// File names that every mail program, provider and disk accepts unchanged: ASCII, and without a
/// path.
package enum AttachmentName {
    /// The limit for the number in a name; a longer one is cut, since the document contains it.
    static let stemCharactersMax = 60

    /// The name of a document's file: `Faktura_10042.pdf`, `Kreditnota_10043.pdf`,
    /// `Invoice_10042.pdf`.
    package static func document(
        _ type: DocumentType, number: String, language: Language, suffix: String = "pdf"
    ) -> String {
        let word = safe(DocumentTexts.texts(language).name(of: type))
        let stem = safe(number)
        return "\(word)\(stem.isEmpty ? "" : "_\(stem)").\(suffix)"
    }

    /// A name given by somebody else, made safe; its extension is kept.
    package static func sanitised(_ name: String) -> String {
        let base = name.split { $0 == "/" || $0 == "\\" }.last ?? ""
        let parts = base.split(separator: ".")
        guard parts.count > 1, let last = parts.last else {
            return safe(String(base)).nonEmpty ?? "file"
        }
        let stem = safe(parts.dropLast().joined(separator: "."))
        let suffix = safe(String(last))
        return "\(stem.nonEmpty ?? "file")\(suffix.isEmpty ? "" : ".\(suffix.prefix(10))")"
    }

    /// Letters, digits, hyphens and single underscores; Nordic letters are transcribed as usual.
    private static func safe(_ text: String) -> String {
        var name = ""
        for character in text {
            switch character {
            case "æ", "ä": name += "ae"
            case "Æ", "Ä": name += "Ae"
            case "ø", "ö": name += "o"
            case "Ø", "Ö": name += "O"
            case "å": name += "a"
            case "Å": name += "A"
            case "-": name.append(character)
            case let one where one.isASCII && (one.isLetter || one.isNumber):
                name.append(one)
            default:
                if !name.isEmpty, name.last != "_" { name.append("_") }
            }
        }
        name = String(name.prefix(stemCharactersMax))
        while let last = name.last, last == "_" || last == "-" { name.removeLast() }
        return name
    }
}
