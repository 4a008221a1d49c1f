/// Refuses what a file declares before any of it is parsed as XML.
///
/// A document type declaration is refused wherever it stands, in comments too: it is how entities
/// are defined, which can grow without bound or read other files, and no UBL document has one.
enum XMLDeclarations {
    static func refuse(in content: ArraySlice<UInt8>) throws(TextFault) {
        var start = content.startIndex
        while let index = content[start...].firstIndex(of: UInt8(ascii: "<")) {
            start = index + 1
            guard start < content.endIndex, content[start] == UInt8(ascii: "!") else { continue }
            for word in words where begins(content[(start + 1)...], with: word) {
                throw TextFault(
                    line: TextBytes.line(of: index, in: content),
                    message: "holds a \(word) declaration, which may hide anything",
                    advice: "Take the declaration out; a UBL invoice has none")
            }
        }
    }

    private static let words = ["DOCTYPE", "ENTITY"]

    /// Whether it begins with the word, in capitals or not.
    private static func begins(_ content: ArraySlice<UInt8>, with word: String) -> Bool {
        content.prefix(word.utf8.count).elementsEqual(word.utf8, by: { $0 | 0x20 == $1 | 0x20 })
    }
}
