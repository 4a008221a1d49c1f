import Glibc

/// A form of several parts (RFC 7578): the values of its fields, and how long its files are.
struct MultipartForm {
    struct Field: Hashable {
        var name: String
        var value: String
    }

    struct File: Hashable {
        /// nil where the client gave none: such a file is dropped by the vendor without a word.
        var name: String?
        var byteCount: Int
    }

    private(set) var fields: [Field] = []
    private(set) var files: [File] = []

    /// Reads a body by the boundary of its content type; nil where it is no such form.
    init?(_ body: [UInt8], contentType: String) {
        guard contentType.hasPrefix("multipart/form-data"),
            let mark = contentType.firstRange(of: "boundary=")
        else { return nil }
        let boundary = contentType[mark.upperBound...].prefix { $0 != ";" && $0 != "\"" }
        let line = Array("--\(boundary)".utf8)
        var rest = body[...]
        guard !boundary.isEmpty, rest.starts(with: line) else { return nil }
        while true {
            rest = rest.dropFirst(line.count)
            if rest.starts(with: "--".utf8) { return }
            guard rest.starts(with: "\r\n".utf8),
                let end = Self.find(Array("\r\n".utf8) + line, in: rest),
                add(rest[rest.startIndex + 2..<end])
            else { return nil }
            rest = rest[(end + 2)...]
        }
    }

    func value(_ name: String) -> String? {
        fields.last { $0.name == name }?.value
    }

    private mutating func add(_ part: ArraySlice<UInt8>) -> Bool {
        guard let blank = Self.find(Array("\r\n\r\n".utf8), in: part) else { return false }
        let head = String(decoding: part[..<blank], as: UTF8.self)
        guard let name = Self.parameter("name", of: head) else { return false }
        let content = part[(blank + 4)...]
        if name == "attachment" {
            let fileName = Self.parameter("filename", of: head)
            files.append(File(name: fileName, byteCount: content.count))
        } else {
            guard let value = String(validating: content, as: UTF8.self) else { return false }
            fields.append(Field(name: name, value: value))
        }
        return true
    }

    private static func parameter(_ name: String, of head: String) -> String? {
        guard let start = head.firstRange(of: " \(name)=\"") else { return nil }
        return String(head[start.upperBound...].prefix { $0 != "\"" })
    }

    /// The first place of some bytes: forms are many megabytes.
    private static func find(_ bytes: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
        guard let first = bytes.first else { return nil }
        return text.withUnsafeBytes { text -> Int? in
            var place = 0
            while place + bytes.count <= text.count, let base = text.baseAddress,
                let found = memchr(base + place, Int32(first), text.count - place)
            {
                place = UnsafeRawPointer(found) - base
                guard place + bytes.count <= text.count else { return nil }
                if memcmp(base + place, bytes, bytes.count) == 0 { return place }
                place += 1
            }
            return nil
        }.map { text.startIndex + $0 }
    }
}
