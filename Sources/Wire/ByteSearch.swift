import Glibc

extension ArraySlice<UInt8> {
    /// The range of the first occurrence of a text's UTF-8 bytes; nil where there is none.
    package func place(of needle: String) -> Range<Int>? {
        var needle = needle
        return needle.withUTF8 { needle in
            withUnsafeBytes { bytes in
                guard let start = bytes.baseAddress, let wanted = needle.baseAddress else {
                    return nil
                }
                var offset = 0
                while offset + needle.count <= bytes.count,
                    let hit = memchr(
                        start + offset, Int32(wanted[0]), bytes.count - offset - needle.count + 1)
                {
                    offset = UnsafeRawPointer(hit) - start
                    if memcmp(hit, wanted, needle.count) == 0 {
                        return startIndex + offset..<startIndex + offset + needle.count
                    }
                    offset += 1
                }
                return nil
            }
        }
    }
}

extension [UInt8] {
    /// Whether the UTF-8 bytes of a word occur anywhere in these bytes.
    package func holds(_ word: String) -> Bool {
        self[...].place(of: word) != nil
    }
}
