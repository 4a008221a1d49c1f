import Crypto
import Dispatching
import Documents
import FoundationEssentials
import Invoicing
import Store
import Wire

/// Creates dispatches of invoices: renders and measures them, and runs all checks at once.
///
/// The same code produces tonight's dispatch, a resend, a forecast and a preview, so that none can
/// differ from what would be sent. Everything that goes over the wire is fixed here.
final class DispatchComposer {
    private let renderer: InvoiceRenderer
    private let limits: MessageLimits
    private let sender: SenderIdentity
    /// The e-mail texts of a form, parsed once: by tenant, form and version.
    private var emails: [EmailKey: Result<InvoiceEmail, DocumentError>] = [:]

    private struct EmailKey: Hashable {
        var tenantID: Int64
        var formKey: String
        var version: Int
    }

    init(limits: MessageLimits, sender: SenderIdentity) throws {
        renderer = try InvoiceRenderer()
        self.limits = limits
        self.sender = sender
    }

    /// The dispatches of a document and of its copies, which share the document.
    func compose(
        _ subject: DispatchSubject, copies: [DispatchSubject], now: Date
    ) throws -> [ComposedDispatch] {
        let main = try compose(subject, now: now)
        guard main.allowsCopies else { return [main] }
        return try [main]
            + copies.map { copy in
                var copy = copy
                copy.document = main.document
                return try compose(copy, now: now)
            }
    }

    func compose(_ subject: DispatchSubject, now: Date) throws -> ComposedDispatch {
        // A failed dispatch gets a random id: nobody looks it up, and it may fail repeatedly.
        let (named, random) = (subject.dispatchID ?? UUID(), UUID())
        let drawn = draw(subject)
        let ehf = try EHFDraft(subject)
        let files = [drawn.file, ehf?.file].compactMap(\.self) + subject.attachments
        let outgoing =
            drawn.file == nil || ![.email, nil].contains(subject.step?.channel)
            ? nil : outgoing(subject, dispatchID: named, files: files)
        let found = check(
            subject, drawn: drawn, ehf: ehf, outgoing: outgoing, files: files)
        // If no other fault was found, the e-mail is missing because its text became too long.
        let isUnwritten =
            found.isEmpty && outgoing == nil && [.email, nil].contains(subject.step?.channel)
        let faults = isUnwritten ? [EmailTemplate.tooLongFilled] : found
        let content: Dispatches.Content =
            if faults.contains(where: { $0.code == .sendPlanEmpty }) {
                .stopped(message: FaultMessage.text(of: [Fault(.sendPlanEmpty)]))
            } else if faults.isEmpty, let outgoing {
                .message(message(outgoing, files: files))
            } else if faults.isEmpty, let file = ehf?.file {
                .outbox(id: sender.messageID(of: named), file: file)
            } else if faults.isEmpty, let address = subject.postalAddress {
                .letter(id: sender.messageID(of: named), to: address, files: files)
            } else {
                .faults(faults, message: FaultMessage.text(of: faults))
            }
        return ComposedDispatch(
            new: dispatch(
                subject, dispatchID: content.goesOut ? named : random, content: content, now: now),
            files: [(drawn.file, drawn.content), (ehf?.file, ehf?.content)]
                .compactMap { file, bytes in
                    guard let file, let bytes else { return nil }
                    return Files.New(
                        tenantID: subject.tenantID, sha256: file.sha256, content: bytes)
                },
            documents: documents(subject, drawn: drawn, ehf: ehf), faults: faults,
            document: drawn.file)
    }

    // MARK: The document

    /// A document rendered now or before, or why it could not be.
    private struct Drawn {
        var file: StoredFile?
        /// The content; nil where it is already stored.
        var content: [UInt8]?
        var failure: Fault?
    }

    private func draw(_ subject: DispatchSubject) -> Drawn {
        let name = AttachmentName.document(
            subject.invoice.type, number: subject.invoice.number, language: subject.language)
        if var file = subject.document {
            file.fileName = name
            return Drawn(file: file)
        }
        guard let form = subject.form else { return Drawn() }
        do {
            let bytes = try renderer.render(subject.invoice, form: form.form)
            try PDFValidation.verify(bytes, expecting: subject.invoice.number)
            let file = StoredFile(
                fileName: name, contentType: "application/pdf",
                sha256: Array(SHA256.hash(data: bytes)), byteCount: bytes.count)
            return Drawn(file: file, content: bytes)
        } catch let error as DocumentError {
            return Drawn(failure: error.fault)
        } catch {
            return Drawn(failure: Fault(.documentFailed, "\(error)"))
        }
    }

    private func documents(
        _ subject: DispatchSubject, drawn: Drawn, ehf: EHFDraft?
    ) -> [DocumentTable.New] {
        guard let form = subject.form else { return [] }
        // One that was refused is written anew once its faults are resolved.
        let whole = ehf?.isWhole == true && ehf?.isSound == true ? ehf : nil
        let new: [(DocumentTable.Kind, StoredFile?, [UInt8]?)] = [
            (.pdf, drawn.file, drawn.content), (.ehf, whole?.file, whole?.content),
        ]
        return new.compactMap { kind, file, bytes in
            guard let file, bytes != nil else { return nil }
            return DocumentTable.New(
                tenantID: subject.tenantID, invoiceID: subject.invoiceID, kind: kind,
                sha256: file.sha256, formKey: form.key, formVersion: form.form.version)
        }
    }

    // MARK: The e-mail

    private func write(_ subject: DispatchSubject) -> EmailContent? {
        guard let form = subject.form else { return nil }
        let key = EmailKey(
            tenantID: subject.tenantID, formKey: form.key, version: form.form.version)
        let email: Result<InvoiceEmail, DocumentError>
        if let known = emails[key] {
            email = known
        } else {
            do {
                email = .success(try InvoiceEmail(form: form.form))
            } catch let error as DocumentError {
                email = .failure(error)
            } catch {
                return nil
            }
            emails[key] = email
        }
        // A text that can't be used is a fault of the form, which the checks report.
        return try? email.get().compose(subject.invoice, isCopy: subject.role == .copy)
    }

    /// The message as it would be sent, with empty attachments: used for measuring.
    private func outgoing(
        _ subject: DispatchSubject, dispatchID: UUID, files: [StoredFile]
    ) -> OutgoingMessage? {
        guard let email = write(subject),
            let recipient = subject.recipient.flatMap(EmailAddress.init)
        else { return nil }
        return OutgoingMessage(
            dispatchID: dispatchID, tenantID: subject.tenantID,
            from: Mailbox(name: subject.invoice.seller.name, address: sender.address),
            replyTo: subject.replyTo.flatMap(EmailAddress.init).map { Mailbox(address: $0) },
            to: Mailbox(name: subject.recipientName, address: recipient),
            subject: email.subject, messageID: sender.messageID(of: dispatchID),
            text: email.text, html: email.html,
            attachments: files.map {
                Attachment(fileName: $0.fileName, contentType: $0.contentType, content: [])
            })
    }

    private func message(_ outgoing: OutgoingMessage, files: [StoredFile]) -> Dispatches.Message {
        Dispatches.Message(
            messageID: outgoing.messageID, fromName: outgoing.from.name,
            fromAddress: outgoing.from.address.text, replyTo: outgoing.replyTo?.address.text,
            toName: outgoing.to.name, subject: outgoing.subject, text: outgoing.text,
            html: outgoing.html, files: files)
    }

    private func dispatch(
        _ subject: DispatchSubject, dispatchID: UUID, content: Dispatches.Content, now: Date
    ) -> Dispatches.New {
        Dispatches.New(
            tenantID: subject.tenantID, dispatchID: dispatchID, rootID: subject.rootID,
            resendOf: subject.resendOf, purpose: .invoice, role: subject.role,
            document: .init(subject.invoice.type), invoiceID: subject.invoiceID,
            createdBy: subject.createdBy,
            recipient: subject.address, retryDelays: subject.step?.retryDelaysSeconds ?? [],
            runAt: now, content: content, doubt: content.goesOut ? subject.doubt : nil)
    }

    // MARK: The checks

    private func check(
        _ subject: DispatchSubject, drawn: Drawn, ehf: EHFDraft?, outgoing: OutgoingMessage?,
        files: [StoredFile]
    ) -> [Fault] {
        subject.setupFaults
            + Prechecks.check(
                DispatchCandidate(
                    documentType: subject.invoice.type, formName: subject.form?.form.name,
                    sendPlan: subject.plan, usableChannels: subject.usableChannels,
                    recipient: subject.recipient,
                    suppression: subject.isSuppressed ? "blocked" : nil,
                    size: outgoing.map {
                        MessageSize(
                            encodedBytes: limits.size(of: $0, fileBytes: files.map(\.byteCount)),
                            bytesMax: limits.bytesMax)
                    },
                    unreadableAttachments: subject.unfitAttachments,
                    documentFailure: drawn.failure, ehfViolations: ehf?.refusals ?? [],
                    invoice: subject.invoice))
            + (subject.form.map { EmailTemplate.faults(of: $0.form) } ?? [])
    }
}

/// The column Message of a dispatch that was not sent: in English, like the rest of the column.
enum FaultMessage {
    static func text(of faults: [Fault]) -> String {
        if faults.contains(where: { $0.code == .recipientSuppressed }) {
            return DispatchMessage.blocked
        }
        return faults.map { fault in
            let words = fault.code.rawValue.replacing("_", with: " ")
            let sentence = words.prefix(1).uppercased() + words.dropFirst()
            return fault.detail.isEmpty ? sentence : "\(sentence): \(fault.detail)"
        }.joined(separator: "; ")
    }
}
