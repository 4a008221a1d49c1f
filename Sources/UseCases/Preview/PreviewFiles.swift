import Dispatching
import Documents
import EHF
import Invoicing
import Postgres
import Store
import Wire
package import Foundation
package import Runtime

/// A preview for people: text on the terminal, and files in a folder.
package struct PreviewFiles {
    private let folder: String?

    /// Nothing is written where `folder` is nil.
    package init(folder: String?) {
        self.folder = folder
    }

    /// Prints the recipient, the text of the e-mail, and what is wrong.
    package func show(_ preview: PreviewDispatch.Preview, on output: Output) {
        guard !output.isJSON else { return output.line(object(of: preview).json) }
        output.words("\(preview.number):")
        for fault in preview.faults {
            output.words("  fault \(fault.code.rawValue): \(fault.detail)")
        }
        for violation in preview.violations {
            output.words("  EHF \(violation.isWarning ? "warning" : "refused"): \(violation)")
        }
        if let receiver = preview.receiver {
            output.words("  as \(preview.isLetter ? "a letter" : "EHF") to \(receiver)")
        }
        for copy in preview.copies {
            output.words("  copy to \(copy.recipient)")
            for fault in copy.faults {
                output.words("    fault \(fault.code.rawValue): \(fault.detail)", indent: 6)
            }
        }
        guard let message = preview.message else { return }
        output.words("  from \(message.from.name ?? "") <\(message.from.address.text)>")
        output.words("  to \(message.to.name ?? "") <\(message.to.address.text)>")
        output.words("  subject \(message.subject)")
        for attachment in message.attachments {
            output.words("  attached \(attachment.fileName), \(attachment.content.count) bytes")
        }
        output.line("")
        let lines = message.text.split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for line in lines { output.words(String(line), indent: 0) }
    }

    private func object(of preview: PreviewDispatch.Preview) -> ResultObject {
        func faults(_ faults: [Fault]) -> ResultValue {
            .list(
                faults.map {
                    .object(["fault": .text($0.code.rawValue), "detail": .some($0.detail)])
                })
        }
        let message = preview.message
        return [
            "kind": "preview", "document": .text(preview.number), "faults": faults(preview.faults),
            "ehf": .list(
                preview.violations.map {
                    .object(["warning": .flag($0.isWarning), "message": .text("\($0)")])
                }),
            "channel": message != nil ? "email" : preview.isLetter ? "print" : "ehf",
            "to": .some(message?.to.address.text ?? preview.receiver),
            "copies": .list(
                preview.copies.map {
                    .object(["to": .text($0.recipient), "faults": faults($0.faults)])
                }),
            "from": .some(message?.from.address.text), "subject": .some(message?.subject),
            "text": .some(message?.text),
            "attachments": .list(
                (message?.attachments ?? []).map {
                    .object(["file": .text($0.fileName), "bytes": .number($0.content.count)])
                }),
        ]
    }

    /// Writes the document, its EHF, the e-mail's bodies, its other files, and all of it as MIME;
    /// existing files are overwritten.
    package func write(
        _ preview: PreviewDispatch.Preview, on output: Output, now: Date
    ) throws {
        guard let folder else { return }
        let folderURL = URL(filePath: folder, directoryHint: .isDirectory)
        let name = AttachmentName.sanitised(preview.number)
        var files: [(name: String, bytes: [UInt8])] = []
        if let document = preview.document { files.append(("\(name).pdf", document)) }
        if let message = preview.message {
            files.append(("\(name).txt", Array(message.text.utf8)))
            if let html = message.html { files.append(("\(name).html", Array(html.utf8))) }
            files += message.attachments.filter { $0.content != preview.document }
                .map { ("\(name)-\($0.fileName)", $0.content) }
            files.append(("\(name).eml", MIMEMessage(message, date: now).bytes))
        }
        if !preview.ehf.isEmpty { files.append(("\(name).xml", preview.ehf)) }
        do {
            try FileManager.default.createDirectory(
                at: folderURL, withIntermediateDirectories: true)
            for file in files {
                let url = folderURL.appending(path: file.name)
                try Data(file.bytes).write(to: url, options: .atomic)
                output.tell(
                    "  wrote \(url.path())",
                    [
                        "kind": "file", "document": .text(preview.number),
                        "file": .text(url.path()),
                    ])
            }
        } catch {
            throw UsageError(
                "--out: can't write to \(folder): \(error.localizedDescription)",
                exit: .inputOutput)
        }
    }
}

/// Uses a form template for the duration of a preview, in its transaction.
struct PreviewTemplate {
    let connection: Connection
    let key: String
    let tenantID: Int64

    /// Selects the template; returns the document type that it is made for.
    func choose() throws -> DocumentType {
        let forms = Forms(connection)
        if let type = try forms.choose(key, tenantID: tenantID) { return type }
        let keys = try forms.keys(tenantID: tenantID)
        let advice =
            NearestName.of(key, among: keys).map { "did you mean '\($0)'?" }
            ?? "there is \(keys.isEmpty ? "none" : keys.joined(separator: ", "))"
        throw UsageError(
            "--template: tenant \(tenantID) has no form template '\(key)'; \(advice)",
            exit: .badInput)
    }
}
