/// Reads a company's set-up and recurring invoices from CSV files or JSON Lines.
///
/// Each file is taken whole or not at all, and every bad row of every file is told of at once.
package enum SetupReader {
    /// Reads a folder's set-up files, or one file; what lies beside them is left alone.
    package static func read(path: String) -> SetupReading {
        guard SetupFile.isSetupFile(path) else { return read(folder: SetupFolder(path: path)) }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let parent = parts.dropLast().joined(separator: "/")
        let root = path.hasPrefix("/") ? "/" : "."
        return read(
            [String(parts.last ?? "")], in: SetupFolder(path: parent.isEmpty ? root : parent))
    }

    private static func read(folder: SetupFolder) -> SetupReading {
        do throws(TextFault) {
            let names = try folder.names().filter(SetupFile.isSetupFile)
            guard names.isEmpty else { return read(names, in: folder) }
            throw TextFault(
                line: 1, message: "holds no set-up file",
                advice: "Put customers.csv or another set-up file in it")
        } catch {
            return SetupReading(setup: Setup(), faults: [ImportFault(error, file: folder.path)])
        }
    }

    /// Reads files that are in memory already; the folder is for what they refer to.
    package static func read(_ files: [SetupFile], in folder: SetupFolder? = nil) -> SetupReading {
        var reading = SetupReading(setup: Setup(), faults: [])
        reading.setup.folder = folder
        for file in files { take(file, into: &reading) }
        return reading
    }

    private static func read(_ names: [String], in folder: SetupFolder) -> SetupReading {
        var reading = SetupReading(setup: Setup(), faults: [])
        reading.setup.folder = folder
        for name in names {
            do throws(TextFault) {
                _ = try SetupFile.kind(of: name)
                let bytes = try folder.bytes(
                    of: name, byteCountMax: SetupLimits.fileByteCountMax)
                take(SetupFile(name: name, bytes: bytes), into: &reading)
            } catch {
                reading.faults.append(ImportFault(error, file: name))
            }
        }
        return reading
    }

    private static func take(_ file: SetupFile, into reading: inout SetupReading) {
        do throws(TextFault) {
            let kind = try SetupFile.kind(of: file.name)
            guard reading.setup.kinds.insert(kind).inserted else {
                throw TextFault(
                    line: 1, message: "is a second file of \(kind.rawValue)",
                    advice: "Put all \(kind.rawValue) in one file")
            }
            take(file, of: kind, into: &reading)
        } catch {
            reading.faults.append(ImportFault(error, file: file.name))
        }
    }

    private static func take(
        _ file: SetupFile, of kind: SetupKind, into reading: inout SetupReading
    ) {
        switch kind {
        case .tenant: takeTenant(file, into: &reading)
        case .users: take(file, to: \.users, into: &reading)
        case .customers: take(file, to: \.customers, into: &reading)
        case .vatRates: take(file, to: \.vatRates, into: &reading)
        case .formTemplates: take(file, to: \.formTemplates, into: &reading)
        case .formSetup: take(file, to: \.formSetup, into: &reading)
        case .sendPlans: takeSendPlans(file, into: &reading)
        case .recurringInvoices: take(file, to: \.recurringInvoices, into: &reading)
        case .recurringInvoiceLines: take(file, to: \.recurringInvoiceLines, into: &reading)
        case .attachments: take(file, to: \.attachments, into: &reading)
        }
    }
}

extension SetupReader {
    private static func rows<Record: SetupRecord>(
        _ file: SetupFile, of type: Record.Type, _ reading: inout SetupReading
    ) -> [SetupTable<Record>.Placed] {
        switch SetupTable<Record>.read(
            file.bytes, file: file.name, folder: reading.setup.folder)
        {
        case .success(let rows): return rows
        case .failure(let failure):
            reading.faults += failure.faults
            return []
        }
    }

    private static func take<Record: SetupRecord>(
        _ file: SetupFile, to records: WritableKeyPath<Setup, [Record]>,
        into reading: inout SetupReading
    ) {
        reading.setup[keyPath: records] = rows(file, of: Record.self, &reading).map(\.record)
    }

    /// A set-up is of one company: the other files do not say which of several they are for.
    private static func takeTenant(_ file: SetupFile, into reading: inout SetupReading) {
        let rows = rows(file, of: TenantRecord.self, &reading)
        for row in rows.dropFirst() {
            reading.faults.append(
                ImportFault(
                    file: file.name, line: row.line, column: TenantRecord.Column.tenantID.rawValue,
                    value: String(row.record.tenantID), message: "is a second tenant",
                    advice: "Keep each tenant's set-up in a folder of its own"))
        }
        reading.setup.tenant = rows.count == 1 ? rows.first?.record : nil
    }

    private static func takeSendPlans(_ file: SetupFile, into reading: inout SetupReading) {
        switch SendPlanRow.plans(rows(file, of: SendPlanRow.self, &reading), file: file.name) {
        case .success(let plans): reading.setup.sendPlans = plans
        case .failure(let failure): reading.faults += failure.faults
        }
    }
}
