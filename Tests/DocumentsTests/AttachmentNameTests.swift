import Invoicing
import Testing

@testable import Documents

struct AttachmentNameTests {
    @Test(arguments: [
        (DocumentType.invoice, "10042", Language.nb, "Faktura_10042.pdf"),
        (.creditNote, "20007", .nn, "Kreditnota_20007.pdf"),
        (.invoice, "2026-17", .en, "Invoice_2026-17.pdf"),
        (.creditNote, "7", .en, "Credit_note_7.pdf"),
        (.invoice, "../../etc/passwd", .nb, "Faktura_etc_passwd.pdf"),
        (.invoice, "1\r\nBcc: x@y.no", .nb, "Faktura_1_Bcc_x_y_no.pdf"),
        (.invoice, "Å/17\u{0}\"", .nb, "Faktura_A_17.pdf"),
        (.invoice, "漢字", .nb, "Faktura.pdf"),
        (.invoice, "\u{202E}gnp.exe", .nb, "Faktura_gnp_exe.pdf"),
    ])
    func `a document is named by its type and number`(
        type: DocumentType, number: String, language: Language, name: String
    ) {
        #expect(AttachmentName.document(type, number: number, language: language) == name)
    }

    @Test func `a number without end is cut`() {
        let name = AttachmentName.document(
            .invoice, number: String(repeating: "9", count: 5_000), language: .nb)
        #expect(name.utf8.count == "Faktura_.pdf".utf8.count + 60)
    }

    @Test(arguments: [
        ("Timeliste november.pdf", "Timeliste_november.pdf"),
        ("Årsrapport – ærlig øl.XLSX", "Arsrapport_aerlig_ol.XLSX"),
        ("../../hemmelig.pdf", "hemmelig.pdf"),
        ("C:\\brukere\\åse\\vedlegg.pdf", "vedlegg.pdf"),
        ("a.tar.gz", "a_tar.gz"), (".htaccess", "htaccess"), ("", "file"),
        ("...", "file"), ("x\u{0}\r\n.pdf", "x.pdf"), ("uten", "uten"), ("漢.pdf", "file.pdf"),
    ])
    func `a name that somebody gave is made safe`(name: String, safe: String) {
        #expect(AttachmentName.sanitised(name) == safe)
    }
}
