/// An opaque colour of the screen's kind, each part from 0 to 1.
struct Colour: Hashable {
    var red: Double
    var green: Double
    var blue: Double

    static let white = Colour(red: 1, green: 1, blue: 1)
    /// Text: a little softer than black, and still black on any printer.
    static let ink = Colour(red: 0.11, green: 0.12, blue: 0.14)
    /// Labels and what is said in passing; 7:1 on white, the contrast of WCAG AAA.
    static let faint = Colour(red: 0.34, green: 0.36, blue: 0.40)
    /// Hairlines.
    static let line = Colour(red: 0.87, green: 0.885, blue: 0.9)
}

extension Colour {
    /// Reads `#rrggbb`.
    init?(hexadecimal text: String) {
        let digits = text.dropFirst()
        guard text.hasPrefix("#"), digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit),
            let value = UInt32(digits, radix: 16)
        else { return nil }
        red = Double(value >> 16 & 0xFF) / 255
        green = Double(value >> 8 & 0xFF) / 255
        blue = Double(value & 0xFF) / 255
    }

    /// This colour mixed with white: 0 is white, 1 the colour itself.
    func tint(_ strength: Double) -> Colour {
        Colour(
            red: 1 - (1 - red) * strength, green: 1 - (1 - green) * strength,
            blue: 1 - (1 - blue) * strength)
    }

    /// The colour, darkened as far as white paper asks for (WCAG AA, 4.5:1).
    ///
    /// Somebody's yellow is a fine colour for a logo, and unreadable as a heading.
    var readableOnWhite: Colour {
        var colour = self
        while colour.contrastToWhite < 4.5 {
            colour = Colour(
                red: colour.red * 0.92, green: colour.green * 0.92, blue: colour.blue * 0.92)
        }
        return colour
    }

    /// The contrast of WCAG 2 § 1.4.3, with its curve taken as a plain square.
    private var contrastToWhite: Double {
        let luminance = 0.2126 * red * red + 0.7152 * green * green + 0.0722 * blue * blue
        return 1.05 / (luminance + 0.05)
    }
}
