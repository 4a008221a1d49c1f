/// Everything that is wrong with a send request, in the order in which it was found.
struct SendFaults {
    private(set) var errors: [SendGridError.Item] = []

    mutating func add(_ fault: Kind, field: String) {
        errors.append(.init(message: fault.rawValue, field: field))
    }

    enum Kind: String {
        case from = """
            The from object must be provided for every email send. It is an object that requires \
            the email parameter, but may also contain a name parameter.
            """
        case personalizations = """
            The personalizations field is required and must have at least one personalization, \
            and no more than 1000.
            """
        case to = """
            The to array is required for all personalization objects, and must have at least one \
            email object with a valid email address.
            """
        case address = "Does not contain a valid address."
        case duplicateAddress = """
            Each email address in the personalization block should be unique between to, cc, and bcc.
            """
        case tooManyRecipients = "The total number of recipients must be less than 1000."
        case subject = """
            The subject is required. You can get around this requirement if you use a template with \
            a subject defined or if every personalization has a subject defined.
            """
        case content = """
            Unless a valid template_id is provided, the content parameter is required. There must be \
            at least one defined content block.
            """
        case contentType = "The content type must be a string at least one character in length."
        case contentValue = "The content value must be a string at least one character in length."
        case contentOrder = """
            If present, text/plain must be first, followed by text/html, followed by any other \
            content.
            """
        case customArguments = "The custom_args may not exceed 10000 bytes."
        case attachmentContent = "The attachment content must be base64 encoded."
        case attachmentName = "The attachment filename parameter is required."
    }
}
