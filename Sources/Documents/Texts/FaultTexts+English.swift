import Invoicing

extension FaultTexts {
    /// English.
    static func english(_ code: FaultCode) -> Explanation {
        switch code {
        case .formTemplateMissing:
            Explanation(
                summary: "The form setup has no form template for this document type.",
                nextStep: "Choose a form template in the form setup.")
        case .sendPlanMissing:
            Explanation(
                summary: "No send plan has been chosen.",
                nextStep: "Choose a send plan on the agreement. Import an invoice of another"
                    + " system again, with a send plan.")
        case .sendPlanEmpty:
            Explanation(
                summary: "The send plan is empty, so the document is not sent.",
                nextStep: "If that is intended, there is nothing to do. Otherwise add a"
                    + " channel to the plan.")
        case .noUsableChannel:
            Explanation(
                summary: "None of the channels of the send plan can be used for this"
                    + " customer.",
                nextStep: "If it is to go as EHF, enter the organisation number or the electronic"
                    + " address on the customer. Otherwise choose another send plan on the"
                    + " agreement.")
        case .recipientMissing:
            Explanation(
                summary: "The customer has no e-mail address.",
                nextStep: "Enter the e-mail address on the customer. Import an invoice of another"
                    + " system again, with the right recipient.")
        case .recipientInvalid:
            Explanation(
                summary: "The e-mail address is not valid.",
                nextStep: "Mend the e-mail address on the customer. Import an invoice of another"
                    + " system again, with the right recipient.")
        case .recipientSeveral:
            Explanation(
                summary: "The customer's e-mail field holds several addresses.",
                nextStep: "Leave the main recipient alone in the customer's e-mail field,"
                    + " and add the others to the field for copies.")
        case .recipientSuppressed:
            Explanation(
                summary: "The e-mail address is blocked after an earlier dispatch.",
                nextStep: "Change the e-mail address on the customer, or ask support to have"
                    + " the block lifted. Import an invoice of another system again, with another"
                    + " recipient.")
        case .postalAddressMissing:
            Explanation(
                summary: "The letter cannot be posted, since the customer has no postal address.",
                nextStep: "Enter street or post box, postal code and city on the customer, or"
                    + " choose another send plan.")
        case .attachmentTooLarge:
            Explanation(
                summary: "The attachments are too large to be sent by e-mail.",
                nextStep: "Make the attachments of the agreement smaller, or remove some of them."
                    + " Send an invoice of another system in another way.")
        case .attachmentUnreadable:
            Explanation(
                summary: "An attachment cannot be read, or it cannot be printed in a letter.",
                nextStep: "Open the attachment, save it anew as PDF, and upload it to the"
                    + " agreement again. Send an invoice of another system in another way.")
        case .documentFailed:
            Explanation(
                summary: "The document could not be made.",
                nextStep: "Mend what is named. If the fault comes back, contact support.")
        case .logoUnusable:
            Explanation(
                summary: "The form template has a logo that can't be used.",
                nextStep: "Save the logo anew as a plain PNG or JPEG, and upload it to the form"
                    + " template.")
        case .ehfRuleBroken:
            Explanation(
                summary: "The receiver's EHF check would refuse the document.",
                nextStep: "Mend what is named, on the customer, the agreement or the company. If"
                    + " the invoice was made in another system, it is mended there. The rule's"
                    + " number stands in parentheses.")
        case .templateVariableUnknown:
            Explanation(
                summary: "The e-mail text of the form template cannot be filled in.",
                nextStep: "Mend the e-mail text in the form template, at the line that is named.")
        case .lineVariableUnknown:
            Explanation(
                summary: "A line or the introduction of the agreement has a variable that does not"
                    + " exist.",
                nextStep: "Mend the variable in the agreement's text, for instance to {{month}} or"
                    + " {{year}}, or remove it.")
        case .sellerIncomplete:
            Explanation(
                summary: "The details of your company are not complete.",
                nextStep: "Fill in what is named, in the company details. If the invoice was made"
                    + " in another system, it is mended there.")
        case .customerIncomplete:
            Explanation(
                summary: "The details of the customer are not complete.",
                nextStep: "Fill in what is named, on the customer. If the invoice was made in"
                    + " another system, it is mended there.")
        case .invoiceIncomplete:
            Explanation(
                summary: "The invoice lacks something that the law asks for.",
                nextStep: "Mend what is named, where the invoice was made. An invoice"
                    + " that has been issued is mended by a credit note and a new"
                    + " invoice.")
        case .kidUnusable:
            Explanation(
                summary: "The KID cannot be made: a number does not fit it.",
                nextStep: "Raise the number of digits in the company's KID setup"
                    + " (kid_customer_digits, kid_invoice_digits) by the agreement with the bank,"
                    + " or do without KID (kid_algorithm: none). A customer number with letters"
                    + " cannot stand in a KID.")
        case .vatRateUnknown:
            Explanation(
                summary: "The VAT rate does not exist, or does not apply when the period"
                    + " begins.",
                nextStep: "Choose a VAT code that applies on the lines of the agreement, or enter"
                    + " the rate of the code that is named.")
        case .indexValueMissing:
            Explanation(
                summary: "The price index lacks the value that the price is adjusted by.",
                nextStep: "Enter the value of the month mentioned, once it is published.")
        case .exchangeRateMissing:
            Explanation(
                summary: "There is no exchange rate to state the VAT in Norwegian kroner by.",
                nextStep: "Enter the rate of the invoice date, or of one of the last days before.")
        case .catchUpNeedsDecision:
            Explanation(
                summary: "Several periods have not been invoiced, and somebody must decide"
                    + " what to do with them.",
                nextStep: "If all of them are to be invoiced, write today's date in"
                    + " catch_up_through of the agreement. If not, write in skip_before the day"
                    + " that it is to be invoiced from. What begins earlier is never invoiced.")
        case .rowUnreadable:
            Explanation(
                summary: "Something that is registered can't be used: a date, a number or a text"
                    + " beyond what is possible.",
                nextStep: "Correct what is named. If you can't find it in the accounting system,"
                    + " support can correct it.")
        case .numberSeriesPassed:
            Explanation(
                summary:
                    "The company's own series would begin with numbers that the company has used already"
                    + " in another system.",
                nextStep: "Set the first invoice number (first_invoice_number) above that, and the"
                    + " invoices are made the next night.")
        case .internalError:
            Explanation(
                summary: "Something went wrong on our side.",
                nextStep: "We try again the next night. Contact support if it happens again.")
        }
    }
}
