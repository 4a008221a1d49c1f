/// BG-25: one line of an invoice.
package struct InvoiceLine: Hashable, Codable, Sendable {
    /// BT-126.
    package var id: String
    /// BT-153.
    package var name: String
    /// BT-154.
    package var description: String?
    /// BT-127.
    package var note: String?
    /// BT-129.
    package var quantity: FixedDecimal
    /// BT-130 (UN/ECE Recommendation 20).
    package var unit: String
    /// BT-146, without VAT, after any price discount.
    package var unitPrice: FixedDecimal
    /// BT-149, the quantity that the price applies to; nil for 1.
    package var priceBaseQuantity: FixedDecimal?
    /// BT-148, the price before the discount.
    package var grossPrice: FixedDecimal?
    /// BT-147, the discount that is included in the price.
    package var priceDiscount: FixedDecimal?
    /// BG-27 and BG-28.
    package var allowances: [AllowanceCharge]
    /// BT-151 and BT-152.
    package var vat: VATCategory
    /// BT-131: quantity × price + charges − allowances.
    package var netAmount: Money
    /// BG-26.
    package var period: DatePeriod?
    /// BG-26 where only one of its ends is stated.
    package var openPeriod: OpenPeriod?
    /// BT-128 with its scheme.
    package var invoicedObject: Identifier?
    /// BT-132.
    package var orderLine: String?
    /// BT-133.
    package var accountingCost: String?
    /// BT-155.
    package var sellerItemNumber: String?
    /// BT-156.
    package var buyerItemNumber: String?
    /// BT-157 with its scheme.
    package var standardItemNumber: Identifier?
    /// BT-158, the list and its version in the scheme as `list:version`.
    package var classifications: [Identifier]
    /// BT-159.
    package var originCountry: String?
    /// BG-32.
    package var properties: [ItemProperty]

    package init(
        id: String, name: String, description: String? = nil, note: String? = nil,
        quantity: FixedDecimal, unit: String = "EA", unitPrice: FixedDecimal,
        priceBaseQuantity: FixedDecimal? = nil, grossPrice: FixedDecimal? = nil,
        priceDiscount: FixedDecimal? = nil, allowances: [AllowanceCharge] = [],
        vat: VATCategory, netAmount: Money, period: DatePeriod? = nil,
        openPeriod: OpenPeriod? = nil, invoicedObject: Identifier? = nil,
        orderLine: String? = nil, accountingCost: String? = nil,
        sellerItemNumber: String? = nil, buyerItemNumber: String? = nil,
        standardItemNumber: Identifier? = nil, classifications: [Identifier] = [],
        originCountry: String? = nil, properties: [ItemProperty] = []
    ) {
        self.id = id
        self.name = name
        self.description = description
        self.note = note
        self.quantity = quantity
        self.unit = unit
        self.unitPrice = unitPrice
        self.priceBaseQuantity = priceBaseQuantity
        self.grossPrice = grossPrice
        self.priceDiscount = priceDiscount
        self.allowances = allowances
        self.vat = vat
        self.netAmount = netAmount
        self.period = period
        self.openPeriod = openPeriod
        self.invoicedObject = invoicedObject
        self.orderLine = orderLine
        self.accountingCost = accountingCost
        self.sellerItemNumber = sellerItemNumber
        self.buyerItemNumber = buyerItemNumber
        self.standardItemNumber = standardItemNumber
        self.classifications = classifications
        self.originCountry = originCountry
        self.properties = properties
    }
}

/// BG-32: a named property of an item.
package struct ItemProperty: Hashable, Codable, Sendable {
    /// BT-160.
    package var name: String
    /// BT-161.
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// BG-20, BG-21, BG-27, BG-28: an allowance (subtracted) or a charge (added).
package struct AllowanceCharge: Hashable, Codable, Sendable {
    package var isCharge: Bool
    /// BT-92, BT-99, BT-136 or BT-141, without the sign that `isCharge` gives it.
    package var amount: Money
    /// What the percentage applies to; nil where none is stated.
    package var baseAmount: Money?
    /// The percentage of the base amount; nil where none is stated.
    package var percent: FixedDecimal?
    /// BT-97, BT-104, BT-139 or BT-144.
    package var reason: String?
    /// UNCL 5189 for an allowance, UNCL 7161 for a charge.
    package var reasonCode: String?
    /// BT-95 or BT-102; nil on a line, whose category applies.
    package var vat: VATCategory?

    package init(
        isCharge: Bool, amount: Money, baseAmount: Money? = nil, percent: FixedDecimal? = nil,
        reason: String? = nil, reasonCode: String? = nil, vat: VATCategory? = nil
    ) {
        self.isCharge = isCharge
        self.amount = amount
        self.baseAmount = baseAmount
        self.percent = percent
        self.reason = reason
        self.reasonCode = reasonCode
        self.vat = vat
    }

    /// The amount with its sign: negative for an allowance.
    package var signedAmount: Money {
        isCharge ? amount : -amount
    }
}
