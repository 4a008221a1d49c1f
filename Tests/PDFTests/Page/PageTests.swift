import Testing

@testable import PDF

/// What stands on a page, apart from its drawing.
struct PageTests {
    @Test(arguments: ["#ffff00", "#ffffff", "#1f3a5f", "#000000"])
    func `a colour is darkened until it can be read`(text: String) throws {
        let colour = try #require(Colour(hexadecimal: text)).readableOnWhite
        let luminance =
            0.2126 * colour.red * colour.red + 0.7152 * colour.green * colour.green
            + 0.0722 * colour.blue * colour.blue
        #expect(1.05 / (luminance + 0.05) >= 4.5)
    }

    @Test(arguments: ["", "#", "1f3a5f", "#1f3a5", "#1f3a5f0", "#1f3a5g", "#+1f3a5", "#ééé"])
    func `what is no colour is none`(text: String) {
        #expect(Colour(hexadecimal: text) == nil)
    }
}
