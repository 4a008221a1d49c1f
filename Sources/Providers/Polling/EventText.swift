import Bounces
import Crypto

/// Tells two texts apart in a key: 64 bits of SHA-256.
func shortHash(_ text: String) -> String {
    SHA256.hash(data: Array(text.utf8)).prefix(8)
        .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}
