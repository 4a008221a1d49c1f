import Invoicing
import Postgres
import Runtime
import Store

/// Sets a form template up for as long as a preview lasts, in its transaction.
struct PreviewTemplate {
    let connection: Connection
    let key: String
    let tenantID: Int64

    /// The document type that the template is made for.
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
