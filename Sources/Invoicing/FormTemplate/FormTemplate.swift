/// How a document looks and reads (blankett): chosen by the form setup for a document type.
///
/// There is no markup to write but the e-mail's own texts, which are Mustache templates over
/// `EmailVariable`; everything has a default, so an empty form is a good form.
package struct FormTemplate: Hashable, Sendable {
    package var name: String
    package var documentType: DocumentType
    package var language: Language
    /// Raised by whoever changes the form; a document remembers which version drew it.
    package var version: Int
    /// `#rrggbb`, for headings and rules.
    package var accentColour: String
    /// As it was proved and drawn once for its bytes; nil for none.
    package var logo: FormLogo?
    /// A line above the lines of the invoice, and one at the foot of each page.
    package var introduction: String?
    package var footer: String?
    package var columns: FormColumns
    /// Of the document only: its e-mail says what one pays from in any case.
    package var hiddenBlocks: HiddenBlocks
    /// Mustache; nil for the built-in text of the language.
    package var emailSubject: String?
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

/// A part of a document that a form may hide, or would hide if the law let it.
package enum FormBlock: String, Codable, CaseIterable, Sendable {
    /// The seller's address in small letters above the buyer's, for an envelope's window.
    case returnAddress = "return_address"
    /// The marks of both parties: your reference, order, project and so on.
    case references
    /// The sum so far, at the foot of a page whose lines go on and at the head of the next.
    case carriedTotals = "carried_totals"
    /// What one pays from. What is to be paid and by when stands elsewhere as well.
    case paymentBox = "payment_box"
    /// The notes of the invoice and the names of its attachments.
    case notes

    /// The document's number, its date and what it corrects.
    case identity
    /// Who sells and who buys, with their numbers and registration.
    case parties
    /// When and where it was delivered.
    case delivery
    case dueDate = "due_date"
    /// What is taxed at each rate, and its VAT.
    case vatSummary = "vat_summary"
    /// Why there is no VAT, such as reverse charge.
    case vatNotices = "vat_notices"
    case totals

    /// The paragraph that asks for the block; nil where it may be hidden.
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

/// The blocks that a form hides: none that the law asks for.
package struct HiddenBlocks: Hashable, Sendable {
    package let set: Set<FormBlock>

    /// What a form has that chooses nothing.
    package static let none = HiddenBlocks()

    private init() {
        set = []
    }

    /// Throws the first fault of a choice.
    package init(_ blocks: [FormBlock]) throws(FormChoiceFault) {
        for (index, block) in blocks.enumerated() {
            if blocks[..<index].contains(block) { throw .blockTwice(block) }
            if let paragraph = block.paragraph {
                throw .blockRequired(block, paragraph: paragraph)
            }
        }
        set = Set(blocks)
    }

    /// Whether a block is hidden.
    package func contains(_ block: FormBlock) -> Bool {
        set.contains(block)
    }
}

/// The columns of a line table from left to right: each once, none that the law asks for missing,
/// and the amount last, since the sums stand below it.
package struct FormColumns: Hashable, Sendable {
    package let list: [FormColumn]

    /// What a form has that chooses nothing.
    package static let standard = FormColumns(
        list: [.description, .quantity, .unit, .unitPrice, .vatRate, .amount])

    private init(list: [FormColumn]) {
        self.list = list
    }

    /// Throws the first fault of a choice.
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

    /// These without the columns that may go under the description instead, and the unit at its
    /// quantity: for a document whose figures need the room.
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
    /// Right after the quantity it has no heading of its own, and the two are read as one.
    case unit
    case unitPrice = "unit_price"
    case discount
    case vatRate = "vat_rate"
    case amount

    /// The paragraph that asks for what the column shows; nil where it may be left out.
    package var paragraph: String? {
        switch self {
        case .description, .quantity: "bokføringsforskriften § 5-1-1 no. 3"
        case .amount: "bokføringsforskriften § 5-1-1 no. 5"
        case .itemNumber, .unit, .unitPrice, .discount, .vatRate: nil
        }
    }
}

/// Why a form can't have the columns or blocks that were chosen for it.
package enum FormChoiceFault: Error, Hashable, Sendable {
    case columnTwice(FormColumn)
    case columnMissing(FormColumn, paragraph: String)
    case amountNotLast
    case blockTwice(FormBlock)
    case blockRequired(FormBlock, paragraph: String)

    /// What is wrong, as said of the choice: `leaves out quantity, which …`.
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
