package import Invoicing
import Postgres

extension Forms {
    /// The keys of a tenant's templates.
    package func keys(tenantID: Int64) throws -> [String] {
        try connection.rows(
            "SELECT form_key FROM form_template WHERE tenant_id = \(tenantID) ORDER BY form_key"
        ) { try $0["form_key"] }
    }

    /// Sets a template up for the document type that it is made for, which it returns; nil where
    /// there is no such template.
    package func choose(_ key: String, tenantID: Int64) throws -> DocumentType? {
        let type: String? = try connection.first(
            """
            INSERT INTO form_setup (tenant_id, document_type, form_key)
            SELECT tenant_id, document_type, form_key FROM form_template
            WHERE tenant_id = \(tenantID) AND form_key = \(key)
            ON CONFLICT ON CONSTRAINT form_setup_pk DO UPDATE SET form_key = excluded.form_key
            RETURNING document_type
            """
        ) { try $0["document_type"] }
        return type.flatMap(DocumentType.init)
    }
}
