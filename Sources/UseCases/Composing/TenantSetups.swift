import Documents
import FoundationEssentials
import Invoicing
import Postgres
import Store

/// The set-up of tenants, read once and kept for as long as a run works on them.
final class TenantSetups {
    /// Everything that the jobs need of a tenant.
    struct Setup {
        var profile: Tenants.Profile
        var forms: [DocumentType: Forms.Keyed]
        var plans: [String: SendPlan]
        var vatRates: VATRates
    }

    private let connection: Connection
    private var setups: [Int64: Setup] = [:]
    /// Faults in a tenant's set-up that could not be read: they apply to everything it invoices.
    private var faults: [Int64: [Fault]] = [:]

    init(_ connection: Connection) {
        self.connection = connection
    }

    /// Reads the set-up of those tenants that are not loaded yet, all at once.
    func load(_ tenantIDs: some Sequence<Int64>) throws {
        let missing = Array(Set(tenantIDs).subtracting(setups.keys))
        guard !missing.isEmpty else { return }
        do {
            try read(missing)
        } catch {
            guard try UnreadableRow(connection).fault(error) != nil else { throw error }
            for tenantID in missing { try readAlone(tenantID) }
        }
    }

    /// A row that can't be read is a fault of its tenant; the others' set-up is read without it.
    private func readAlone(_ tenantID: Int64) throws {
        do {
            try read([tenantID])
        } catch {
            guard let fault = try UnreadableRow(connection).fault(error) else { throw error }
            faults[tenantID] = [fault]
        }
    }

    private func read(_ missing: [Int64]) throws {
        let forms = try Forms(connection).setUp(missing)
        let plans = try SendPlans(connection).all(missing)
        let rates = try VATRateTable(connection).rates(missing)
        for (tenantID, profile) in try Tenants(connection).profiles(missing) {
            setups[tenantID] = Setup(
                profile: profile, forms: forms[tenantID] ?? [:], plans: plans[tenantID] ?? [:],
                vatRates: rates[tenantID] ?? VATRates([]))
        }
    }

    subscript(tenantID: Int64) -> Setup? {
        setups[tenantID]
    }

    /// Why a tenant has no set-up: the rows that can't be read.
    func faults(of tenantID: Int64) -> [Fault] {
        faults[tenantID] ?? []
    }

    /// Releases a tenant that is finished: there may be a million of them.
    func forget(_ tenantID: Int64) {
        setups[tenantID] = nil
        faults[tenantID] = nil
    }
}

/// Validates stored attachments, each once per run: most are sent with invoices every month.
final class AttachmentValidations {
    private struct Key: Hashable {
        var tenantID: Int64
        var sha256: [UInt8]
    }

    private let connection: Connection
    private var validated: [Key: Bool] = [:]

    init(_ connection: Connection) {
        self.connection = connection
    }

    /// The names of the files that are not valid for their stated type.
    func unreadable(_ files: [StoredFile], tenantID: Int64) throws -> [String] {
        try files.filter { try !isSound($0, tenantID: tenantID) }.map(\.fileName)
    }

    private func isSound(_ file: StoredFile, tenantID: Int64) throws -> Bool {
        let key = Key(tenantID: tenantID, sha256: file.sha256)
        if let known = validated[key] { return known }
        let isSound: Bool
        do {
            let content = try Files(connection).content(tenantID: tenantID, sha256: file.sha256)
            try AttachmentValidation.verify(
                content ?? [], fileName: file.fileName, contentType: file.contentType)
            isSound = true
        } catch is DocumentError {
            isSound = false
        }
        validated[key] = isSound
        return isSound
    }
}
