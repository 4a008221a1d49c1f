/// Sixteen bytes by which two files are told apart (ISO 32000-1 § 14.4).
///
/// The same bytes have the same one, on any machine. It is no proof against somebody who makes
/// two files alike on purpose: nothing of ours relies on it.
enum FileFingerprint {
    static func bytes(of file: [UInt8]) -> [UInt8] {
        var (first, second): (UInt64, UInt64) = (0xCBF2_9CE4_8422_2325, 0x9E37_79B9_7F4A_7C15)
        file.withUnsafeBytes { bytes in
            let whole = bytes.count & ~7
            // Word by word: byte by byte it would take a tenth of the time of a document.
            for offset in stride(from: 0, to: whole, by: 8) {
                let word = UInt64(
                    littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                mix(word, into: &first, by: 0x0000_0100_0000_01B3)
                mix(word, into: &second, by: 0xFF51_AFD7_ED55_8CCD)
            }
            for offset in whole..<bytes.count {
                mix(UInt64(bytes[offset]), into: &first, by: 0x0000_0100_0000_01B3)
                mix(UInt64(bytes[offset]), into: &second, by: 0xFF51_AFD7_ED55_8CCD)
            }
        }
        return [first, second].flatMap { word in
            stride(from: 56, through: 0, by: -8).map { UInt8(word >> UInt64($0) & 0xFF) }
        }
    }

    /// The product drives bits upwards only, so the upper half is brought down again.
    private static func mix(_ word: UInt64, into state: inout UInt64, by factor: UInt64) {
        state = (state ^ word) &* factor
        state ^= state >> 32
    }
}
