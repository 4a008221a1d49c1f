/// Words of a server's, made safe to store and to show on one line.
///
/// Control and format characters (terminal escapes, NUL, changes of writing direction, zero
/// widths) become spaces, runs of space one space, and the length is bounded.
package func cleaned(_ text: String, charactersMax: Int = 500) -> String {
    guard !text.isPlainLine || text.utf8.count > charactersMax else { return text }
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
