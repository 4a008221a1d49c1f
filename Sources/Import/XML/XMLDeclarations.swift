/// Refuses what a file declares before any of it is parsed as XML.
///
/// A document type declaration is refused wherever it stands, in comments too: it is how entities
/// are defined, which can grow without bound or read other files, and no UBL document has one.
enum XMLDeclarations {
    static func refuse(in content: ArraySlice<UInt8>) throws(TextFault) {
        for word in ["doctype", "entity"] {
            guard let index = firstIndex(of: Array("<!\(word)".utf8), in: content) else {
                continue
            }
            throw TextFault(
                line: TextBytes.line(of: index, in: content),
                message: "holds a \(word.uppercased()) declaration, which may hide anything",
                advice: "Take the declaration out; a UBL invoice has none")
        }
    }

    /// Where a lower-case pattern that begins with `<` first stands, in capitals or not.
    private static func firstIndex(of pattern: [UInt8], in content: ArraySlice<UInt8>) -> Int? {
        var start = content.startIndex
        while let index = content[start...].firstIndex(of: UInt8(ascii: "<")) {
            let candidate = content[index...].prefix(pattern.count)
            if candidate.elementsEqual(pattern, by: { $0 | 0x20 == $1 | 0x20 }) { return index }
            start = index + 1
        }
        return nil
    }
}
