/// The kinds of record that a set-up has; each stands in a file of that name.
///
/// In the order in which they can be stored: what is referred to comes before what refers to it.
package enum SetupKind: String, Hashable, Sendable, CaseIterable {
    case tenant
    case users
    case customers
    case vatRates = "vat_rates"
    case formTemplates = "form_templates"
    case formSetup = "form_setup"
    case sendPlans = "send_plans"
    case recurringInvoices = "recurring_invoices"
    case recurringInvoiceLines = "recurring_invoice_lines"
    case attachments
}
