import PDFTestSupport
import Testing

@testable import PDF

/// What is refused of a picture before anything of it is unpacked or drawn.
struct DrawnPictureTests {
    private func fault(_ file: [UInt8]) -> PictureFault? {
        do throws(PictureFault) {
            _ = try DrawnPicture(of: file, limits: .letterhead)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        ([], PictureFault.notAPicture), (Array("%PDF-1.7".utf8), .notAPicture),
        (Array(SamplePicture.png.prefix(60)), .damaged),
        (Array(SamplePicture.png.prefix(20)), .damaged),
        (Array(SamplePicture.jpeg.prefix(30)), .damaged),
        (Array(SamplePicture.jpeg.dropLast(2)), .damaged),
    ])
    func `what is no whole picture is refused`(file: [UInt8], expected: PictureFault) {
        #expect(fault(file) == expected)
    }

    /// The first is a file of 24 bytes, whose width times height no number of 64 bits holds.
    @Test(arguments: [
        (UInt32.max, UInt32.max), (65_536, 65_536), (4_001, 4_000), (1, 16_000_001), (0, 1), (1, 0),
    ])
    func `a declared size is multiplied with care`(width: UInt32, height: UInt32) {
        let header = BuiltPNG.header(width: Int(width), height: Int(height))
        #expect(fault(Array((PNGFile.signature + header).prefix(24))) == .tooManyPixels)
    }

    @Test func `the largest size that is allowed is drawn`() throws {
        let drawn = try DrawnPicture(
            of: BuiltPNG.black(width: 4_000, height: 4_000), limits: .letterhead)
        #expect(drawn.width == 425 && drawn.height == 425)
    }

    @Test func `a picture longer than it says gives what it says`() throws {
        let sound = try BuiltPNG.black(width: 40, height: 40)
        let rows = try Compressor().compress([UInt8](repeating: 0, count: 32 << 20))
        let bomb = BuiltPNG.file([
            BuiltPNG.header(width: 40, height: 40), BuiltPNG.chunk("IDAT", rows),
            BuiltPNG.chunk("IEND", []),
        ])
        #expect(
            try DrawnPicture(of: bomb, limits: .letterhead)
                == DrawnPicture(of: sound, limits: .letterhead))
    }

    @Test func `chunks that only tell of a picture are not unpacked`() throws {
        let bomb = try Compressor().compress([UInt8](repeating: 0, count: 32 << 20))
        let told = try BuiltPNG.black(
            width: 40, height: 40,
            before: [
                BuiltPNG.chunk("zTXt", Array("a\u{0}\u{0}".utf8) + bomb),
                BuiltPNG.chunk("iCCP", Array("p\u{0}\u{0}".utf8) + bomb),
            ])
        let plain = try BuiltPNG.black(width: 40, height: 40)
        #expect(try PNGFile(told, .letterhead).essence == plain)
    }

    @Test func `a PNG's chunks end within the file, and are not without number`() throws {
        var long = try BuiltPNG.black(width: 4, height: 4)
        long.replaceSubrange(33..<37, with: [0xFF, 0xFF, 0xFF, 0xFF])
        #expect(fault(long) == .damaged)
        let many = [[UInt8]](
            repeating: BuiltPNG.chunk("tEXt", []), count: PNGFile.chunksMax)
        #expect(try fault(BuiltPNG.black(width: 4, height: 4, before: many)) == .tooComplex)
        let unknown = BuiltPNG.chunk("ABCD", [])
        #expect(try fault(BuiltPNG.black(width: 4, height: 4, before: [unknown])) == .damaged)
    }

    private static func changed(_ marker: UInt8, at: Int, to byte: UInt8) -> [UInt8] {
        var changed = SamplePicture.jpeg
        guard let start = changed.firstRange(of: [0xFF, marker])?.lowerBound else { return [] }
        changed[start + at] = byte
        return changed
    }

    @Test(arguments: [
        (changed(0xC0, at: 1, to: 0xC9), PictureFault.unsupportedJPEG),
        (changed(0xC0, at: 1, to: 0xC3), .unsupportedJPEG),
        (changed(0xC0, at: 4, to: 12), .unsupportedJPEG),
        (changed(0xC0, at: 9, to: 2), .unsupportedJPEG),
        (changed(0xC0, at: 5, to: 0xFF), .tooManyPixels),
        (changed(0xDB, at: 2, to: 0xFF), .damaged), (changed(0xDB, at: 3, to: 1), .damaged),
    ])
    func `a JPEG that PDF has no way to show is refused`(file: [UInt8], expected: PictureFault) {
        let wide = expected == .tooManyPixels ? Self.wide(file) : file
        #expect(fault(wide) == expected)
    }

    /// 65 288 wide as well.
    private static func wide(_ file: [UInt8]) -> [UInt8] {
        var file = file
        if let start = file.firstRange(of: [0xFF, 0xC0])?.lowerBound { file[start + 7] = 0xFF }
        return file
    }

    @Test func `a JPEG is not refined without end`() throws {
        let jpeg = SamplePicture.jpeg
        let scan = try #require(jpeg.firstRange(of: [0xFF, 0xDA])).lowerBound
        let scans = [[UInt8]](repeating: Array(jpeg[scan..<(jpeg.count - 2)]), count: 101)
        #expect(fault(jpeg[..<scan] + scans.flatMap(\.self) + [0xFF, 0xD9]) == .tooComplex)
        let notes = [[UInt8]](repeating: [0xFF, 0xFE, 0, 2], count: JPEGFile.segmentsMax)
        #expect(fault(jpeg.prefix(2) + notes.flatMap(\.self) + jpeg.dropFirst(2)) == .tooComplex)
    }
}

extension PictureLimits {
    /// Those of a picture at the head of a letter.
    static let letterhead = PictureLimits(
        pixelsMax: 16_000_000, box: Size(width: 62 * millimetre, height: 18 * millimetre),
        dotsPerInch: 600)
}
