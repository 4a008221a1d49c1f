import Invoicing
import PDF

/// The frame of every HTML e-mail: a single column that is readable in Outlook, Gmail and on a
/// phone.
///
/// Tables and inline styles, since mail programs drop everything else; colours that are readable in
/// dark mode; nothing is loaded from elsewhere. The card is centred, and its texts are explicitly
/// left-aligned, since they would inherit its alignment.
struct EmailPage {
    static let font = "font-family:Arial,Helvetica,sans-serif"
    static let ink = "#1c1f24"
    static let faint = "#5b6067"

    let title: String
    /// The text that a list of messages shows beside the subject.
    let preview: String
    let language: Language
    /// Validated, as `#rrggbb`.
    let accent: String

    init(title: String, preview: String, language: Language, accent: String) {
        self.title = title
        self.preview = preview
        self.language = language
        self.accent = Colour(hexadecimal: accent) == nil ? "#1f3a5f" : accent
    }

    func html(_ body: [HTML]) -> String {
        let head: HTML = """
            <!DOCTYPE html>
            <html lang="\(DocumentTexts.tag(language))">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <title>\(title)</title>
            <style>
            @media (prefers-color-scheme: dark) {
            .page { background: #16181c !important; }
            .card { background: #23262b !important; }
            .ink { color: #f1f2f4 !important; }
            .faint { color: #b3b8bf !important; }
            .box { background: #2e3238 !important; }
            }
            </style>
            </head>

            """
        let frame: HTML = """
            <body class="page" style="margin:0;padding:0;background:#f2f3f5">
            <div style="display:none;max-height:0;overflow:hidden">\(preview)</div>
            <table class="page" role="presentation" width="100%" cellpadding="0" cellspacing="0" \
            border="0" style="background:#f2f3f5"><tr><td align="center" style="padding:24px 12px">
            <table class="card" role="presentation" width="600" cellpadding="0" cellspacing="0" \
            border="0" style="width:100%;max-width:600px;background:#ffffff;\
            border-top:4px solid \(accent)">
            <tr><td class="ink" align="left" style="padding:28px 28px 24px;\(Self.font);\
            font-size:15px;line-height:22px;text-align:left;color:\(Self.ink)">
            \(body)</td></tr>
            </table>
            </td></tr></table>
            </body>
            </html>

            """
        return (head + frame).source
    }

    /// The paragraphs of a text, which are separated by blank lines.
    static func paragraphs(_ text: String) -> [HTML] {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .split { $0.allSatisfy(\.isWhitespace) }
            .map { lines in
                let content = lines.dropFirst().reduce(HTML(text: String(lines.first ?? ""))) {
                    $0 + "<br>\n\(String($1))"
                }
                return "<p style=\"margin:0 0 16px\">\(content)</p>\n"
            }
    }

    static func heading(_ text: String) -> HTML {
        """
        <h2 class="ink" style="margin:24px 0 12px;\(font);font-size:17px;line-height:24px;\
        color:\(ink)">\(text)</h2>

        """
    }

    /// The closing remarks, in small print.
    static func closing(_ text: String) -> HTML {
        """
        <p class="faint" style="margin:24px 0 0;\(font);font-size:13px;line-height:18px;\
        color:\(faint)">\(text)</p>

        """
    }

    /// Labels with their values in a box.
    func facts(_ facts: [Fact]) -> HTML {
        guard !facts.isEmpty else { return HTML(text: "") }
        let rows = facts.map { fact -> HTML in
            let weight = fact.isStrong ? "bold" : "normal"
            return """
                <tr><td class="faint" style="padding:3px 16px 3px 0;\(Self.font);font-size:14px;\
                line-height:20px;color:\(Self.faint);white-space:nowrap" valign="top">\
                \(fact.label)</td><td class="ink" style="padding:3px 0;\(Self.font);\
                font-size:15px;line-height:20px;color:\(Self.ink);font-weight:\(weight)">\
                \(fact.value)</td></tr>

                """
        }
        return """
            <table class="box" role="presentation" width="100%" cellpadding="0" cellspacing="0" \
            border="0" style="background:#f2f3f5;border-left:4px solid \(accent);\
            margin:0 0 20px"><tr><td style="padding:14px 18px">
            <table role="presentation" cellpadding="0" cellspacing="0" border="0">
            \(rows)</table>
            </td></tr></table>

            """
    }
}

/// Markup that is assembled from escaped parts only.
///
/// Text is added by `init(text:)`, which escapes it; markup is only in our literals. So no value
/// can become a tag, an attribute or an entity, whatever it contains.
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

    /// A literal is markup; a string that is interpolated is text.
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
