import TestSupport

extension SeededNumbers {
    /// The bytes with a few of them changed, taken out, doubled or cut off.
    mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...Int.random(in: 0..<4, using: &self) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &self)
            switch Int.random(in: 0..<6, using: &self) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &self)
            case 1: bytes.remove(at: place)
            case 2: bytes.removeLast(bytes.count - place)
            case 3:
                bytes.insert(
                    Array("<>&\"'/=!?-][;,:{}\n".utf8).randomElement(using: &self) ?? 0, at: place)
            case 4: bytes.insert(contentsOf: bytes[place..<min(place + 40, bytes.count)], at: place)
            default: bytes[place] = UInt8.random(in: 0x20...0x7E, using: &self)
            }
        }
        return bytes
    }
}
