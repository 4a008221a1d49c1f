import Documents
import FoundationEssentials
import Postgres
import Store

/// Proves stored attachments, each once a run: most go with invoices every month.
final class AttachmentValidations {
    private struct Key: Hashable {
        var tenantID: Int64
        var sha256: [UInt8]
    }

    private let connection: Connection
    private var proved: [Key: Bool] = [:]

    init(_ connection: Connection) {
        self.connection = connection
    }

    /// The names of the files that can't be read as what they are said to be.
    func unreadable(_ files: [StoredFile], tenantID: Int64) throws -> [String] {
        try files.filter { try !isSound($0, tenantID: tenantID) }.map(\.fileName)
    }

    private func isSound(_ file: StoredFile, tenantID: Int64) throws -> Bool {
        let key = Key(tenantID: tenantID, sha256: file.sha256)
        if let known = proved[key] { return known }
        let isSound: Bool
        do {
            let content = try Files(connection).content(tenantID: tenantID, sha256: file.sha256)
            try AttachmentValidation.verify(
                content ?? [], fileName: file.fileName, contentType: file.contentType)
            isSound = true
        } catch is DocumentError {
            isSound = false
        }
        proved[key] = isSound
        return isSound
    }
}
