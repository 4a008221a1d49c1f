/// The parameters of a statement in the form that libpq takes: pointers, lengths, formats.
///
/// All bytes stand in one buffer: it keeps its place while the pointers into it are in use.
struct Parameters {
    private var bytes: [CChar] = []
    private var offsets: [Int?] = []
    private var lengths: [Int32] = []

    /// PostgreSQL takes no value beyond 1 GB (its MaxAllocSize); more would not fit libpq's int.
    private static let bytesMax = 1 << 30
    /// The protocol counts parameters in 16 bits.
    private static let countMax = 65_535

    init(_ query: Query) throws(PostgresError) {
        try Self.check(query)
        let values = query.parameters
        bytes.reserveCapacity(values.reduce(1) { $0 + ($1.bytes?.count ?? 0) })
        for value in values {
            let content = value.bytes ?? []
            offsets.append(value.bytes == nil ? nil : bytes.count)
            lengths.append(Int32(content.count))
            content.withUnsafeBytes { bytes.append(contentsOf: $0.bindMemory(to: CChar.self)) }
        }
        // So that a last value without bytes has a pointer too: a null pointer would be NULL.
        bytes.append(0)
    }

    /// Refuses what PostgreSQL can't take.
    static func check(_ query: Query) throws(PostgresError) {
        let values = query.parameters
        guard values.count <= countMax else {
            throw PostgresError(
                .usage, "\(values.count) parameters, where \(countMax) are the most",
                sql: query.sql)
        }
        if let index = values.firstIndex(where: { ($0.bytes?.count ?? 0) >= bytesMax }) {
            throw PostgresError(
                .usage, "the parameter $\(index + 1) is beyond 1 GB, the most of a value",
                sql: query.sql)
        }
    }

    var count: Int32 {
        Int32(offsets.count)
    }

    var byteCount: Int {
        bytes.count
    }

    func withPointers<T>(
        _ body: (
            UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
        ) -> T
    ) -> T {
        // 1 is binary.
        let formats = [Int32](repeating: 1, count: offsets.count)
        return bytes.withUnsafeBufferPointer { buffer in
            let pointers = offsets.map { offset in
                offset.flatMap { offset in buffer.baseAddress.map { $0 + offset } }
            }
            return pointers.withUnsafeBufferPointer { pointers in
                body(pointers.baseAddress, lengths, formats)
            }
        }
    }
}
