package import Dispatching
import FoundationEssentials
import Invoicing
package import Postgres
package import Runtime
import Store
import Wire

/// Lifts a block: removes an address from the provider's lists, verifies that, and records it.
package struct LiftBlock {
    let connection: Connection
    let provider: any MailProvider
    let context: RunContext

    package init(connection: Connection, provider: any MailProvider, context: RunContext) {
        self.connection = connection
        self.provider = provider
        self.context = context
    }

    /// The result of a lift.
    package struct Answer: Sendable {
        /// What was done, one line per list.
        package var lines: [String]
        /// Dispatches to the address that the block stopped, which may be sent again.
        package var held: [Held]
        /// False if the provider refused a lift, or still lists the address.
        package var isLifted: Bool
    }

    /// A dispatch that the block stopped.
    package struct Held: Sendable {
        /// The dispatch's id as text.
        package var dispatchID: String
        /// The invoice number; empty where there is none.
        package var document: String
        /// The buyer's name; empty where it is not known.
        package var customer: String
    }

    /// Lifts the blocks of an address; throws `UsageError` where it is no address.
    package func run(_ text: String, actor: String, reason: String) throws -> Answer {
        guard let address = EmailAddress(text) else {
            throw UsageError("'\(text)' is not an e-mail address")
        }
        var answer = Answer(lines: [], held: [], isLifted: true)
        let listed = try listed(address)
        if listed.isEmpty { answer.lines.append("is on no list of \(provider.name)") }
        if context.isDryRun {
            answer.lines += listed.map { "\($0.list): would be lifted" }
        } else {
            for entry in listed { try lift(entry, &answer) }
            try verify(address, &answer)
            try write(address, listed, answer, actor: actor, reason: reason)
        }
        answer.held = try DispatchList(connection)
            .held(recipientKey: address.key, tenantID: context.tenantID)
            .map { line in
                Held(
                    dispatchID: line.dispatchID.uuidString.lowercased(),
                    document: line.invoiceNumber ?? "", customer: line.buyerName ?? "")
            }
        return answer
    }

    private func write(
        _ address: EmailAddress, _ listed: [ListedSuppression], _ answer: Answer, actor: String,
        reason: String
    ) throws {
        let now = context.clock.now
        try connection.transaction {
            for entry in answer.isLifted ? listed : [] {
                try Suppressions(connection).markLifted(
                    entry, provider: provider.name, now: now)
            }
            try Audits(connection).write(
                tenantID: 0, actor: actor, action: "lift", subject: address.key,
                reason: reason, now: now)
        }
    }

    /// Entries in the provider's own spelling first; those that only our mirror has are lifted as
    /// well.
    private func listed(_ address: EmailAddress) throws -> [ListedSuppression] {
        let atProvider = try provider.suppressions(of: address)
        let lists = Set(atProvider.map(\.list))
        let mirrored = try Suppressions(connection).entries(
            of: address.key, provider: provider.name)
        return atProvider + mirrored.filter { !lists.contains($0.list) }
    }

    private func lift(_ entry: ListedSuppression, _ answer: inout Answer) throws {
        switch try provider.lift(entry) {
        case .lifted: answer.lines.append("\(entry.list): lifted")
        case .notListed: answer.lines.append("\(entry.list): was lifted already")
        case .refused(let reason):
            answer.isLifted = false
            answer.lines.append("\(entry.list): the provider refuses to lift it: \(reason)")
        }
    }

    /// Detects a lift that the provider confirmed but did not carry out.
    private func verify(_ address: EmailAddress, _ answer: inout Answer) throws {
        for left in try provider.suppressions(of: address) {
            answer.isLifted = false
            answer.lines.append("\(left.list): is still listed at \(provider.name)")
        }
    }
}
