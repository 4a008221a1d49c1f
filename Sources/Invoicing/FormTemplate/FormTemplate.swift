/// The look and texts of a document (blankett), chosen by the form setup for a document type.
///
/// The only markup are the e-mail's texts, Mustache templates over `EmailVariable`; everything has
/// a default, so an empty form is a valid form.
package struct FormTemplate: Hashable, Sendable {
    /// The name by which form setups refer to it.
    package var name: String
    package var documentType: DocumentType
    /// The language of its documents and e-mails.
    package var language: Language
    /// Increased by whoever changes the form; a document records the version that drew it.
    package var version: Int
    /// The colour of headings and rules, as `#rrggbb`.
    package var accentColour: String
    /// The logo, validated and drawn once for its bytes; nil for none.
    package var logo: FormLogo?
    /// A text above the lines of the invoice; nil for none.
    package var introduction: String?
    /// A text at the foot of each page; nil for none.
    package var footer: String?
    /// The columns of the line table.
    package var columns: FormColumns
    /// The blocks left out of the document; its e-mail states how to pay in any case.
    package var hiddenBlocks: HiddenBlocks
    /// The e-mail's subject as Mustache; nil for the built-in one of the language.
    package var emailSubject: String?
    /// The e-mail's text as Mustache; nil for the built-in one of the language.
    package var emailText: String?

    package init(
        name: String, documentType: DocumentType = .invoice, language: Language = .nb,
        version: Int = 1, accentColour: String = "#1f3a5f", logo: FormLogo? = nil,
        introduction: String? = nil, footer: String? = nil,
        columns: FormColumns = .standard, hiddenBlocks: HiddenBlocks = .none,
        emailSubject: String? = nil, emailText: String? = nil
    ) {
        self.name = name
        self.documentType = documentType
        self.language = language
        self.version = version
        self.accentColour = accentColour
        self.logo = logo
        self.introduction = introduction
        self.footer = footer
        self.columns = columns
        self.hiddenBlocks = hiddenBlocks
        self.emailSubject = emailSubject
        self.emailText = emailText
    }
}

/// A part of a document that a form may hide, or could if the law allowed it.
package enum FormBlock: String, Codable, CaseIterable, Sendable {
    /// The seller's address in small print above the buyer's, for the window of an envelope.
    case returnAddress = "return_address"
    /// The references of both parties: your reference, order, project and so on.
    case references
    /// The running total, at the foot of a page whose lines continue and at the head of the next.
    case carriedTotals = "carried_totals"
    /// The details for paying. The amount due and the due date appear elsewhere as well.
    case paymentBox = "payment_box"
    /// The notes of the invoice and the names of its attachments.
    case notes

    /// The document's number, its date and the invoices that it corrects.
    case identity
    /// Seller and buyer, with their numbers and registration.
    case parties
    /// When and where it was delivered.
    case delivery
    case dueDate = "due_date"
    /// The taxable amount and the VAT at each rate.
    case vatSummary = "vat_summary"
    /// Why there is no VAT, such as reverse charge.
    case vatNotices = "vat_notices"
    case totals

    /// The paragraph that requires the block; nil where it may be hidden.
    package var paragraph: String? {
        switch self {
        case .returnAddress, .references, .carriedTotals, .paymentBox, .notes: nil
        case .identity: "bokføringsforskriften § 5-1-1 no. 1"
        case .parties: "bokføringsforskriften § 5-1-2 and foretaksregisterloven § 10-2"
        case .delivery: "bokføringsforskriften § 5-1-1 no. 4"
        case .dueDate, .totals: "bokføringsforskriften § 5-1-1 no. 5"
        case .vatSummary: "bokføringsforskriften § 5-1-1 no. 6 and § 5-1-5"
        case .vatNotices: "bokføringsforskriften § 5-1-1 no. 7"
        }
    }
}

/// The blocks that a form hides: none that the law requires.
package struct HiddenBlocks: Hashable, Sendable {
    /// The hidden blocks.
    package let set: Set<FormBlock>

    /// The value of a form that chooses nothing.
    package static let none = HiddenBlocks()

    private init() {
        set = []
    }

    /// Throws the first fault of the choice.
    package init(_ blocks: [FormBlock]) throws(FormChoiceFault) {
        for (index, block) in blocks.enumerated() {
            if blocks[..<index].contains(block) { throw .blockTwice(block) }
            if let paragraph = block.paragraph {
                throw .blockRequired(block, paragraph: paragraph)
            }
        }
        set = Set(blocks)
    }

    /// Whether the block is hidden.
    package func contains(_ block: FormBlock) -> Bool {
        set.contains(block)
    }
}

/// The columns of the line table from left to right: each once, none missing that the law requires,
/// and the amount last, since the totals are below it.
package struct FormColumns: Hashable, Sendable {
    /// The columns in order.
    package let list: [FormColumn]

    /// The columns of a form that chooses none.
    package static let standard = FormColumns(
        list: [.description, .quantity, .unit, .unitPrice, .vatRate, .amount])

    private init(list: [FormColumn]) {
        self.list = list
    }

    /// Throws the first fault of the choice.
    package init(_ columns: [FormColumn]) throws(FormChoiceFault) {
        for (index, column) in columns.enumerated() where columns[..<index].contains(column) {
            throw .columnTwice(column)
        }
        for column in FormColumn.allCases where !columns.contains(column) {
            if let paragraph = column.paragraph {
                throw .columnMissing(column, paragraph: paragraph)
            }
        }
        guard columns.last == .amount else { throw .amountNotLast }
        list = columns
    }

    /// These without the columns that may move below the description, and with the unit next to its
    /// quantity: for a document whose figures need the space.
    package var narrowed: FormColumns {
        let kept = list.filter { ![.itemNumber, .discount, .unit].contains($0) }
        return FormColumns(
            list: kept.flatMap { column in
                column == .quantity && list.contains(.unit) ? [.quantity, .unit] : [column]
            })
    }
}

/// A column of a document's line table.
package enum FormColumn: String, Codable, CaseIterable, Sendable {
    case itemNumber = "item_number"
    case description
    case quantity
    /// Directly after the quantity it has no heading of its own, and both read as one column.
    case unit
    case unitPrice = "unit_price"
    case discount
    case vatRate = "vat_rate"
    case amount

    /// The paragraph that requires what the column shows; nil where it may be left out.
    package var paragraph: String? {
        switch self {
        case .description, .quantity: "bokføringsforskriften § 5-1-1 no. 3"
        case .amount: "bokføringsforskriften § 5-1-1 no. 5"
        case .itemNumber, .unit, .unitPrice, .discount, .vatRate: nil
        }
    }
}

/// Why a form can't have the columns or blocks chosen for it.
package enum FormChoiceFault: Error, Hashable, Sendable {
    /// The column is chosen more than once.
    case columnTwice(FormColumn)
    /// A column is left out that the law requires.
    case columnMissing(FormColumn, paragraph: String)
    /// The amount is not the last column.
    case amountNotLast
    /// The block is hidden more than once.
    case blockTwice(FormBlock)
    /// A block is hidden that the law requires.
    case blockRequired(FormBlock, paragraph: String)

    /// What is wrong, as a statement about the choice: `leaves out quantity, which …`.
    package var message: String {
        switch self {
        case .columnTwice(let column): "names \(column.rawValue) twice"
        case .columnMissing(let column, let paragraph):
            "leaves out \(column.rawValue), which \(paragraph) asks for"
        case .amountNotLast: "has not amount last, where the sums stand below it"
        case .blockTwice(let block): "names \(block.rawValue) twice"
        case .blockRequired(let block, let paragraph):
            "hides \(block.rawValue), which \(paragraph) asks for"
        }
    }

    /// What to do about it.
    package var advice: String {
        switch self {
        case .columnTwice, .blockTwice: "Name it once"
        case .columnMissing(let column, _): "Add \(column.rawValue) to the columns"
        case .amountNotLast: "Move amount to the end"
        case .blockRequired(let block, _): "Take \(block.rawValue) out: it can't be hidden"
        }
    }
}
