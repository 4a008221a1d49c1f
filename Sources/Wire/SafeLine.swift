/// What a stranger's text may do besides being read (Unicode 15, table 4-4).
extension Unicode.Scalar {
    /// Cc: a terminal's escapes, NUL, ends of lines.
    package var isControl: Bool {
        value < 0x20 || (0x7F...0x9F).contains(value)
    }

    /// Cc, Cf, Zl or Zp: not seen, but steering a terminal, the line or the direction of writing.
    package var isInvisible: Bool {
        guard value >= 0x7F else { return value < 0x20 }
        return switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    /// Invisible, or without a shape that all agree on.
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

/// One safe line of a stranger's text, in the ways that those who show, store and send it need.
extension String {
    /// Whether it is printable ASCII on one line, with single blanks between its words and none
    /// around them: what most texts are, so that nothing has to be done to them.
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

    /// Every run of white space as one space, none around.
    package var onOneLine: String {
        isPlainLine ? self : split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Every scalar of a kind replaced by one that is not.
    package func replacing(
        _ isUnwanted: (Unicode.Scalar) -> Bool, with other: Unicode.Scalar
    ) -> String {
        guard unicodeScalars.contains(where: isUnwanted) else { return self }
        return String(UnicodeScalarView(unicodeScalars.map { isUnwanted($0) ? other : $0 }))
    }

    /// What is not seen as `\u{…}`: for a terminal, where nothing may hide or fake a line.
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

    /// The text as a string of JSON (RFC 8259 § 7) with its quotes; what is not seen is escaped as
    /// well as what must be.
    package var quotedAsJSON: String {
        var quoted = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where scalar.isInvisible:
                // Beyond the first plane a character is two escapes, of its UTF-16 halves.
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

/// Words of a server's, made safe to store and to show on one line.
///
/// What is unsafe becomes spaces, runs of space one space. The length is bounded in Unicode
/// scalars, which are what PostgreSQL calls characters; what goes beyond it is not looked at.
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
