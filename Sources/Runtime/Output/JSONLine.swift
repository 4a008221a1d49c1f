/// Text as a JSON string (RFC 8259 § 7).
package enum JSONLine {
    /// The string with its quotes; what is unsafe to print is escaped as well as what must be.
    package static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where Printable.isUnsafe(scalar):
                // Beyond the first plane a character is two escapes, of its UTF-16 halves.
                for unit in String(scalar).utf16 { quoted += escaped(unit) }
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    private static func escaped(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
