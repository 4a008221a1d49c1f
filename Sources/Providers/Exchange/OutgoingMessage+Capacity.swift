import Dispatching
import Invoicing

extension OutgoingMessage {
    /// Room for the message as a request: a guess that is nearly always enough, and costs no walk
    /// through it.
    var encodedCapacity: Int {
        let texts = text.utf8.count + (html?.utf8.count ?? 0)
        let files = attachments.reduce(0) { $0 + $1.content.count }
        return texts + texts / 8 + files / 3 * 4 + 4096
    }
}
