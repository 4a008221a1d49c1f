import Testing

@testable import PDF

/// What an SVG may not say, however it is spelled.
struct SVGValidationTests {
    private static func svg(_ inner: String, _ root: String = "viewBox='0 0 30 10'") -> String {
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
            + " \(root)>\(inner)</svg>"
    }

    private func fault(_ text: String) -> PictureFault? {
        do throws(PictureFault) {
            _ = try DrawnPicture(of: Array(text.utf8), limits: .letterhead)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        "<filter id='f'><feTurbulence numOctaves='2000000000'/></filter>",
        "<svg:filter xmlns:svg='http://www.w3.org/2000/svg' id='f'/>", "<feBlend/>",
        "<g filter='url(#f)'/>", "<g style='filter:blur(900px)'/>", "<g filter='blur(900px)'/>",
        "<g style='fil&#116;er : blur(9px)'/>", "<g style='FILTER/**/:blur(9px)'/>",
        "<style>g { fi<!-- -->lter: url(#f) }</style>",
        "<style><![CDATA[g{filter:blur(9px)}]]></style>",
    ])
    func `filters are refused`(inner: String) {
        #expect(fault(Self.svg(inner)) == .filters)
    }

    @Test(arguments: [
        "<image href='file:///etc/passwd'/>", "<image xlink:href='data:image/png;base64,AAAA'/>",
        "<use xlink:href='http://budstikke.test/a.svg#a'/>", "<use href=' http://a.test/'/>",
        "<use xlink:href='other.svg#a'/>", "<a href='https://budstikke.test'><path d=''/></a>",
        "<rect fill='url(http://budstikke.test/a#b)'/>", "<rect fill='URL( \"a.svg#b\" )'/>",
        "<rect fill='u&#x72;l(a.svg#b)'/>", "<rect style='mask:url(\"a.svg#b\")'/>",
        "<style>@import 'a.css';</style>", "<style>rect{fill:url(a.svg#b)}</style>",
        "<g xml:base='http://budstikke.test/'/>",
        "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='#a'/>",
    ])
    func `what stands elsewhere is refused`(inner: String) {
        #expect(fault(Self.svg(inner)) == .outsideReferences)
    }

    @Test(arguments: [
        "<script>for(;;);</script>", "<foreignObject/>", "<animate/>", "<animateTransform/>",
        "<set/>", "<g onload='x()'/>", "<g style='\\66ilter:blur(9px)'/>",
        "<rect fill='\\75rl(a.svg#b)'/>",
    ])
    func `what would do something is refused`(inner: String) {
        #expect(fault(Self.svg(inner)) == .activeContent)
    }

    @Test func `declarations, style sheets and other encodings are refused`() {
        let entities = "<!DOCTYPE svg [<!ENTITY a '&#60;rect/>'>]>"
        #expect(fault(entities + Self.svg("&a;")) == .activeContent)
        #expect(fault("<?xml-stylesheet href='a.css'?>" + Self.svg("")) == .outsideReferences)
        let veiled = "<?xml version='1.0' encoding='UTF-7'?>"
        #expect(fault(veiled + Self.svg("+ADw-filter/+AD4-")) == .damaged)
    }

    @Test func `letters that are no outlines are refused`() {
        #expect(fault(Self.svg("<text>A</text>")) == .letters)
        #expect(fault(Self.svg("<s:text xmlns:s='http://www.w3.org/2000/svg'/>")) == .letters)
    }

    @Test func `depth and number have limits`() {
        let deep = String(repeating: "<g>", count: 100_000)
        #expect(fault(Self.svg(deep)) == .tooComplex)
        let most = SVGValidation.depthMax - 1
        let allowed =
            String(repeating: "<g>", count: most) + String(repeating: "</g>", count: most)
        #expect(fault(Self.svg(allowed)) == nil)
        let many = String(repeating: "<g/>", count: SVGValidation.elementsMax)
        #expect(fault(Self.svg(many)) == .tooComplex)
    }

    @Test(arguments: [
        "", "width='100%' height='100%'", "width='0' height='5'", "width='-1' height='5'",
        "viewBox='0 0 1e999 1'", "viewBox='0 0 NaN 1'", "width='1e308' height='1e-308'",
        "viewBox='0 0 5e-324 5e-324'", "viewBox='0 0 0 0'", "width='1e300' height='1e300'",
        "width='inf' height='inf'",
    ])
    func `a size that is none is refused`(root: String) {
        let found = fault(Self.svg("<path d=''/>", root))
        #expect(found == .withoutSize || found == .damaged, "\(String(describing: found))")
    }

    @Test(arguments: [
        "<svg", "<svg>", "<svg></g>", "<svg a=1></svg>", "<svg a></svg>", "<svg a='</svg>",
        "<svg><!-- </svg>", "<svg\u{0}></svg>", "< svg></svg>", "<svg/", "<svg></svg",
    ])
    func `what can't be followed is refused`(text: String) {
        #expect([.damaged, .notAPicture].contains(fault(text)))
    }

    @Test func `what draughtsmen's programs write is drawn`() {
        let text = """
            \u{FEFF}<?xml version="1.0" encoding="UTF-8" standalone="no"?>
            <!-- Generator: Adobe Illustrator <filter> -->
            <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"
                "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
            <svg xmlns="http://www.w3.org/2000/svg" width="30mm" height="10mm" viewBox="0 0 30 10"
                xmlns:xlink="http://www.w3.org/1999/xlink" xml:space="preserve"
                xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
                inkscape:export-filename="C:\\logo.png">
            <style type="text/css"><![CDATA[
                .st0{fill:#1F3A5F;filter:none;color-interpolation-filters:linearRGB}
                .st1{fill:url(#g);stroke:url("#g")}
            ]]></style>
            <defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient>
            <path id="p" d="M0 0h9v9z"/></defs><title>Bj&#248;rk &amp; S&#xF8;nn</title>
            <g aria-label="Bj&#248;rk" class="st0"><use xlink:href="#p" x="1"/><circle r='4'/></g>
            </svg>
            """
        #expect(fault(text) == nil)
    }
}
