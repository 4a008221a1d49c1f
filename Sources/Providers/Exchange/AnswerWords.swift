import Wire

/// The beginning of what a server says, in small letters, in which words are looked for.
///
/// It is looked through byte by byte: what looks for characters in a stranger's text looks back as
/// far as a character may reach, which somebody can make long. ASCII alone has small letters here.
struct AnswerWords {
    /// What a server has to say stands in its first lines.
    static let bytesMax = 8 << 10

    private let bytes: [UInt8]

    init(_ text: String) {
        bytes = text.utf8.prefix(Self.bytesMax).map {
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0
        }
    }

    func hold(_ word: String) -> Bool {
        bytes[...].place(of: word) != nil
    }

    /// What stands behind a word, at most so many bytes of it.
    func after(_ word: String, bytesMax: Int) -> String? {
        bytes[...].place(of: word).map {
            String(decoding: bytes[$0.upperBound...].prefix(bytesMax), as: UTF8.self)
        }
    }
}
