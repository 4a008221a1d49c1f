/// Lends C strings, with a null pointer at the end; a nil string is a null pointer.
///
/// No string may hold a NUL, which would end it early: the callers see to that.
func withCStrings<T>(
    _ strings: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> T
) -> T {
    var offsets: [Int?] = []
    var characters: [CChar] = []
    for string in strings {
        offsets.append(string.map { _ in characters.count })
        if let string { characters += string.utf8CString }
    }
    offsets.append(nil)
    return characters.withUnsafeBufferPointer { buffer in
        let pointers = offsets.map { offset in
            offset.flatMap { offset in buffer.baseAddress.map { $0 + offset } }
        }
        return pointers.withUnsafeBufferPointer { pointers in
            guard let base = pointers.baseAddress else { preconditionFailure("never empty") }
            return body(base)
        }
    }
}
