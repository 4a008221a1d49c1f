import Foundation

/// Reads a message as another program does: Python's email package.
enum PythonMail {
    struct Message: Decodable {
        var headers: [String]
        var subject: String
        var fromName: String
        var fromAddress: String
        var toName: String
        var text: String
        var html: String
        var attachments: [File]
        var defects: [String]

        struct File: Decodable {
            var name: String
            var type: String
            /// Base64.
            var content: String
        }
    }

    static func read(_ bytes: [UInt8]) throws -> Message {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "budstikke-\(UUID().uuidString).eml")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", program, file.path()]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let answer = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return try JSONDecoder().decode(Message.self, from: answer)
    }

    private static let program = """
        import base64, email, email.header, email.policy, email.utils, json, sys
        message = email.message_from_bytes(open(sys.argv[1], "rb").read(),
                                           policy=email.policy.default)
        # The newer parser puts spaces between the encoded words of a name; the older one is right.
        plain = email.message_from_bytes(open(sys.argv[1], "rb").read())
        def address(name):
            shown, address = email.utils.parseaddr(plain[name].replace("\\n", ""))
            return str(email.header.make_header(email.header.decode_header(shown))), address
        def content(kind):
            return message.get_body((kind,)).get_content().replace("\\r\\n", "\\n")
        defects = [str(d) for part in message.walk() for d in part.defects]
        defects += [str(d) for part in message.walk() for v in part.values() for d in v.defects]
        print(json.dumps({
            "headers": message.keys(), "subject": message["subject"],
            "fromName": address("from")[0], "toName": address("to")[0],
            "fromAddress": address("from")[1],
            "text": content("plain"), "html": content("html"), "defects": defects,
            "attachments": [{"name": part.get_filename(), "type": part.get_content_type(),
                "content": base64.b64encode(part.get_payload(decode=True)).decode()}
                for part in message.iter_attachments()]}))
        """
}
