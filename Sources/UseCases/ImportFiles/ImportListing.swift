import Foundation
import Import
import Invoicing
import Runtime

/// The files to import: those that were named, and those in the folders that were.
struct ImportListing {
    /// Set-up first, in the order in which files refer to one another.
    private(set) var files: [String] = []
    /// Files in a folder that are not read, though they may be meant to be.
    private(set) var faults: [ImportFault] = []
    private(set) var remarks: [ImportFault] = []

    init(_ paths: [String]) throws {
        for path in paths {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw UsageError("there is no file \(path)", exit: .badInput)
            }
            guard isFolder.boolValue else {
                files.append(path)
                continue
            }
            for name in try FileManager.default.contentsOfDirectory(atPath: path).sorted() {
                add(name, in: path)
            }
        }
        let ranks = files.map { path in
            SetupReader.table(of: (path as NSString).lastPathComponent)
                .flatMap(SetupTable.allCases.firstIndex) ?? SetupTable.allCases.count
        }
        files = zip(ranks, files).enumerated()
            .sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }
            .map(\.element.1)
    }

    static func isInvoice(_ name: String) -> Bool {
        name.lowercased().hasSuffix(".xml")
    }

    /// A file in a folder: one of ours, one with a similar name, or an unrelated one.
    private mutating func add(_ name: String, in folder: String) {
        guard SetupReader.table(of: name) == nil, !Self.isInvoice(name) else {
            files.append("\(folder)/\(name)")
            return
        }
        let parts = name.split(separator: ".")
        let stem = String(parts.first ?? "")
        guard parts.count > 1, Self.tableSuffixes.contains(parts[1].lowercased()) else { return }
        if NearestName.of(stem, among: Self.tables) != nil {
            faults.append(Self.fault(unknown: name))
        } else if ["csv", "jsonl"].contains(parts[1].lowercased()) {
            remarks.append(Self.fault(unknown: name))
        }
    }

    private static let tables = SetupTable.allCases.map(\.rawValue)
    /// The suffixes that tables are saved with, here and elsewhere.
    private static let tableSuffixes: Set = [
        "csv", "jsonl", "json", "ndjson", "txt", "tsv", "tab", "xls", "xlsx", "ods",
    ]

    /// The fault for a file whose name is no table.
    static func fault(unknown name: String) -> ImportFault {
        let stem = String(name.split(separator: ".").first ?? "")
        let suffix = name.lowercased().hasSuffix(".jsonl") ? "jsonl" : "csv"
        let nearest = NearestName.of(stem, among: tables).map { "is \($0).\(suffix) meant? " } ?? ""
        return ImportFault(
            file: name, line: 1, column: "(file)",
            message: "is neither an invoice nor a set-up file, and was not read",
            advice: nearest + "name it .xml, or after its table, as customers.csv")
    }
}
