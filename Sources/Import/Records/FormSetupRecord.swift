package import Invoicing

/// Which form a type of document uses (blankettoppsett): one row of `form_setup`.
package struct FormSetupRecord: SetupRecord {
    package var documentType: DocumentType
    package var formTemplate: String
}

extension FormSetupRecord {
    enum Column: String, SetupColumn {
        case documentType = "document_type"
        case formTemplate = "form_template"
    }

    static var kind: SetupKind { .formSetup }
    static var requiredColumns: [Column] { [.documentType, .formTemplate] }
    static var keyColumn: Column { .documentType }

    var identity: [String] { [documentType.rawValue] }

    init?(_ row: inout SetupRow<Column>) {
        formTemplate = row.requiredKey(.formTemplate)
        if row.text(.documentType) == nil { row.faultMissing(.documentType) }
        guard let type = row.choice(.documentType, DocumentType.self) else { return nil }
        documentType = type
    }
}
