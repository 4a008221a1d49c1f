/// What a character of untrusted text may do besides being read (Unicode 15, table 4-4).
extension Unicode.Scalar {
    /// Whether it is a control character (Cc): a terminal escape, NUL or a line end, among others.
    package var isControl: Bool {
        value < 0x20 || (0x7F...0x9F).contains(value)
    }

    /// Whether it is of Cc, Cf, Zl or Zp: not visible, yet able to control a terminal, break a line
    /// or change the direction of writing.
    package var isInvisible: Bool {
        guard value >= 0x7F else { return value < 0x20 }
        return switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    /// The character as JSON escapes it; beyond the first plane it takes two escapes, one for each
    /// UTF-16 half.
    fileprivate var escapedInJSON: String {
        String(self).utf16.map { unit in
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }

    /// Whether it is invisible, or has no shape that all systems agree on.
    package var isUnsafe: Bool {
        guard !isASCII else { return isControl }
        return switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
            .unassigned:
            true
        default: false
        }
    }
}

/// Untrusted text as one safe line, in the forms needed to show, store and send it.
extension String {
    /// Whether it is printable ASCII on one line, with single spaces between words and none around
    /// them: most texts are, and need no work.
    package var isPlainLine: Bool {
        let blank = UInt8(ascii: " ")
        var last = blank
        for byte in utf8 {
            guard (blank...UInt8(ascii: "~")).contains(byte), byte != blank || last != blank
            else { return false }
            last = byte
        }
        return isEmpty || last != blank
    }

    /// The text with every run of white space as one space, and none at its ends.
    package var onOneLine: String {
        isPlainLine ? self : split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The text with every scalar that fits a predicate replaced by another scalar.
    package func replacing(
        _ isUnwanted: (Unicode.Scalar) -> Bool, with other: Unicode.Scalar
    ) -> String {
        guard unicodeScalars.contains(where: isUnwanted) else { return self }
        return String(UnicodeScalarView(unicodeScalars.map { isUnwanted($0) ? other : $0 }))
    }

    /// The text with invisible characters as `\u{…}`: for a terminal, where nothing may hide or
    /// fake a line.
    package var escapingInvisibles: String {
        guard unicodeScalars.contains(where: \.isInvisible) else { return self }
        var line = ""
        for scalar in unicodeScalars {
            if scalar.isInvisible {
                line += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                line.unicodeScalars.append(scalar)
            }
        }
        return line
    }

    /// The text as a JSON string (RFC 8259 § 7) with its quotes; invisible characters are escaped,
    /// as well as those that must be.
    package var quotedAsJSON: String {
        var quoted = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where scalar.isInvisible: quoted += scalar.escapedInJSON
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// A text that is JSON already, on one line, with the invisible characters of its strings
    /// escaped.
    package var escapingInvisiblesInJSON: String {
        guard unicodeScalars.contains(where: \.isInvisible) else { return self }
        return unicodeScalars.map { $0.isInvisible ? $0.escapedInJSON : String($0) }.joined()
    }
}

/// A server's text, made safe to store and to show on one line.
///
/// Unsafe characters become spaces, and runs of spaces one space. The length is limited in Unicode
/// scalars, which is what PostgreSQL counts as characters; a longer text is cut, and ends with `…`.
package func cleaned(_ text: String, charactersMax: Int = 500) -> String {
    guard !text.isPlainLine || text.utf8.count > charactersMax else { return text }
    var line = String.UnicodeScalarView()
    var count = 0
    var isAfterBlank = true
    for scalar in text.unicodeScalars {
        let isBlank = scalar.isUnsafe || scalar == " "
        if isBlank, isAfterBlank { continue }
        isAfterBlank = isBlank
        line.append(isBlank ? " " : scalar)
        count += 1
        // A space at the end may still be removed.
        guard count <= charactersMax + 1 else { break }
    }
    if line.last == " " {
        line.removeLast()
        count -= 1
    }
    guard count > charactersMax else { return String(line) }
    return String(line.prefix(charactersMax - 1)) + "…"
}
