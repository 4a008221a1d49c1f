/// Pictures that would stop whoever draws them, and a sound one.
package enum BadPicture {
    package static func svg(_ inner: String) -> [UInt8] {
        Array("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 30 10'>\(inner)</svg>".utf8)
    }

    package static let sound = svg("<rect width='30' height='10' fill='#1f3a5f'/>")

    /// A PNG of 24 bytes: a header of 4294967295 × 4294967295.
    package static let overflow: [UInt8] =
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
        + [UInt8](repeating: 0xFF, count: 8)

    /// A filter of two thousand million octaves.
    package static let turbulence = svg(
        "<filter id='f'><feTurbulence baseFrequency='0.9' numOctaves='2000000000'/></filter>"
            + "<rect width='30' height='10' filter='url(#f)'/>")

    package static let deep = svg(String(repeating: "<g>", count: 50_000))

    /// Passes every proof, and draws a hundred thousand million copies of a path.
    package static let copies = svg(
        "<defs><path id='a0' d='M0 0h1v1z'/>"
            + (1...11).map { level in
                let uses = String(repeating: "<use href='#a\(level - 1)'/>", count: 10)
                return "<g id='a\(level)'>\(uses)</g>"
            }.joined() + "</defs><use href='#a11'/>")

    /// Passes every proof, and needs gigabytes for the round corners of a long line.
    package static let corners = svg(
        "<path fill='none' stroke='#000' stroke-width='90' stroke-linejoin='round' d='M0 0"
            + String(repeating: "l9 9l-9 9l9-9l-9-9", count: 150_000) + "'/>")
}
