/// Looks for ASCII words in bytes: each place is looked at once, whatever the text is made of.
extension Array<UInt8> {
    /// Where a word begins first.
    func firstIndex(of word: StaticString) -> Int? {
        let length = word.utf8CodeUnitCount
        guard length > 0, length <= count else { return nil }
        let word = UnsafeBufferPointer(start: word.utf8Start, count: length)
        return withUnsafeBufferPointer { bytes in
            (0...(bytes.count - length)).first { start in
                bytes[start] == word[0]
                    && (1..<length).allSatisfy { bytes[start + $0] == word[$0] }
            }
        }
    }

    func holds(_ word: StaticString) -> Bool {
        firstIndex(of: word) != nil
    }
}
