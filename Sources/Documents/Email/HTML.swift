/// Markup that is put together from escaped parts only.
///
/// Text gets in through `init(text:)`, which escapes it; markup is written by us. So no value can
/// become a tag, an attribute or an entity, whatever it holds.
struct HTML: Hashable, ExpressibleByStringInterpolation {
    private(set) var source: String

    /// Escapes a text for an element's content or a quoted attribute.
    init(text: String) {
        source = ""
        for scalar in PrintableText(text).text.unicodeScalars {
            switch scalar {
            case "&": source += "&amp;"
            case "<": source += "&lt;"
            case ">": source += "&gt;"
            case "\"": source += "&quot;"
            case "'": source += "&#39;"
            default: source.unicodeScalars.append(scalar)
            }
        }
    }

    init(stringLiteral value: String) {
        source = value
    }

    init(stringInterpolation: Interpolation) {
        source = stringInterpolation.source
    }

    static func + (left: HTML, right: HTML) -> HTML {
        HTML(source: left.source + right.source)
    }

    private init(source: String) {
        self.source = source
    }

    /// What stands between the interpolations is markup; what is interpolated as a string is text.
    struct Interpolation: StringInterpolationProtocol {
        var source = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            source.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        mutating func appendLiteral(_ literal: String) {
            source += literal
        }

        mutating func appendInterpolation(_ text: String) {
            source += HTML(text: text).source
        }

        mutating func appendInterpolation(_ html: HTML) {
            source += html.source
        }

        mutating func appendInterpolation(_ parts: [HTML]) {
            for part in parts { source += part.source }
        }
    }
}
