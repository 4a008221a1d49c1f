/// The size and colours that a JPEG declares, after its segments were checked to the end; nothing
/// is decoded.
///
/// ISO/IEC 10918-1 annex B. PDF supports baseline, extended and progressive (ISO 32000-1 § 7.4.8);
/// others are rejected. Programs that write an Adobe marker (APP14) invert CMYK colours.
struct JPEGFile {
    static let signature: [UInt8] = [0xFF, 0xD8, 0xFF]
    /// The limits for segments before the end, and for scans.
    static let (segmentsMax, scansMax) = (2_000, 100)

    let width: Int
    let height: Int
    let encoding: Picture.Encoding

    /// The contents of the frame header (§ B.2.2).
    private struct Frame {
        let width: Int
        let height: Int
        let components: UInt8
    }

    init(_ bytes: [UInt8], _ limits: PictureLimits) throws(PictureFault) {
        var walk = Walk(bytes, limits)
        try walk.run()
        guard let frame = walk.frame, walk.scans > 0 else { throw .damaged }
        (width, height) = (frame.width, frame.height)
        switch frame.components {
        case 1: encoding = .jpegGrey
        case 3: encoding = .jpegRGB
        case 4: encoding = walk.isAdobe ? .jpegInvertedCMYK : .jpegCMYK
        default: throw .unsupportedJPEG
        }
    }

    /// The segments from the first to the end marker; some programs write more after it.
    private struct Walk {
        let bytes: [UInt8]
        let limits: PictureLimits
        var position = 2
        var frame: Frame?
        var isAdobe = false
        var scans = 0

        init(_ bytes: [UInt8], _ limits: PictureLimits) {
            self.bytes = bytes
            self.limits = limits
        }

        mutating func run() throws(PictureFault) {
            for _ in 0..<JPEGFile.segmentsMax {
                guard let marker = nextMarker() else { throw .damaged }
                if marker == 0xD9 { return }
                try segment(marker)
            }
            throw .tooComplex
        }

        /// A marker may be preceded by any number of FF bytes (§ B.1.1.2).
        private mutating func nextMarker() -> UInt8? {
            guard position < bytes.count, bytes[position] == 0xFF else { return nil }
            while position < bytes.count, bytes[position] == 0xFF { position += 1 }
            guard position < bytes.count else { return nil }
            defer { position += 1 }
            return bytes[position]
        }

        private mutating func segment(_ marker: UInt8) throws(PictureFault) {
            guard bytes.count - position >= 2 else { throw .damaged }
            let length = bytes[position..<(position + 2)].bigEndian
            guard length >= 2, length <= bytes.count - position else { throw .damaged }
            let body = bytes[(position + 2)..<(position + length)]
            position += length
            switch marker {
            case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
                try read(frame: body, marker: marker)
            case 0xEE: isAdobe = isAdobe || body.starts(with: "Adobe".utf8)
            case 0xDA:
                scans += 1
                guard scans <= JPEGFile.scansMax else { throw .tooComplex }
                skipScan()
            default: break
            }
        }

        private mutating func read(
            frame body: ArraySlice<UInt8>, marker: UInt8
        ) throws(PictureFault) {
            guard body.count >= 6 else { throw .damaged }
            let fields = Array(body.prefix(6))
            guard (0xC0...0xC2).contains(marker), fields[0] == 8, frame == nil else {
                throw .unsupportedJPEG
            }
            let (height, width) = (fields[1..<3].bigEndian, fields[3..<5].bigEndian)
            guard limits.allows(width: width, height: height) else { throw .tooManyPixels }
            frame = Frame(width: width, height: height, components: fields[5])
        }

        /// Skips a scan's data to the next marker: an FF that is followed by neither 00 nor a
        /// restart.
        private mutating func skipScan() {
            while position + 1 < bytes.count {
                let next = bytes[position + 1]
                if bytes[position] == 0xFF, next != 0x00, !(0xD0...0xD7).contains(next) { return }
                position += 1
            }
        }
    }
}
