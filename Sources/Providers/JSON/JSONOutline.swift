/// Locates the parts of a JSON text, so that each can be decoded separately.
///
/// It recognises only strings and brackets, so a malformed row affects nothing but itself. It does
/// not recurse, so no depth of nesting can exhaust the stack; and an array with more elements than
/// any valid answer is rejected.
struct JSONOutline {
    private var rest: ArraySlice<UInt8>

    /// No provider returns more than ten thousand rows at once.
    static let elementsMax = 20_000

    /// Whether a value is safe to decode.
    ///
    /// A decoder recurses for each level, and hashes each name: hashing normalises combining marks,
    /// of which an attacker can add many.
    static func isDecodable(_ text: ArraySlice<UInt8>) -> Bool {
        let shape = shape(of: text)
        return shape.depth <= depthMax && shape.nameBytes <= nameBytesMax
    }

    private static let depthMax = 64
    private static let nameBytesMax = 1_000

    /// The nesting depth of brackets, and the length in bytes of the longest member name.
    static func shape(of text: ArraySlice<UInt8>) -> (depth: Int, nameBytes: Int) {
        var (depth, deepest) = (0, 0)
        var (lastMark, nameBytes, longest) = (0, 0, 0)
        var (isInString, isEscaped) = (false, false)
        for (index, byte) in zip(text.indices, text) {
            switch byte {
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\") where isInString: isEscaped = true
            case UInt8(ascii: "\""):
                isInString.toggle()
                nameBytes = index - lastMark - 1
                lastMark = index
            case UInt8(ascii: ":") where !isInString: longest = max(longest, nameBytes)
            case UInt8(ascii: "{") where !isInString, UInt8(ascii: "[") where !isInString:
                depth += 1
                deepest = max(deepest, depth)
            case UInt8(ascii: "}") where !isInString, UInt8(ascii: "]") where !isInString:
                depth -= 1
            default: break
            }
        }
        return (deepest, longest)
    }

    private init(_ text: ArraySlice<UInt8>) {
        rest = text
    }

    /// The elements of the array in the text; nil where the text is no array.
    static func elements(_ text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>]? {
        var outline = JSONOutline(text)
        guard outline.consume("[") else { return nil }
        var elements: [ArraySlice<UInt8>] = []
        if !outline.consume("]") {
            repeat {
                guard elements.count < elementsMax, let value = outline.consumeValue() else {
                    return nil
                }
                elements.append(value)
            } while outline.consume(",")
            guard outline.consume("]") else { return nil }
        }
        return outline.isAtEnd ? elements : nil
    }

    /// The value of a member of the object in the text; the last one if repeated, as decoders do.
    static func member(_ name: String, of text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var outline = JSONOutline(text)
        guard outline.consume("{") else { return nil }
        var found: ArraySlice<UInt8>?
        repeat {
            guard let key = outline.consumeValue(), outline.consume(":"),
                let value = outline.consumeValue()
            else { return nil }
            if key.dropFirst().dropLast().elementsEqual(name.utf8) { found = value }
        } while outline.consume(",")
        return outline.consume("}") && outline.isAtEnd ? found : nil
    }

    private var isAtEnd: Bool {
        rest.allSatisfy(Self.isSpace)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    /// Consumes a punctuation mark if it comes next.
    private mutating func consume(_ mark: Unicode.Scalar) -> Bool {
        rest = rest.drop(while: Self.isSpace)
        guard rest.first == UInt8(ascii: mark) else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// Consumes a whole value: a string, everything between matching brackets, or a literal.
    private mutating func consumeValue() -> ArraySlice<UInt8>? {
        rest = rest.drop(while: Self.isSpace)
        let text = rest
        var depth = 0
        repeat {
            switch rest.first {
            case nil: return nil
            case UInt8(ascii: "\""):
                guard consumeString() else { return nil }
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                rest = rest.dropFirst()
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                rest = rest.dropFirst()
            case UInt8(ascii: ",") where depth > 0, UInt8(ascii: ":") where depth > 0:
                rest = rest.dropFirst()
            default:
                guard consumeLiteral(depth: depth) else { return nil }
            }
        } while depth > 0
        return depth == 0 ? text[..<rest.startIndex] : nil
    }

    private mutating func consumeString() -> Bool {
        var isEscaped = false
        for index in rest.indices.dropFirst() {
            if isEscaped {
                isEscaped = false
            } else if rest[index] == UInt8(ascii: "\\") {
                isEscaped = true
            } else if rest[index] == UInt8(ascii: "\"") {
                rest = rest[(index + 1)...]
                return true
            }
        }
        return false
    }

    /// Consumes a number, `true`, or anything else up to the next punctuation mark.
    private mutating func consumeLiteral(depth: Int) -> Bool {
        let length = rest.prefix { !Self.isMark[Int($0)] }.count
        rest = rest.dropFirst(length)
        return length > 0
    }

    private static let isMark: [Bool] = (UInt8.min...UInt8.max).map { ",:{}[]\"".utf8.contains($0) }
}
