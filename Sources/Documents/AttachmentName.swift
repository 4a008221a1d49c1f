package import Invoicing

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
