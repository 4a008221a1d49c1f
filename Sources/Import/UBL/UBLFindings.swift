/// What is found wrong or left over while one UBL file is read.
///
/// A class, so that every part of the reading writes in the same list; it lives as long as one
/// reading.
final class UBLFindings {
    let file: String
    /// BT-5, which every amount but one is in.
    var currency = ""
    private(set) var faults: [ImportFault] = []
    private(set) var remarks: [ImportFault] = []

    /// More than a person would read; a file with more is wrong as a whole.
    static let countMax = 200

    init(file: String) {
        self.file = file
    }

    func fault(_ element: UBLElement, value: String = "", _ message: String, advice: String) {
        guard faults.count < Self.countMax else { return }
        faults.append(finding(element, value, message, advice))
    }

    func remark(_ element: UBLElement, value: String = "", _ message: String, advice: String) {
        guard remarks.count < Self.countMax else { return }
        remarks.append(finding(element, value, message, advice))
    }

    private func finding(
        _ element: UBLElement, _ value: String, _ message: String, _ advice: String
    ) -> ImportFault {
        ImportFault(
            file: file, line: element.line, column: element.path, value: value,
            message: message, advice: advice)
    }
}
