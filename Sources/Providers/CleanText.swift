/// Words of a server's, made safe to store and to show on one line.
///
/// Control and format characters (terminal escapes, NUL, changes of writing direction, zero
/// widths) become spaces, runs of space one space, and the length is bounded.
func cleaned(_ text: String, charactersMax: Int = 500) -> String {
    guard !isClean(text, bytesMax: charactersMax) else { return text }
    let scalars = text.unicodeScalars.lazy.map { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
            .unassigned:
            Unicode.Scalar(" ")
        default: scalar
        }
    }
    let line = String(String.UnicodeScalarView(scalars))
        .split(separator: " ").joined(separator: " ")
    return line.count <= charactersMax ? line : line.prefix(charactersMax - 1) + "…"
}

/// Whether there is nothing to do, as in most of what servers say: printable ASCII on one line.
private func isClean(_ text: String, bytesMax: Int) -> Bool {
    let blank = UInt8(ascii: " ")
    var last = blank
    for byte in text.utf8 {
        guard (blank...UInt8(ascii: "~")).contains(byte), byte != blank || last != blank else {
            return false
        }
        last = byte
    }
    return (text.isEmpty || last != blank) && text.utf8.count <= bytesMax
}
