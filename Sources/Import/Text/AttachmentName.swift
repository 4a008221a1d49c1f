/// Makes a file name that mail carries unharmed out of whatever a file calls itself.
enum AttachmentName {
    /// As long as every file system and mail program takes it.
    static let lengthMax = 100

    /// The last part of a path, in ASCII: `Bilag/Måned å.pdf` becomes `Maned-a.pdf`.
    ///
    /// Norwegian letters become those that stand for them, others a hyphen; no name begins with
    /// a point, and none is empty.
    static func ascii(_ name: String) -> String {
        let last = name.split { $0 == "/" || $0 == "\\" }.last ?? ""
        var result = ""
        for character in last {
            result += substitute(for: character)
        }
        let visible = result.drop { $0 == "." || $0 == "-" }
        guard !visible.isEmpty else { return "attachment" }
        return shortened(visible)
    }

    private static func substitute(for character: Character) -> String {
        switch character {
        case "æ", "ä": "ae"
        case "Æ", "Ä": "Ae"
        case "ø", "ö": "o"
        case "Ø", "Ö": "O"
        case "å": "a"
        case "Å": "A"
        case "é", "è", "ê": "e"
        case "ü": "u"
        case "a"..."z", "A"..."Z", "0"..."9": character.isASCII ? String(character) : "-"
        case ".", "-", "_", "(", ")", "+": String(character)
        default: "-"
        }
    }

    /// Cut in the middle, so that the ending that tells the file's kind stays.
    private static func shortened(_ name: Substring) -> String {
        guard name.count > lengthMax else { return String(name) }
        let ending = name.suffix(20)
        return String(name.prefix(lengthMax - ending.count) + ending)
    }
}
