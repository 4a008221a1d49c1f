import Crypto

/// One step of the schema: forward only, and never edited once it has been released.
package struct Migration: Hashable, Sendable {
    /// Its place in the order, which its file name begins with.
    package let version: Int
    /// What its file is called after the number.
    package let name: String
    /// The script, which is run in a transaction of its own.
    package let sql: String

    package init(version: Int, name: String, sql: String) {
        self.version = version
        self.name = name
        self.sql = sql
    }

    /// The hash of the script, by which a step edited after it was applied is detected.
    package var sha256: [UInt8] {
        Array(SHA256.hash(data: Array(sql.utf8)))
    }
}

extension Migration {
    private init(_ version: Int, _ name: String, _ bytes: [UInt8]) {
        self.init(version: version, name: name, sql: String(decoding: bytes, as: UTF8.self))
    }

    /// All steps, in order: the files of the folder Migrations.
    package static let all = [
        Migration(1, "tenant", PackageResources.v001_tenant_sql),
        Migration(2, "form", PackageResources.v002_form_sql),
        Migration(3, "recurring_invoice", PackageResources.v003_recurring_invoice_sql),
        Migration(4, "invoice", PackageResources.v004_invoice_sql),
        Migration(5, "dispatch", PackageResources.v005_dispatch_sql),
        Migration(6, "queue", PackageResources.v006_queue_sql),
        Migration(7, "delivery", PackageResources.v007_delivery_sql),
        Migration(8, "people", PackageResources.v008_people_sql),
        Migration(9, "lists", PackageResources.v009_lists_sql),
        Migration(10, "roles", PackageResources.v010_roles_sql),
        Migration(11, "dunning", PackageResources.v011_dunning_sql),
        Migration(12, "ehf", PackageResources.v012_ehf_sql),
        Migration(13, "form_layout", PackageResources.v013_form_layout_sql),
        Migration(14, "prices", PackageResources.v014_prices_sql),
        Migration(15, "review_index", PackageResources.v015_review_index_sql),
        Migration(
            16, "price_notice_dismissed", PackageResources.v016_price_notice_dismissed_sql),
        Migration(17, "waiting", PackageResources.v017_waiting_sql),
        Migration(18, "recovery", PackageResources.v018_recovery_sql),
        Migration(20, "logo_and_letter", PackageResources.v020_logo_and_letter_sql),
        Migration(21, "imported_invoice", PackageResources.v021_imported_invoice_sql),
        Migration(22, "standing", PackageResources.v022_standing_sql),
        Migration(26, "sound_values", PackageResources.v026_sound_values_sql),
        Migration(27, "fault_words", PackageResources.v027_fault_words_sql),
        Migration(28, "evidence", PackageResources.v028_evidence_sql),
        Migration(30, "recipients", PackageResources.v030_recipients_sql),
        Migration(31, "watched", PackageResources.v031_watched_sql),
        Migration(32, "kept_history", PackageResources.v032_kept_history_sql),
        Migration(33, "idle_runs", PackageResources.v033_idle_runs_sql),
        Migration(34, "retention", PackageResources.v034_retention_sql),
        Migration(36, "tenant_control", PackageResources.v036_tenant_control_sql),
        Migration(37, "usual_night", PackageResources.v037_usual_night_sql),
        Migration(38, "tenant_night", PackageResources.v038_tenant_night_sql),
        Migration(40, "send_rate", PackageResources.v040_send_rate_sql),
    ]
}
