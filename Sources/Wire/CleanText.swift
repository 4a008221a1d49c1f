/// Words of a server's, made safe to store and to show on one line.
///
/// Control and format characters (terminal escapes, NUL, changes of writing direction, zero
/// widths) become spaces, runs of space one space. The length is bounded in Unicode scalars, which
/// are what PostgreSQL calls characters; what goes beyond it is not looked at.
package func cleaned(_ text: String, charactersMax: Int = 500) -> String {
    guard !text.isPlainLine || text.utf8.count > charactersMax else { return text }
    var line = String.UnicodeScalarView()
    var count = 0
    var isAfterBlank = true
    for scalar in text.unicodeScalars {
        let isBlank = isUnsafe(scalar) || scalar == " "
        if isBlank, isAfterBlank { continue }
        isAfterBlank = isBlank
        line.append(isBlank ? " " : scalar)
        count += 1
        // A blank at the end may yet be taken off.
        guard count <= charactersMax + 1 else { break }
    }
    if line.last == " " {
        line.removeLast()
        count -= 1
    }
    guard count > charactersMax else { return String(line) }
    return String(line.prefix(charactersMax - 1)) + "…"
}

private func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
    return switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
        .unassigned:
        true
    default: false
    }
}
