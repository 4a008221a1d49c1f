/// Lends C strings, with a null pointer at the end; a nil string is a null pointer.
func withCStrings<T>(
    _ strings: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> T
) -> T {
    let copies = strings.map { $0.map { [CChar]($0.utf8CString) } }
    return withPointers(copies[...], collected: [], body)
}

private func withPointers<T>(
    _ copies: ArraySlice<[CChar]?>, collected: [UnsafePointer<CChar>?],
    _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> T
) -> T {
    guard let copy = copies.first else {
        return (collected + [nil]).withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { preconditionFailure("never empty") }
            return body(base)
        }
    }
    guard let copy else {
        return withPointers(copies.dropFirst(), collected: collected + [nil], body)
    }
    return copy.withUnsafeBufferPointer { buffer in
        withPointers(copies.dropFirst(), collected: collected + [buffer.baseAddress], body)
    }
}

/// Lends the parameters of a statement in the form that libpq takes: pointers, lengths, formats.
func withParameters<T>(
    _ parameters: [PostgresValue],
    _ body: (
        UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
    ) -> T
) -> T {
    // One buffer for all values: an array that grows no more keeps its place in memory.
    var bytes: [CChar] = []
    bytes.reserveCapacity(parameters.reduce(0) { $0 + ($1.bytes?.count ?? 0) } + 1)
    var offsets: [Int?] = []
    for parameter in parameters {
        guard let value = parameter.bytes else {
            offsets.append(nil)
            continue
        }
        offsets.append(bytes.count)
        value.withUnsafeBytes { bytes.append(contentsOf: $0.bindMemory(to: CChar.self)) }
    }
    bytes.append(0)
    let lengths = parameters.map { Int32($0.bytes?.count ?? 0) }
    let formats = [Int32](repeating: 1, count: parameters.count)
    return bytes.withUnsafeBufferPointer { buffer in
        let pointers = offsets.map { offset in
            offset.flatMap { offset in buffer.baseAddress.map { $0 + offset } }
        }
        return pointers.withUnsafeBufferPointer { pointers in
            body(pointers.baseAddress, lengths, formats)
        }
    }
}
