import Testing
import Wire

struct ByteSearchTests {
    @Test(arguments: [
        ("aaab", "aab", 1), ("abcabd", "abd", 3), ("abc", "abc", 0), ("abc", "c", 2),
        ("ab", "abc", nil), ("", "a", nil), ("aaaa", "ab", nil), ("xxa", "ab", nil),
    ])
    func `bytes are found where they first stand`(text: String, needle: String, place: Int?) {
        // A slice that begins within its array: places are the array's.
        let bytes = Array("ab\(text)".utf8)[2...]
        #expect(bytes.place(of: needle) == place.map { $0 + 2..<$0 + 2 + needle.utf8.count })
    }
}
