/// Finds where the parts of a JSON text lie, so that each can be read by itself.
///
/// It knows strings and brackets, nothing of what is within: one malformed row costs only
/// itself. It does not recurse, so no depth of nesting can exhaust the stack; and what has more
/// elements than any answer to our questions is none.
struct JSONOutline {
    private var rest: ArraySlice<UInt8>

    /// A list of ten thousand rows is the most that any provider gives at once.
    static let elementsMax = 20_000

    /// Whether a decoder may be given a value.
    ///
    /// It calls itself for each level, and hashes each name: to do so it puts the marks of each letter
    /// in order, of which somebody can make many.
    static func isDecodable(_ text: ArraySlice<UInt8>) -> Bool {
        let shape = shape(of: text)
        return shape.depth <= depthMax && shape.nameBytes <= nameBytesMax
    }

    private static let depthMax = 64
    private static let nameBytesMax = 1_000

    /// How deep brackets lie within one another in a text that is a value, and how many bytes the
    /// longest name of a member has.
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

    /// The elements of the array that the text is; nil where it is none.
    static func elements(_ text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>]? {
        var outline = JSONOutline(text)
        guard outline.take("[") else { return nil }
        var elements: [ArraySlice<UInt8>] = []
        if !outline.take("]") {
            repeat {
                guard elements.count < elementsMax, let value = outline.takeValue() else {
                    return nil
                }
                elements.append(value)
            } while outline.take(",")
            guard outline.take("]") else { return nil }
        }
        return outline.isAtEnd ? elements : nil
    }

    /// The value of a member of the object that the text is; of two the last, as decoders do.
    static func member(_ name: String, of text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var outline = JSONOutline(text)
        guard outline.take("{") else { return nil }
        var found: ArraySlice<UInt8>?
        repeat {
            guard let key = outline.takeValue(), outline.take(":"),
                let value = outline.takeValue()
            else { return nil }
            if key.dropFirst().dropLast().elementsEqual(name.utf8) { found = value }
        } while outline.take(",")
        return outline.take("}") && outline.isAtEnd ? found : nil
    }

    private var isAtEnd: Bool {
        rest.allSatisfy(Self.isSpace)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    /// Takes a mark if it comes next.
    private mutating func take(_ mark: Unicode.Scalar) -> Bool {
        rest = rest.drop(while: Self.isSpace)
        guard rest.first == UInt8(ascii: mark) else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// Takes a whole value: a string, all between two brackets, or a word.
    private mutating func takeValue() -> ArraySlice<UInt8>? {
        rest = rest.drop(while: Self.isSpace)
        let text = rest
        var depth = 0
        repeat {
            switch rest.first {
            case nil: return nil
            case UInt8(ascii: "\""):
                guard takeString() else { return nil }
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                rest = rest.dropFirst()
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                rest = rest.dropFirst()
            case UInt8(ascii: ",") where depth > 0, UInt8(ascii: ":") where depth > 0:
                rest = rest.dropFirst()
            default:
                guard takeWord(depth: depth) else { return nil }
            }
        } while depth > 0
        return depth == 0 ? text[..<rest.startIndex] : nil
    }

    private mutating func takeString() -> Bool {
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

    /// Takes a number, `true`, or whatever stands up to the next mark.
    private mutating func takeWord(depth: Int) -> Bool {
        let length = rest.prefix { !Self.isMark[Int($0)] }.count
        rest = rest.dropFirst(length)
        return length > 0
    }

    private static let isMark: [Bool] = (UInt8.min...UInt8.max).map { ",:{}[]\"".utf8.contains($0) }
}
